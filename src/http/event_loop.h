#pragma once
// One thread that waits for sockets, timers and posted work: epoll on the descriptors of Poco
// sockets.
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>

namespace candor::http {

/// Where a loop takes its time from: deadlines from the first, the Date header from the second.
/// Tests move both by hand.
struct LoopTime {
  std::function<std::chrono::steady_clock::time_point()> steady;
  std::function<std::chrono::sys_seconds()> wall;
};
LoopTime system_loop_time();

class EventLoop {
 public:
  using Work = std::move_only_function<void()>;

  explicit EventLoop(LoopTime time = system_loop_time());
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  /// Runs until stop is asked for and every server has drained (at most `drain`). Once only.
  void run(const std::stop_token& stop, std::chrono::milliseconds drain = std::chrono::seconds{5});

  /// Runs `work` on the loop's thread soon, in the order posted. Callable from any thread; the only
  /// member that is, beside stop. Work posted once run has returned is dropped.
  void post(Work work);

  /// Runs `work` once, behind what else this turn has to do and without a wake-up. Loop thread only
  /// (or before run).
  void at_turn_end(Work work);

  /// Runs `work`, which may have to wait for a disk, as the very last of this turn, and `done`
  /// behind it. When that takes long, a second thread goes on with the loop meanwhile, and `done`
  /// follows there later; so `work` must not touch what is the loop's, and the loop's thread
  /// changes. False, and nothing runs, when there is no second thread to be had. Loop thread only.
  bool at_turn_end_waiting(Work work, Work done);

  /// Runs `work` once, on the loop, after a delay. Loop thread only (or before run). The id can be
  /// cancelled.
  std::uint64_t after(std::chrono::milliseconds delay, Work work);
  void cancel(std::uint64_t timer);

  struct Impl;
  Impl& impl() { return *impl_; }  ///< for server.cpp

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace candor::http
