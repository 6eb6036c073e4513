#pragma once
// One thread that waits for sockets, timers and posted work: epoll on the descriptors of Poco
// sockets.
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>

namespace candor::http {

class EventLoop {
 public:
  EventLoop();
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  /// Runs until stop is asked for and every server has drained (at most `drain`).
  void run(std::stop_token stop, std::chrono::milliseconds drain = std::chrono::seconds{5});

  /// Runs `work` on the loop's thread soon. Callable from any thread; the only member that is,
  /// beside stop.
  void post(std::function<void()> work);

  /// Runs `work` once, on the loop, after a delay. Loop thread only (or before run). The id can be
  /// cancelled.
  std::uint64_t after(std::chrono::milliseconds delay, std::function<void()> work);
  void cancel(std::uint64_t timer);

  struct Impl;
  Impl& impl() { return *impl_; }  ///< for server.cpp

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace candor::http
