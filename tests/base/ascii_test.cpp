#include "base/ascii.h"

#include <gtest/gtest.h>

namespace candor::ascii {
namespace {

TEST(Ascii, OnlyAsciiLettersChangeCase) {
  EXPECT_EQ(to_lower("AZaz09@[`{\xC3\x84"), "azaz09@[`{\xC3\x84");
  EXPECT_TRUE(equals_ignoring_case("Content-TYPE", "content-type"));
  EXPECT_FALSE(equals_ignoring_case("content-type", "content-typ"));
  EXPECT_FALSE(equals_ignoring_case("@", "`"));
}

TEST(Ascii, ClassesHoldNoBytesAbove127) {
  int letters = 0;
  int digits = 0;
  int spaces = 0;
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    letters += is_alpha(c);
    digits += is_digit(c);
    spaces += is_space(c);
    EXPECT_EQ(is_alnum(c), is_alpha(c) || is_digit(c));
  }
  EXPECT_EQ(letters, 52);
  EXPECT_EQ(digits, 10);
  EXPECT_EQ(spaces, 5);
}

TEST(Ascii, TrimTakesHttpAndHtmlSpaceOffBothEnds) {
  EXPECT_EQ(trim(" \t\r\n\fa b\f\n\r\t "), "a b");
  EXPECT_EQ(trim("  "), "");
  EXPECT_EQ(trim("\va\v"), "\va\v");
}

}  // namespace
}  // namespace candor::ascii
