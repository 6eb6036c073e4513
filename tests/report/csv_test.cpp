#include "report/csv.h"

#include <gtest/gtest.h>

namespace candor::report {
namespace {

std::string field(std::string_view text) {
  std::string line;
  append_csv_field(line, text);
  return line;
}

TEST(Csv, QuotesOnlyWhereNeeded) {
  EXPECT_EQ(field("plain"), "plain");
  EXPECT_EQ(field(""), "");
  EXPECT_EQ(field("a,b"), "\"a,b\"");
  EXPECT_EQ(field("say \"so\""), "\"say \"\"so\"\"\"");
  EXPECT_EQ(field("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(field("end "), "\"end \"");
}

TEST(Csv, NoFieldIsAFormula) {
  EXPECT_EQ(field("=1+1"), "'=1+1");
  EXPECT_EQ(field("  =1+1"), "\"'  =1+1\"");
  EXPECT_EQ(field("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(field("+cmd|' /C calc'!A0"), "'+cmd|' /C calc'!A0");
  EXPECT_EQ(field("-2+3"), "'-2+3");
  EXPECT_EQ(field("\t=1"), "\"'\t=1\"");
  EXPECT_EQ(field("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(field("-"), "'-");
}

TEST(Csv, ControlCharactersAreShownAsMissing) {
  EXPECT_EQ(field(std::string_view("nul\0esc\x1b[31m\x7f", 13)), "nul\uFFFDesc\uFFFD[31m\uFFFD");
}

TEST(Csv, PlainNumbersStayNumbers) {
  EXPECT_EQ(field("-4.05"), "-4.05");
  EXPECT_EQ(field("+7"), "+7");
  EXPECT_EQ(field("-4.05."), "'-4.05.");
  EXPECT_EQ(field("-4,05"), "\"'-4,05\"");
}

}  // namespace
}  // namespace candor::report
