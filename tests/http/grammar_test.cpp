#include "http/grammar.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

namespace candor::http {
namespace {

TEST(Grammar, ANameIsKnownInWhateverCaseItIsWritten) {
  EXPECT_TRUE(is_named("X-Forwarded-For", "x-forwarded-for"));
  EXPECT_TRUE(is_named("COOKIE", "cookie"));
  EXPECT_TRUE(is_named("", ""));
  EXPECT_FALSE(is_named("Accept-Encoding", "accept-language"));
  EXPECT_FALSE(is_named("Cookie", "cookies"));
}

TEST(Grammar, NamesAreComparedByteForByte) {
  EXPECT_TRUE(rc::check("is_named == equals_ignoring_case", [] {
    const auto name = *rc::gen::arbitrary<std::string>();
    std::string lower = ascii::to_lower(name);
    RC_ASSERT(is_named(name, lower));
    if (lower.empty()) return;
    const auto at = *rc::gen::inRange<std::size_t>(0, lower.size());
    lower[at] = ascii::lower(*rc::gen::arbitrary<char>());
    RC_ASSERT(is_named(name, lower) == ascii::equals_ignoring_case(name, lower));
  }));
}

// Each byte in each place of eight and of the rest behind them, against each of its neighbours.
TEST(Grammar, OnlyLettersHaveTwoCases) {
  const std::string lower = "abcdefghijk";
  for (std::size_t at = 0; at < lower.size(); ++at)
    for (int a = 0; a < 256; ++a)
      for (const int flipped : {a ^ 0x20, a ^ 0x80, a ^ 0x40, a}) {
        std::string name = lower;
        std::string wanted = lower;
        name[at] = static_cast<char>(a);
        wanted[at] = ascii::lower(static_cast<char>(flipped));
        EXPECT_EQ(is_named(name, wanted), ascii::equals_ignoring_case(name, wanted)) << at << a;
      }
}

}  // namespace
}  // namespace candor::http
