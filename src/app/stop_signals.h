#pragma once
// The signals that ask a daemon for something, taken in order by the one thread that waits.
#include <chrono>
#include <csignal>

namespace candor::app {

/// What asks for an end, blocked in every thread and taken here in order. A terminal that closes
/// asks as well.
class StopSignals {
 public:
  /// Before any other thread starts: threads inherit what is blocked.
  StopSignals();
  void wait() const;
  bool arrived_within(std::chrono::milliseconds time) const;

 private:
  sigset_t set_{};
};

}  // namespace candor::app
