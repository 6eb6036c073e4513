#pragma once
// An event loop on a thread of its own.
#include <chrono>
#include <thread>

#include "http/event_loop.h"

namespace candor::app {

/// How long a stop waits for answers under way. What comes behind (the last clicks into the
/// database, a checkpoint) still has time before five seconds have passed.
inline constexpr std::chrono::seconds kDrain{3};

/// A loop and the thread that runs it. Stopping drains its servers.
class LoopThread {
 public:
  void start() {
    thread_ = std::jthread([this](std::stop_token stop) { loop.run(stop, kDrain); });
  }
  /// Begins to drain and does not wait for it.
  void ask_to_stop() { thread_.request_stop(); }
  void stop() {
    if (!thread_.joinable()) return;
    thread_.request_stop();
    thread_.join();
  }
  http::EventLoop loop;

 private:
  std::jthread thread_;
};

}  // namespace candor::app
