#pragma once
// Slows down guessing: ten wrong tries on one account, or thirty from one address, in ten minutes
// close the door for the rest of them. Callable from any thread.
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/guarded.h"

namespace candor::api {

class LoginThrottle {
 public:
  /// Nothing: try. Else how many seconds to wait, at least one.
  std::optional<int> wait(std::string_view address, std::string_view account, std::int64_t now_ms);
  void failed(std::string_view address, std::string_view account, std::int64_t now_ms);

 private:
  static constexpr std::int64_t kWindowMs = 10 * 60 * 1000;
  static constexpr std::size_t kMostOfAccount = 10;
  static constexpr std::size_t kMostOfAddress = 30;
  static constexpr std::size_t kMostKeys = 8192;

  using Failures = std::map<std::string, std::deque<std::int64_t>, std::less<>>;
  static std::int64_t wait_ms(Failures& all, const std::string& key, std::size_t most,
                              std::int64_t now_ms);
  static void note(Failures& all, std::string key, std::int64_t now_ms);

  Guarded<Failures> failures_;
};

}  // namespace candor::api
