#include "click/test_token.h"

#include <gtest/gtest.h>

namespace candor {
namespace {

constexpr ClickTokenKey kKey{'k', {9, 8, 7}};
constexpr std::int64_t kNowMs = 1'795'000'000'000;

TEST(TestToken, HoldsForTenMinutes) {
  const ClickTokenKey key = test_key_of(kKey);
  const std::string token = make_test_token(key, from_ms(kNowMs));
  EXPECT_TRUE(is_test_token(token, key, from_ms(kNowMs)));
  EXPECT_TRUE(is_test_token(token, key, from_ms(kNowMs + kTestTokenLifeMs - 1)));
  EXPECT_FALSE(is_test_token(token, key, from_ms(kNowMs + kTestTokenLifeMs)));
  EXPECT_TRUE(is_test_token(token, key, from_ms(kNowMs - 59'999)));
  EXPECT_FALSE(is_test_token(token, key, from_ms(kNowMs - 60'000)));
}

TEST(TestToken, NobodyElseCanMakeOne) {
  const ClickTokenKey key = test_key_of(kKey);
  // What a network sees of a click is none.
  EXPECT_FALSE(is_test_token(make_click_token(first_click_id(kNowMs), kKey), key, from_ms(kNowMs)));
  EXPECT_FALSE(is_test_token(make_test_token(test_key_of({'k', {1}}), from_ms(kNowMs)), key,
                             from_ms(kNowMs)));
  EXPECT_FALSE(is_test_token("", key, from_ms(kNowMs)));
  EXPECT_FALSE(is_test_token("k0000000000000000", key, from_ms(kNowMs)));
}

}  // namespace
}  // namespace candor
