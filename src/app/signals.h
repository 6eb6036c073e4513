#pragma once
// The signals that ask a daemon for something, taken in order by the one thread that waits.
#include <chrono>
#include <csignal>
#include <optional>

namespace candor::app {

enum class Asked {
  Stop,    ///< SIGINT, SIGTERM, or the terminal we were started from is gone
  Reload,  ///< SIGHUP otherwise
};

/// Blocks these signals in every thread and takes them here.
class Signals {
 public:
  /// Before any other thread starts: threads inherit what is blocked.
  Signals();
  Asked wait() const;
  /// Nothing when none came within this time.
  std::optional<Asked> wait_for(std::chrono::milliseconds time) const;

 private:
  Asked meaning_of(int signal) const;

  sigset_t set_{};
  bool ends_with_terminal_ = false;
};

}  // namespace candor::app
