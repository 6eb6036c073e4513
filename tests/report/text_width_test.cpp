#include "report/text_width.h"

#include <gtest/gtest.h>

namespace candor::report {
namespace {

TEST(TextWidth, CountsColumnsAndNotBytes) {
  EXPECT_EQ(text_width("/kaffee"), 7U);
  EXPECT_EQ(text_width("/käse-größe"), 11U);
  EXPECT_EQ(text_width("/料理"), 5U);
  EXPECT_EQ(text_width("e\xCC\x81"), 1U);         // e with a combining acute accent
  EXPECT_EQ(text_width("\xF0\x9F\x8D\x8E"), 2U);  // a red apple
  EXPECT_EQ(text_width("\xFFx"), 2U);
}

TEST(TextWidth, NothingPrintableMovesTheCursor) {
  EXPECT_EQ(printable("a\x1B[2Jb\nc"), "a?[2Jb?c");
  EXPECT_EQ(printable("\xC2\x9B"
                      "31m"),
            "?31m");
  EXPECT_EQ(printable("\xE2\x80\xAEtxt"), "?txt");
  EXPECT_EQ(printable("\xC3"), "?");
  EXPECT_EQ(printable("\xED\xA0\x80"), "???");  // half of a surrogate pair
  EXPECT_EQ(printable("größe 料理"), "größe 料理");
}

}  // namespace
}  // namespace candor::report
