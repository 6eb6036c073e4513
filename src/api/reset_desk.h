#pragma once
// Sends links for new passwords behind the answer's back, so that how long the answer takes does
// not say whether there is such a user; and slows down who asks. Callable from any thread.
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

namespace candor::api {

class ResetDesk {
 public:
  /// Three for one account and ten from one address in an hour; false: not now.
  bool admits(std::string_view address, std::string_view account, std::int64_t now_ms);

  /// Does `work` soon, on a thread of its own, one at a time. Dropped when sixteen wait already, or
  /// when the desk closes.
  void later(std::function<void()> work);
  /// Waits until nothing is left to do; for tests.
  void settle();

  ResetDesk() = default;
  ~ResetDesk();
  ResetDesk(const ResetDesk&) = delete;
  ResetDesk& operator=(const ResetDesk&) = delete;

 private:
  static constexpr std::int64_t kWindowMs = 60 * 60 * 1000;
  static constexpr std::size_t kMostOfAccount = 3;
  static constexpr std::size_t kMostOfAddress = 10;
  static constexpr std::size_t kMostKeys = 4096;
  static constexpr std::size_t kMostWaiting = 16;

  bool has_room(const std::string& key, std::size_t most, std::int64_t now_ms);
  void run(const std::stop_token& stop);

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<std::string, std::deque<std::int64_t>> asked_;
  std::deque<std::function<void()>> waiting_;
  bool busy_ = false;
  std::jthread thread_;  ///< the last member: it works on the others
};

}  // namespace candor::api
