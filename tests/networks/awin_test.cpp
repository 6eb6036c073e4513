#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "networks/report_file.h"
#include "networks/report_fixture.h"

namespace candor::networks {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t kSaleMs = 1'772'446'272'000;   // 2026-03-02 10:11:12 UTC
constexpr std::int64_t kClickMs = 1'772'355'600'000;  // 2026-03-01 09:00:00 UTC

ReportOptions in_pounds() { return options_of("awin", "GBP"); }

CommissionRow expected_first() {
  CommissionRow row;
  row.identity = "500000001";
  row.event_at_ms = kSaleMs;
  row.click_at_ms = kClickMs;
  row.status = CommissionStatus::Pending;
  row.currency = find_currency("GBP").value();
  row.sale_micro = 1'250'000'000;
  row.commission_micro = 62'500'000;
  row.sub_id = "art42-c7f3";
  row.merchant = "7052";
  return row;
}

/// The CSV sample with another first data row.
std::string csv_with(const std::string& row) {
  const std::string text = load_fixture("awin_transactions.csv");
  return text.substr(0, text.find('\n') + 1) + row + "\n";
}

std::string json_with(std::string_view from, std::string_view to) {
  std::string text = load_fixture("awin_transactions.json");
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("not in the fixture: " + std::string(from));
  return text.replace(at, from.size(), to);
}

TEST(Awin, ReadsTheTransactionsCsv) {
  const auto file = read_report(load_fixture("awin_transactions.csv"), in_pounds());
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->network, "awin");
  EXPECT_EQ(file->report, "transactions");
  EXPECT_TRUE(file->errors.empty());
  ASSERT_EQ(file->rows.size(), 2U);
  EXPECT_EQ(file->rows[0], expected_first());
  EXPECT_EQ(file->rows[1].status, CommissionStatus::Reversed);
  EXPECT_EQ(file->rows[1].sub_id, "art43-c900");
  EXPECT_FALSE(file->rows[1].click_at_ms);
  EXPECT_EQ(sum_of(*file, &CommissionRow::commission_micro), 64'500'000);  // 62.50 + 2.00
  EXPECT_EQ(sum_of(*file, &CommissionRow::sale_micro), 1'290'000'000);
}

TEST(Awin, TheCsvNeedsTheOwnersCurrency) {
  const auto asked = read_report(load_fixture("awin_transactions.csv"), {});
  ASSERT_FALSE(asked);
  EXPECT_EQ(asked.error().kind, ReportError::Kind::CurrencyNeeded);
}

TEST(Awin, ReadsTheApisJson) {
  const auto file = read_report(load_fixture("awin_transactions.json"), {});
  ASSERT_TRUE(file) << file.error().message;
  ASSERT_EQ(file->rows.size(), 1U);
  CommissionRow expected = expected_first();
  expected.referring_url = "https://example.test/best-lamps";
  expected.order_id = "ORD-1";
  EXPECT_EQ(file->rows[0], expected);
}

TEST(Awin, BothFormsGiveTheSameIdentity) {
  EXPECT_EQ(read_report(load_fixture("awin_transactions.json"), {})->rows[0].identity,
            read_report(load_fixture("awin_transactions.csv"), in_pounds())->rows[0].identity);
}

TEST(Awin, AnotherEncodingGivesEqualRows) {
  for (const char* name : {"awin_transactions.csv", "awin_transactions.json"}) {
    const std::string text = load_fixture(name);
    const auto rows = read_report(text, in_pounds())->rows;
    EXPECT_EQ(read_report(to_utf16(text), in_pounds())->rows, rows);
    EXPECT_EQ(read_report(with_crlf(text), in_pounds())->rows, rows);
    EXPECT_EQ(read_report("\xEF\xBB\xBF" + text, in_pounds())->rows, rows);
  }
}

TEST(Awin, StatusAndPaymentBecomeOneStatus) {
  const auto status_of = [](std::string_view status, std::string_view paid) {
    std::string row = "1,7052,40.00,2.00,2026-03-03 08:00:00," + std::string(status) +
                      ",,,,,,,,,,,,,,,,,,,,," + std::string(paid) + ",,,,,,,,,,,";
    return read_report(csv_with(row), in_pounds())->rows.at(0).status;
  };
  EXPECT_EQ(status_of("pending", "no"), CommissionStatus::Pending);
  EXPECT_EQ(status_of("approved", "no"), CommissionStatus::Approved);
  EXPECT_EQ(status_of("Approved", "yes"), CommissionStatus::Paid);
  EXPECT_EQ(status_of("declined", "yes"), CommissionStatus::Reversed);
}

TEST(Awin, TheFirstFilledClickReferenceIsTheSubId) {
  const auto file =
      read_report(csv_with("1,7052,40.00,2.00,2026-03-03 08:00:00,approved,,,,,,,,,,,,,,,,,"
                           "https://example.test/page,,,,no,,,,,third,fourth,,,,,"),
                  in_pounds());
  ASSERT_EQ(file->rows.size(), 1U);
  EXPECT_EQ(file->rows[0].sub_id, "third");
  EXPECT_EQ(file->rows[0].referring_url, "https://example.test/page");
}

TEST(Awin, BadRowsAreNamedByRowAndColumn) {
  std::string text = load_fixture("awin_transactions.csv");
  text +=
      "3,7052,40.00,2.00,2026-03-03,approved,,,,,,,,,,,,,,,,,,,,,no,,,,,,,,,,,\n"
      "4,7052,40.00,two,2026-03-03 08:00:00,approved,,,,,,,,,,,,,,,,,,,,,no,,,,,,,,,,,\n"
      "5,7052,40.00,2.00,2026-03-03 08:00:00,lost,,,,,,,,,,,,,,,,,,,,,no,,,,,,,,,,,\n"
      ",7052,40.00,2.00,2026-03-03 08:00:00,approved,,,,,,,,,,,,,,,,,,,,,no,,,,,,,,,,,\n";
  const auto file = read_report(text, in_pounds());
  ASSERT_TRUE(file);
  EXPECT_EQ(file->rows.size(), 2U);
  ASSERT_EQ(file->errors.size(), 4U);
  EXPECT_EQ(file->errors[0], (RowError{4, "date", "not a date with a time", "2026-03-03"}));
  EXPECT_EQ(file->errors[1], (RowError{5, "commission", "not an amount of money", "two"}));
  EXPECT_EQ(file->errors[2].column, "commission_status");
  EXPECT_EQ(file->errors[3], (RowError{7, "id", "the cell is empty", ""}));
}

TEST(Awin, ALayoutWithAMissingColumnIsRefusedByName) {
  std::string text = load_fixture("awin_transactions.csv");
  text.replace(text.find("paid_to_publisher"), 17, "something_else_xx");
  const auto refused = read_report(text, in_pounds());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ReportError::Kind::UnknownLayout);
  EXPECT_THAT(refused.error().message, HasSubstr("Awin transactions"));
  EXPECT_THAT(refused.error().message, HasSubstr("\"paid_to_publisher\""));
}

