#pragma once
// Passwords: argon2id with 19 MiB, two passes and one lane, OWASP's minimum, and at most two at
// once, so that guesses cannot eat the memory. Callable from any thread.
#include <cstdint>
#include <functional>
#include <semaphore>
#include <string>
#include <string_view>

namespace candor::api {

inline constexpr std::size_t kPasswordLeast = 10;
inline constexpr std::size_t kPasswordMost = 256;

class PasswordDesk {
 public:
  static constexpr std::ptrdiff_t kAtOnce = 2;

  /// "$argon2id$v=19$m=19456,t=2,p=1$..."; waits for its turn. std::runtime_error: out of memory.
  std::string hash(std::string_view password);
  /// An empty hash fits no password, and takes as long to say so as any other.
  bool fits(const std::string& hash, std::string_view password);
  /// Does `work` in its turn; for tests of how many there are.
  void in_turn(const std::function<void()>& work);

 private:
  std::counting_semaphore<kAtOnce> turns_{kAtOnce};
};

}  // namespace candor::api
