#include "networks/report_range.h"

#include <gtest/gtest.h>

#include "networks/report_fixture.h"

namespace candor::networks {
namespace {

constexpr std::int32_t kMarch1 = 20'513;  // 2026-03-01, days since 1970-01-01

ReportFile with_days(std::initializer_list<std::int32_t> days) {
  ReportFile file;
  for (std::int32_t day : days) file.rows.emplace_back().event_at_ms = day * 86'400'000LL;
  return file;
}

void expect_range(ReportFile file, std::string_view title, std::int32_t from, std::int32_t to) {
  set_range(file, title);
  EXPECT_EQ(file.from_day, from) << title;
  EXPECT_EQ(file.to_day, to) << title;
}

TEST(ReportRange, TheTitleTellsTheDays) {
  const auto rows = with_days({kMarch1 + 4, kMarch1 + 1});
  expect_range(rows, "Fee-Earnings reports from 03-01-2026 to 03-31-2026\n", kMarch1, kMarch1 + 30);
  expect_range(rows, "Fee-Earnings reports from 01-03-2026 to 31-03-2026\n", kMarch1, kMarch1 + 30);
  expect_range(rows, "Fee-Earnings reports from 2026-03-01 to 2026-03-31\n", kMarch1, kMarch1 + 30);
}

TEST(ReportRange, AnAmbiguousTitleEnclosesTheRows) {
  expect_range(with_days({kMarch1 + 4}), "reports from 01-03-2026 to 12-03-2026", kMarch1,
               kMarch1 + 11);
  // 4 January: only nine months hold it, month first.
  expect_range(with_days({kMarch1 - 56}), "reports from 01-03-2026 to 12-03-2026", kMarch1 - 57,
               20'790);
}

TEST(ReportRange, WithoutATitleTheRowsTellThem) {
  expect_range(with_days({kMarch1 + 4, kMarch1 + 1}), "", kMarch1 + 1, kMarch1 + 4);
  expect_range(with_days({kMarch1 + 4}), "reports from 02-01-2026 to 02-28-2026", kMarch1 + 4,
               kMarch1 + 4);
  ReportFile empty;
  set_range(empty, "");
  EXPECT_FALSE(empty.from_day);
  EXPECT_FALSE(empty.to_day);
}

TEST(ReportRange, AnEmptyReportStillSpeaksOfItsDays) {
  expect_range({}, "Fee-Earnings reports from 03-01-2026 to 03-31-2026\n", kMarch1, kMarch1 + 30);
}

TEST(ReportRange, AmazonsFilesReplaceTheirDaysAndAwinsTheirIds) {
  const auto amazon = read_report(load_fixture("amazon_fee_earnings_us.csv"), {});
  ASSERT_TRUE(amazon);
  EXPECT_EQ(amazon->identity, RowIdentity::ByRange);
  EXPECT_EQ(amazon->from_day, kMarch1);
  EXPECT_EQ(amazon->to_day, kMarch1 + 30);
  const auto awin = read_report(load_fixture("awin_transactions.csv"), options_of("", "GBP"));
  ASSERT_TRUE(awin);
  EXPECT_EQ(awin->identity, RowIdentity::ById);
  EXPECT_EQ(awin->from_day, kMarch1 + 1);
  EXPECT_EQ(awin->to_day, kMarch1 + 2);
}

}  // namespace
}  // namespace candor::networks