TEST(Awin, JsonAmountsNeverPassThroughFloatingPoint) {
  // As a double, the first times a million would be 900719925474099.1 and the second
  // 0.30000000000000004.
  EXPECT_EQ(read_report(json_with("62.5", "900719925.474099"), {})->rows.at(0).commission_micro,
            900'719'925'474'099);
  EXPECT_EQ(read_report(json_with("62.5", "0.300000"), {})->rows.at(0).commission_micro, 300'000);
  EXPECT_EQ(read_report(json_with("62.5", "62"), {})->rows.at(0).commission_micro, 62'000'000);
  const auto imprecise = read_report(json_with("62.5", "0.30000000000000004"), {});
  ASSERT_TRUE(imprecise);
  EXPECT_TRUE(imprecise->rows.empty());
  EXPECT_EQ(imprecise->errors.at(0).text, "0.30000000000000004");
}

TEST(Awin, JsonRowsInTwoCurrenciesAreRefused) {
  const auto file = read_report(
      json_with("1250.0,\n   \"currency\": \"GBP\"", "1250.0,\n   \"currency\": \"USD\""), {});
  ASSERT_TRUE(file);
  EXPECT_EQ(file->errors.at(0).column, "saleAmount.currency");
}

TEST(Awin, JsonOfAnotherShapeIsRefused) {
  for (const char* text : {"[1,2", "[{\"commissionId\":\"3\"}]", "[[[[]]]]", "{"}) {
    const auto refused = read_report(text, {});
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().kind, ReportError::Kind::UnknownLayout) << text;
  }
  EXPECT_EQ(read_report("[]", {}).error().kind, ReportError::Kind::Empty);
  EXPECT_EQ(read_report("{\"data\":[]}", {}).error().kind, ReportError::Kind::Empty);
  EXPECT_TRUE(read_report("[]", options_of("awin", ""))->rows.empty());
  EXPECT_EQ(
      read_report(load_fixture("awin_transactions.json"), options_of("amazon", "")).error().kind,
      ReportError::Kind::WrongNetwork);
}

}  // namespace
}  // namespace candor::networks
