#pragma once
// An event loop on a thread of its own.
#include <thread>

#include "http/event_loop.h"

namespace candor::app {

/// A loop and the thread that runs it. Stopping drains its servers.
class LoopThread {
 public:
  void start() {
    thread_ = std::jthread([this](std::stop_token stop) { loop.run(stop); });
  }
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
