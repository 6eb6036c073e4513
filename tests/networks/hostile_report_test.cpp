#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "networks/report_file.h"
#include "networks/report_fixture.h"

namespace candor::networks {
namespace {

const std::vector<std::string>& fixtures() {
  static const std::vector<std::string> all{
      load_fixture("amazon_fee_earnings_us.csv"), load_fixture("amazon_fee_earnings_in.tsv"),
      load_fixture("amazon_fee_earnings_de.csv"), load_fixture("awin_transactions.csv"),
      load_fixture("awin_transactions.json")};
  return all;
}

ReportOptions in_pounds() { return options_of("", "GBP"); }

/// Whatever the bytes are: an error with a sentence, or rows that have an identity.
void expect_an_answer(std::string_view bytes) {
  const auto file = read_report(bytes, in_pounds());
  if (!file) {
    RC_ASSERT(!file.error().message.empty());
    return;
  }
  for (const CommissionRow& row : file->rows) RC_ASSERT(!row.identity.empty());
  for (const RowError& error : file->errors) {
    RC_ASSERT(error.row > 0);
    RC_ASSERT(!error.reason.empty());
  }
}

TEST(HostileReport, AnyBytesGetAnAnswer) {
  EXPECT_TRUE(rc::check([](const std::string& bytes) { expect_an_answer(bytes); }));
}

TEST(HostileReport, AnyDamageToAReportGetsAnAnswer) {
  EXPECT_TRUE(rc::check([] {
    std::string bytes = *rc::gen::elementOf(fixtures());
    const int edits = *rc::gen::inRange(1, 6);
    for (int i = 0; i < edits; ++i) {
      const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
      constexpr std::string_view kNasty("\"\0\n\r,\t;'\xFF\xC3-.(", 13);
      bytes.insert(at, 1, kNasty[*rc::gen::inRange<std::size_t>(0, kNasty.size())]);
    }
    expect_an_answer(bytes);
  }));
}

TEST(HostileReport, ATruncatedReportGetsAnAnswer) {
  for (const std::string& bytes : fixtures())
    for (std::size_t size = 0; size < bytes.size(); ++size)
      expect_an_answer(std::string_view(bytes).substr(0, size));
}

TEST(HostileReport, OneDamagedLineCostsOneRow) {
  const std::string& text = fixtures()[0];
  const std::size_t start = text.find("Kitchen,");
  for (const std::string& line :
       {std::string("\"never closed"), std::string(1'000'000, 'x'),
        std::string(1'000'000, '"') + "\"", std::string("a\0b,", 4) + std::string(500'000, ','),
        std::string("\"\"\"")}) {
    std::string damaged = text;
    damaged.insert(start, line + "\n");
    const auto file = read_report(damaged, {});
    ASSERT_TRUE(file);
    EXPECT_EQ(file->rows.size(), 5U);
    EXPECT_EQ(file->errors.size(), 1U);
    EXPECT_EQ(file->errors.at(0).row, 3);
  }
}

TEST(HostileReport, LinesThatAllOpenAQuoteAreReadInTime) {
  std::string text = fixtures()[0];
  for (int i = 0; i < 20'000; ++i) text += "\"open,\n";
  const auto file = read_report(text, {});
  ASSERT_TRUE(file);
  EXPECT_EQ(file->rows.size(), 5U);
}

TEST(HostileReport, DeepJsonIsRefused) {
  const auto refused = read_report(std::string(1'000'000, '['), {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ReportError::Kind::UnknownLayout);
}

}  // namespace
}  // namespace candor::networks
