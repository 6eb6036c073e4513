#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "networks/report_file.h"
#include "networks/report_fixture.h"

namespace candor::networks {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t kMarch2Ms = 1'772'409'600'000;  // 2026-03-02 00:00:00 UTC
constexpr std::int64_t kDayMs = 86'400'000;

ReportFile read(const std::string& name, const ReportOptions& options = {}) {
  auto file = read_report(load_fixture(name), options);
  if (!file) throw std::runtime_error(file.error().message);
  return std::move(*file);
}

TEST(Amazon, ReadsTheUnitedStatesReport) {
  const ReportFile file = read("amazon_fee_earnings_us.csv");
  EXPECT_EQ(file.network, "amazon");
  EXPECT_EQ(file.report, "fee-earnings");
  EXPECT_TRUE(file.errors.empty());
  ASSERT_EQ(file.rows.size(), 5U);
  // 4.05 + 4.05 + 1.13 - 4.05 + 1.20 and 89.99 + 89.99 + 25.00 - 89.99 + 40.00
  EXPECT_EQ(sum_of(file, &CommissionRow::commission_micro), 6'380'000);
  EXPECT_EQ(sum_of(file, &CommissionRow::sale_micro), 154'990'000);
  EXPECT_EQ(sum_of(file, &CommissionRow::quantity), 4);
  const CommissionRow& first = file.rows[0];
  EXPECT_EQ(first.currency.text(), "USD");
  EXPECT_EQ(first.tag, "candor-blend-20");
  EXPECT_EQ(first.product, "B0SYNTH001");
  EXPECT_EQ(first.merchant, "Amazon");
  EXPECT_EQ(first.event_at_ms, kMarch2Ms);
  EXPECT_EQ(first.precision, TimePrecision::Day);
  EXPECT_EQ(first.status, CommissionStatus::Approved);
  EXPECT_EQ(first.commission_micro, 4'050'000);
  EXPECT_EQ(first.sub_id, "");
}

TEST(Amazon, AReturnIsANegativeApprovedRow) {
  const CommissionRow returned = read("amazon_fee_earnings_us.csv").rows.at(3);
  EXPECT_EQ(returned.status, CommissionStatus::Approved);
  EXPECT_EQ(returned.commission_micro, -4'050'000);
  EXPECT_EQ(returned.sale_micro, -89'990'000);
  EXPECT_EQ(returned.quantity, -1);
}

TEST(Amazon, TwoUnitsSoldAlikeStayTwo) {
  const ReportFile file = read("amazon_fee_earnings_us.csv");
  const std::string& first = file.rows[0].identity;
  const std::string& second = file.rows[1].identity;
  EXPECT_THAT(first, testing::EndsWith("#1"));
  EXPECT_THAT(second, testing::EndsWith("#2"));
  EXPECT_EQ(first.substr(0, first.find('#')), second.substr(0, second.find('#')));
  std::set<std::string> identities;
  for (const CommissionRow& row : file.rows) identities.insert(row.identity);
  EXPECT_EQ(identities.size(), 5U);
}

TEST(Amazon, ReadsTheCanadianReport) {
  const ReportFile file = read("amazon_fee_earnings_ca.csv", options_of("amazon", "CAD"));
  ASSERT_EQ(file.rows.size(), 2U);
  EXPECT_EQ(file.rows[0].currency.text(), "CAD");
  EXPECT_EQ(sum_of(file, &CommissionRow::commission_micro), 4'500'000);
  EXPECT_EQ(file.rows[0].event_at_ms, kMarch2Ms + 13 * kDayMs);
  EXPECT_EQ(file.rows[1].event_at_ms, kMarch2Ms + 2 * kDayMs);  // 03/04 is the fourth of March
  EXPECT_EQ(read("amazon_fee_earnings_ca.csv").rows[0].currency.text(), "USD");
}

TEST(Amazon, ReadsTheBritishReport) {
  const ReportFile file = read("amazon_fee_earnings_uk.csv");
  ASSERT_EQ(file.rows.size(), 2U);
  EXPECT_EQ(file.rows[0].currency.text(), "GBP");
  EXPECT_EQ(sum_of(file, &CommissionRow::commission_micro), 1'700'000);  // 1.25 + 0.45
  EXPECT_EQ(sum_of(file, &CommissionRow::sale_micro), 40'000'000);
  EXPECT_EQ(file.rows[1].merchant, "Third Party");
}

TEST(Amazon, ReadsTheIndianReportWithTabs) {
  const ReportFile file = read("amazon_fee_earnings_in.tsv");
  ASSERT_EQ(file.rows.size(), 1U);
  EXPECT_EQ(file.rows[0].currency.text(), "INR");
  EXPECT_EQ(file.rows[0].commission_micro, 160'000'000);
  EXPECT_EQ(file.rows[0].sale_micro, 1'000'000'000);
}

TEST(Amazon, ReadsDecimalCommasOfTheEuroCountries) {
  const ReportFile file = read("amazon_fee_earnings_de.csv");
  EXPECT_TRUE(file.errors.empty());
  ASSERT_EQ(file.rows.size(), 3U);
  EXPECT_EQ(file.rows[0].currency.text(), "EUR");
  EXPECT_EQ(file.rows[0].sale_micro, 1'089'990'000);
  EXPECT_EQ(file.rows[0].event_at_ms, kMarch2Ms + kDayMs);
  EXPECT_EQ(sum_of(file, &CommissionRow::commission_micro), 1'125'000);
}

TEST(Amazon, TheOwnersCurrencyCountsWhereTheFileHasNone) {
  EXPECT_EQ(read("amazon_fee_earnings_uk.csv", options_of("", "EUR")).rows[0].currency.text(),
            "EUR");
  EXPECT_EQ(read("amazon_fee_earnings_in.tsv", options_of("", "EUR")).rows[0].currency.text(),
            "INR");
}

TEST(Amazon, AFileThatTellsNoCurrencyAsksForIt) {
  std::string text = load_fixture("amazon_fee_earnings_uk.csv");
  for (std::size_t at; (at = text.find("candoruk-21")) != std::string::npos;)
    text.replace(at, 11, "candorjp-22");
  const auto asked = read_report(text, {});
  ASSERT_FALSE(asked);
  EXPECT_EQ(asked.error().kind, ReportError::Kind::CurrencyNeeded);
  EXPECT_EQ(read_report(text, options_of("", "JPY"))->rows[0].currency.text(), "JPY");
}

TEST(Amazon, TheSameReportInAnotherEncodingGivesEqualRows) {
  for (const char* name :
       {"amazon_fee_earnings_us.csv", "amazon_fee_earnings_uk.csv", "amazon_fee_earnings_in.tsv",
        "amazon_fee_earnings_de.csv", "amazon_fee_earnings_ca.csv"}) {
    std::string text = load_fixture(name);
    const auto rows = read_report(text, {})->rows;
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    EXPECT_EQ(read_report(text, {})->rows, rows) << name;
    EXPECT_EQ(read_report("\xEF\xBB\xBF" + text, {})->rows, rows) << name;
    EXPECT_EQ(read_report(to_utf16(text), {})->rows, rows) << name;
    EXPECT_EQ(read_report(with_crlf(text), {})->rows, rows) << name;
    EXPECT_EQ(read_report(text.substr(text.find('\n') + 1), {})->rows, rows) << name;
  }
}

TEST(Amazon, OverlappingFilesAgreeOnTheirCommonRows) {
  const std::string text = load_fixture("amazon_fee_earnings_us.csv");
  const auto all = read_report(text, {})->rows;
  // Without the first data row: the second of the equal pair is then the first.
  std::size_t start = text.find('\n', text.find('\n') + 1) + 1;
  std::string shorter = text;
  shorter.erase(start, text.find('\n', start) + 1 - start);
  const auto some = read_report(shorter, {})->rows;
  ASSERT_EQ(some.size(), 4U);
  for (const CommissionRow& row : some)
    EXPECT_NE(std::ranges::find(all, row), all.end()) << row.identity;
}

TEST(Amazon, GoodRowsAreKeptBesideBadOnes) {
  const std::string text = load_fixture("amazon_fee_earnings_us.csv") +
                           "Home,Lamp,B0X,Amazon,candor-20,2026-02-30,40.00,1,0,40.00,1.20,PC\n"
                           "Home,Lamp,B0X,Amazon,candor-20,2026-03-01,40.00,1,0,40.00,\"1,2\",PC\n"
                           "Home,Lamp,B0X,Amazon,candor-20\n"
                           "\n"
                           "Home,Lamp,B0X,Amazon,candor-20,2026-03-01,40.00,x,0,40.00,1.20,PC\n"
                           "Home,Lamp,B0X,Amazon,,2026-03-01,40.00,1,0,40.00,1.20,PC\n"
                           "Home,27\" Screen,B0X,Amazon,candor-20,2026-03-01,9,1,0,9,0.10,PC\n";
  const auto file = read_report(text, {});
  ASSERT_TRUE(file);
  EXPECT_EQ(file->rows.size(), 6U);
  EXPECT_EQ(sum_of(*file, &CommissionRow::commission_micro), 6'480'000);
  ASSERT_EQ(file->errors.size(), 5U);
  EXPECT_EQ(file->errors[0], (RowError{8, "Date Shipped", "not a date", "2026-02-30"}));
  EXPECT_EQ(file->errors[1], (RowError{9, "Ad Fees($)", "not an amount of money", "1,2"}));
  EXPECT_EQ(file->errors[2].row, 10);
  EXPECT_EQ(file->errors[2].reason, "the row has 5 cells, the header 12");
  EXPECT_EQ(file->errors[3], (RowError{12, "Items Shipped", "not a whole number", "x"}));
  EXPECT_EQ(file->errors[4], (RowError{13, "Tracking ID", "the cell is empty", ""}));
}

TEST(Amazon, AnotherNetworksReportIsRefused) {
  const auto refused =
      read_report(load_fixture("amazon_fee_earnings_us.csv"), options_of("awin", ""));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ReportError::Kind::WrongNetwork);
  EXPECT_THAT(refused.error().message, HasSubstr("amazon"));
}

}  // namespace
}  // namespace candor::networks
