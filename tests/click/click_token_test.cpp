#include "click/click_token.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <iostream>
#include <random>
#include <set>

#include "base/ascii.h"

namespace candor {
namespace {

constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";

ClickTokenKey key_of(char letter, std::uint8_t first) {
  ClickTokenKey key;
  key.letter = letter;
  for (std::size_t i = 0; i < key.secret.size(); ++i)
    key.secret[i] = static_cast<std::uint8_t>(first + i);
  return key;
}

const ClickTokenKey kKey = key_of('c', 7);
const std::array kKeys{key_of('a', 1), kKey};

rc::Gen<ClickId> gen_id() {
  return rc::gen::map(rc::gen::inRange<std::int64_t>(1, std::numeric_limits<std::int64_t>::max()),
                      [](std::int64_t value) { return ClickId{value}; });
}

TEST(ClickToken, IsALetterAndSixteenLowerCaseCharacters) {
  EXPECT_TRUE(rc::check("[a-z][a-z0-9]{16}", [] {
    const std::string token = make_click_token(*gen_id(), kKey);
    RC_ASSERT(token.size() == kClickTokenLength);
    RC_ASSERT(token.front() == 'c');
    for (const char c : token.substr(1)) RC_ASSERT(kAlphabet.find(c) != std::string_view::npos);
  }));
}

// A token in somebody's report must be read for years: the text of an id never changes.
TEST(ClickToken, TheTextOfAnIdIsFixed) {
  EXPECT_EQ(make_click_token(ClickId{838860800000000001}, kKey), "cbjc3z9pb7zrvetga");
  EXPECT_EQ(make_click_token(ClickId{838860800000000002}, kKey), "cbyz7scy4a0xstyvz");
}

TEST(ClickToken, IsReadBackInAnyCase) {
  EXPECT_TRUE(rc::check("read(make(id)) == id", [] {
    const ClickId id = *gen_id();
    std::string token = make_click_token(id, kKey);
    RC_ASSERT(read_click_token(token, kKeys) == id);
    for (char& c : token)
      if (*rc::gen::arbitrary<bool>() && c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    RC_ASSERT(read_click_token(token, kKeys) == id);
  }));
}

TEST(ClickToken, HoldsTheSmallestAndLargestIds) {
  for (const std::int64_t value : {std::int64_t{0}, std::int64_t{1}, (std::int64_t{1} << 40) - 1,
                                   std::int64_t{1} << 40, std::numeric_limits<std::int64_t>::max()})
    EXPECT_EQ(read_click_token(make_click_token(ClickId{value}, kKey), kKeys), ClickId{value});
}

TEST(ClickToken, OtherShapesAndUnknownKeysAreRefused) {
  const std::string token = make_click_token(ClickId{42}, kKey);
  EXPECT_FALSE(read_click_token("", kKeys));
  EXPECT_FALSE(read_click_token(token.substr(0, 16), kKeys));
  EXPECT_FALSE(read_click_token(token + "0", kKeys));
  EXPECT_FALSE(read_click_token("b" + token.substr(1), kKeys));
  EXPECT_FALSE(read_click_token(token, {}));
  std::string look_alike = token;
  look_alike[5] = 'o';
  EXPECT_FALSE(read_click_token(look_alike, kKeys));
}

TEST(ClickToken, OneWrongCharacterIsRefused) {
  const std::string token = make_click_token(ClickId{838860800000000001}, kKey);
  for (std::size_t at = 1; at < token.size(); ++at) {
    for (const char c : kAlphabet) {
      std::string forged = token;
      forged[at] = c;
      if (forged == token) continue;
      EXPECT_FALSE(read_click_token(forged, kKeys)) << forged;
    }
  }
}

// 2^-17 of 1,000,000 is 7.6; the seed is fixed, and outside 1 to 20 the check bits would be fewer
// or more than stated.
TEST(ClickToken, RandomTextsPassOnceIn131072) {
  std::mt19937_64 random(20261123);
  int passed = 0;
  constexpr int kTries = 1'000'000;
  for (int i = 0; i < kTries; ++i) {
    std::string text = "c";
    for (std::uint64_t bits = random(), n = 0; n < 8; ++n, bits >>= 5) text += kAlphabet[bits & 31];
    for (std::uint64_t bits = random(), n = 0; n < 8; ++n, bits >>= 5) text += kAlphabet[bits & 31];
    passed += read_click_token(text, kKeys).has_value();
  }
  std::cout << "[ FIGURES  ] " << passed << " of " << kTries << " random texts passed (expected "
            << kTries / 131072.0 << ")\n";
  EXPECT_GE(passed, 1);
  EXPECT_LE(passed, 20);
}

TEST(ClickToken, KeysReadOnlyTheirOwnTokens) {
  const ClickTokenKey other = key_of('c', 90);  // same letter, other secret
  std::set<std::string> texts;
  int read_by_other = 0;
  for (std::int64_t i = 1; i <= 10'000; ++i) {
    const std::string token = make_click_token(ClickId{i << 12}, kKey);
    texts.insert(token);
    texts.insert(make_click_token(ClickId{i << 12}, other));
    read_by_other += read_click_token(token, std::span(&other, 1)).has_value();
  }
  EXPECT_EQ(texts.size(), 20'000U);
  EXPECT_LE(read_by_other, 2);
}

// Ids that differ in one bit, whichever it is, have texts that agree in no more places than chance
// has it: 16 places, 1 in 32 each.
TEST(ClickToken, IdsThatDifferInOneBitHaveUnrelatedTexts) {
  constexpr int kPairs = 400;
  for (int bit = 0; bit < 63; ++bit) {
    int equal_places = 0;
    for (std::int64_t i = 0; i < kPairs; ++i) {
      const std::int64_t id = 838860800000000000 + 7919 * i;
      const std::string a = make_click_token(ClickId{id}, kKey);
      const std::string b = make_click_token(ClickId{id ^ std::int64_t{1} << bit}, kKey);
      for (std::size_t at = 1; at < a.size(); ++at) equal_places += a[at] == b[at];
    }
    EXPECT_NEAR(equal_places / double{kPairs}, 0.5, 0.2) << "bit " << bit;
  }
}

TEST(ClickToken, IsFoundAloneOrBehindTheOwnersValue) {
  const std::string token = make_click_token(ClickId{42}, kKey);
  EXPECT_EQ(find_click_token(token, kKeys), ClickId{42});
  EXPECT_EQ(find_click_token("soup-" + token, kKeys), ClickId{42});
  EXPECT_EQ(find_click_token("my-soup-" + token, kKeys), ClickId{42});
  EXPECT_EQ(find_click_token("-" + token, kKeys), ClickId{42});
  EXPECT_FALSE(find_click_token("", kKeys));
  EXPECT_FALSE(find_click_token(token + "-soup", kKeys));
  EXPECT_EQ(find_click_token("soup" + token, kKeys), ClickId{42});
  EXPECT_EQ(find_click_token("soup_" + token, kKeys), ClickId{42});
  EXPECT_FALSE(find_click_token(token + "soup", kKeys));
  EXPECT_FALSE(find_click_token("soup", kKeys));
}

}  // namespace
}  // namespace candor
