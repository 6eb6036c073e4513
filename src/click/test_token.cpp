#include "click/test_token.h"

#include <sodium.h>

namespace candor {
namespace {

constexpr std::string_view kPurpose = "candor test click 1";
constexpr std::int64_t kForgivenMs = 60'000;

}  // namespace

ClickTokenKey test_key_of(const ClickTokenKey& key) {
  ClickTokenKey derived{.letter = key.letter, .secret = {}};
  crypto_generichash(derived.secret.data(), derived.secret.size(),
                     reinterpret_cast<const unsigned char*>(kPurpose.data()), kPurpose.size(),
                     key.secret.data(), key.secret.size());
  return derived;
}

std::string make_test_token(const ClickTokenKey& key, Millis now) {
  return make_click_token(first_click_id(to_ms(now)), key);
}

bool is_test_token(std::string_view text, const ClickTokenKey& key, Millis now) {
  const auto id = read_click_token(text, {&key, 1});
  if (!id) return false;
  const std::int64_t age_ms = to_ms(now) - at_ms(*id);
  return age_ms > -kForgivenMs && age_ms < kTestTokenLifeMs;
}

}  // namespace candor
