#include "api/password_desk.h"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace candor::api {
namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemoryBytes = std::size_t{19} << 20;

}  // namespace

void PasswordDesk::in_turn(const std::function<void()>& work) {
  turns_.acquire();
  struct Release {
    std::counting_semaphore<kAtOnce>& turns;
    ~Release() { turns.release(); }
  } const release{turns_};
  work();
}

std::string PasswordDesk::hash(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  int failed = 0;
  in_turn([&] {
    failed = crypto_pwhash_str_alg(text.data(), password.data(), password.size(), kPasses,
                                   kMemoryBytes, crypto_pwhash_ALG_ARGON2ID13);
  });
  if (failed != 0) throw std::runtime_error("not enough memory to hash the password");
  return text.data();
}

bool PasswordDesk::fits(const std::string& hash, std::string_view password) {
  if (password.size() > kPasswordMost) return false;
  if (hash.empty()) {
    this->hash(password);
    return false;
  }
  bool same = false;
  in_turn([&] {
    same = crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
  });
  return same;
}

}  // namespace candor::api
