#pragma once
// A second thread for a loop that may wait for a disk: it takes the loop over when the first one
// does not come back in time. So a loop can write small things itself, without waking anybody, and
// a stalled disk still stops nobody but the thread that waits for it.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

namespace candor::http {

/// Exactly one thread has the loop at any time; it alone calls begin() and come_back().
class StandBy {
 public:
  /// Looked at this often while there is work; so a loop is taken over after one or two of them.
  static constexpr std::chrono::milliseconds kTick{10};

  StandBy() = default;
  ~StandBy() { join(); }
  StandBy(const StandBy&) = delete;
  StandBy& operator=(const StandBy&) = delete;

  /// Starts the second thread, which runs `stand_by`. False when there is no thread to be had.
  bool start(std::function<void()> stand_by);
  bool started() const { return thread_.joinable(); }

  /// From here on the caller may lose the loop. Gives what come_back() is to be told.
  std::uint64_t begin();
  /// Whether the caller still has the loop. Else it touches nothing of it, and may wait_for_duty().
  bool come_back(std::uint64_t began);

  /// Waits until the loop is to be taken over (true) or has ended (false).
  bool wait_for_duty();
  /// Lets the other thread go.
  void end();
  void join();

 private:
  std::atomic<std::uint64_t> turns_{0};  ///< odd: in work that may wait
  std::atomic<bool> dozes_{false};       ///< nothing happened for a tick: begin() wakes the waiter
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ended_ = false;  ///< guarded by mutex_
  std::thread thread_;
};

}  // namespace candor::http
