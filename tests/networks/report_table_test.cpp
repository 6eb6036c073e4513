#include "networks/report_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace candor::networks {
namespace {

using ::testing::ElementsAre;

TEST(ReportTable, ReadsQuotesAsRfc4180Does) {
  const Table table = read_table("a,\"b,\"\"c\"\"\",d\n\"x\ny\",,z\n", ',', 3, 2);
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_THAT(table.rows[0].cells, ElementsAre("a", "b,\"c\"", "d"));
  EXPECT_THAT(table.rows[1].cells, ElementsAre("x\ny", "", "z"));
  EXPECT_EQ(table.rows[0].number, 2);
  EXPECT_EQ(table.rows[1].number, 3);
  EXPECT_TRUE(table.errors.empty());
}

TEST(ReportTable, AnOpenQuoteDamagesItsOwnRowOnly) {
  const Table table = read_table("a,b\n\"open\nc,d\n\"shut\",e\n", ',', 2, 1);
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_THAT(table.rows[1].cells, ElementsAre("c", "d"));
  EXPECT_THAT(table.rows[2].cells, ElementsAre("shut", "e"));
  ASSERT_EQ(table.errors.size(), 1U);
  EXPECT_EQ(table.errors[0], (RowError{2, "", "a quoted cell is not closed", "\"open"}));
}

TEST(ReportTable, AQuoteInAnUnquotedFileIsPartOfTheName) {
  const Table table = read_table("\"Blue\" shirt,1\n27\" screen,2\n", ',', 2, 1);
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_THAT(table.rows[0].cells, ElementsAre("\"Blue\" shirt", "1"));
  EXPECT_THAT(table.rows[1].cells, ElementsAre("27\" screen", "2"));
}

TEST(ReportTable, EmptyCellsBehindTheRowAreForgiven) {
  const Table table = read_table("a,b,,\n\na,b,c\na\n", ',', 2, 1);
  ASSERT_EQ(table.rows.size(), 1U);
  ASSERT_EQ(table.errors.size(), 2U);
  EXPECT_EQ(table.errors[0].row, 3);
  EXPECT_EQ(table.errors[0].reason, "the row has 3 cells, the header 2");
  EXPECT_EQ(table.errors[1].row, 4);
}

TEST(ReportTable, AZeroByteDamagesItsRow) {
  const Table table = read_table(std::string_view("a,\0b\nc,d\n", 9), ',', 2, 1);
  EXPECT_EQ(table.rows.size(), 1U);
  ASSERT_EQ(table.errors.size(), 1U);
  EXPECT_EQ(table.errors[0].reason, "a cell holds a zero byte");
}

TEST(ReportTable, LongCellsAreShownShort) {
  EXPECT_EQ(shown("short"), "short");
  EXPECT_EQ(shown(std::string(1'000'000, 'x')), std::string(200, 'x') + "...");
  std::string text = "x";
  for (int i = 0; i < 150; ++i) text += "ä";
  EXPECT_EQ(shown(text).size(), 199U + 3U);
}

TEST(ReportTable, ALineIsCutAsTheParserCutsIt) {
  std::vector<std::string_view> cut;
  for (const std::string_view line : {"a,b,c", "\"a\",\"b\",\"c\"", "\"a,b\", \t c d\t ,\" e \"",
                                      "\"\",,", ",\"x\",", "a,b,c,,"}) {
    ASSERT_TRUE(cut_line(line, ',', 3, cut)) << line;
    std::vector<std::string> parsed = read_header_cells(line, ',');
    parsed.resize(3);
    EXPECT_EQ(std::vector<std::string>(cut.begin(), cut.end()), parsed) << line;
  }
}

TEST(ReportTable, WhatTakesTheParserIsNotCut) {
  std::vector<std::string_view> cut;
  for (const std::string_view line : {"\"a\"\"b\",c,d", "a\"b,c,d", "\"a\" ,c,d", "\"a,c,d", "a,b",
                                      "a,b,c,d", " \"a\",c,d", "a,b\rc,d"})
    EXPECT_FALSE(cut_line(line, ',', 3, cut)) << line;
}

TEST(ReportTable, RowsAreFoundWhereTheyStand) {
  const std::string_view text = "a,b\n\n\"c\"\"\",d\nx\n";
  const TextTable table = find_rows(text, ',', 2, 5);
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_EQ(table.rows[0].line.data(), text.data());
  EXPECT_TRUE(table.rows[0].cells.empty());
  EXPECT_EQ(table.rows[1].number, 7);
  EXPECT_THAT(table.rows[1].cells, ElementsAre("c\"", "d"));
  ASSERT_EQ(table.errors.size(), 1u);
  EXPECT_EQ(table.errors[0].row, 8);
}

}  // namespace
}  // namespace candor::networks
