#include "networks/mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "networks/mapping_table.h"
#include "networks/report_fixture.h"

namespace candor::networks {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t kMarch2Ms = 1'772'409'600'000;  // 2026-03-02 00:00:00 UTC

constexpr std::string_view kReport =
    "Acme partner report\n"
    "\n"
    "Ref;Transaction ID;Transaction Date;Merchant;Order Value;Commission;Status\n"
    "art42-c7f3;A-1;02.03.2026 10:00;Lamps;1.250,00 \xE2\x82\xAC;62,50 \xE2\x82\xAC;Confirmed\n"
    "art43-c900;A-2;31.03.2026 10:00;Lamps;40,00 \xE2\x82\xAC;2,00 \xE2\x82\xAC;Open\n"
    "Total;;;;1.290,00 \xE2\x82\xAC;64,50 \xE2\x82\xAC;\n";

Mapping acme() {
  Mapping mapping = guess_mapping(kReport)->mapping;
  mapping.name = "acme";
  mapping.network = "acme";
  mapping.zone = "Europe/Berlin";
  mapping.columns[ColumnRole::SubId] = "ref";
  return mapping;
}

TEST(Mapping, GuessesColumnsFromNamesAndValues) {
  const auto guess = guess_mapping(kReport);
  ASSERT_TRUE(guess) << guess.error().message;
  const auto& columns = guess->mapping.columns;
  EXPECT_EQ(columns.at(ColumnRole::Id), "transaction id");
  EXPECT_EQ(columns.at(ColumnRole::Date), "transaction date");
  EXPECT_EQ(columns.at(ColumnRole::Commission), "commission");
  EXPECT_EQ(columns.at(ColumnRole::Sale), "order value");
  EXPECT_EQ(columns.at(ColumnRole::Status), "status");
  EXPECT_EQ(columns.at(ColumnRole::Merchant), "merchant");
  EXPECT_FALSE(columns.contains(ColumnRole::SubId));
  EXPECT_EQ(guess->mapping.currency->text(), "EUR");
  EXPECT_EQ(guess->mapping.day_order, DayOrder::DayFirst);
  ASSERT_GE(guess->examples.size(), 2U);
  EXPECT_EQ(guess->examples[0][0], "art42-c7f3");
}

TEST(Mapping, AColumnWhoseValuesSpeakAgainstItIsNotGuessed) {
  const auto guess = guess_mapping("date,commission,earnings\n2026-03-02,yes,1.50\n");
  ASSERT_TRUE(guess);
  EXPECT_EQ(guess->mapping.columns.at(ColumnRole::Commission), "earnings");
}

TEST(Mapping, ReadsAFileWithItsTotals) {
  const auto file = read_mapped(kReport, acme(), {});
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_TRUE(file->errors.empty()) << file->errors[0].reason;
  ASSERT_EQ(file->rows.size(), 2U);
  EXPECT_EQ(sum_of(*file, &CommissionRow::commission_micro), 64'500'000);
  EXPECT_EQ(sum_of(*file, &CommissionRow::sale_micro), 1'290'000'000);
  EXPECT_EQ(file->network, "acme");
  EXPECT_EQ(file->certainty, LayoutCertainty::Inferred);
  EXPECT_EQ(file->identity, RowIdentity::ById);
  const CommissionRow& row = file->rows[0];
  EXPECT_EQ(row.identity, "A-1");
  EXPECT_EQ(row.sub_id, "art42-c7f3");
  EXPECT_EQ(row.status, CommissionStatus::Approved);
  EXPECT_EQ(row.currency.text(), "EUR");
  EXPECT_EQ(row.event_at_ms, kMarch2Ms + 9 * 3'600'000);                          // Berlin, UTC+1
  EXPECT_EQ(file->rows[1].event_at_ms, kMarch2Ms + (29 * 24 + 8) * 3'600'000LL);  // UTC+2
  EXPECT_EQ(file->rows[1].status, CommissionStatus::Pending);
}

TEST(Mapping, WithoutAnIdTheFileIsTheTruthOfItsDays) {
  Mapping mapping = acme();
  mapping.columns.erase(ColumnRole::Id);
  const auto file = read_mapped(kReport, mapping, {});
  ASSERT_TRUE(file);
  EXPECT_EQ(file->identity, RowIdentity::ByRange);
  EXPECT_THAT(file->rows.at(0).identity, testing::EndsWith("#1"));
}

TEST(Mapping, IsWrittenAndReadUnchanged) {
  Mapping mapping = acme();
  mapping.statuses["in review"] = CommissionStatus::Pending;
  const auto read = parse_mapping(to_toml(mapping));
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(*read, mapping);
  for (const char* text : {"", "name = 3", "[[[", "name='a'\nnetwork='a'\nzone='Moon/Base'"})
    EXPECT_FALSE(parse_mapping(text)) << text;
}

TEST(Mapping, ALaterFileWithTheSameColumnsReusesIt) {
  const std::vector<Mapping> mappings{acme()};
  EXPECT_FALSE(read_report(kReport, {}));
  const auto file = read_report_or_mapped(kReport, {}, mappings);
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->report, "acme");
  // A known layout is never taken for the owner's, and another network's name is heeded.
  EXPECT_EQ(
      read_report_or_mapped(load_fixture("amazon_fee_earnings_us.csv"), {}, mappings)->network,
      "amazon");
  EXPECT_FALSE(read_report_or_mapped(kReport, options_of("other", ""), mappings));
  EXPECT_THAT(read_report_or_mapped("a,b,c\n1,2,3\n", {}, mappings).error().message,
              HasSubstr("candor revenue map FILE"));
}

TEST(Mapping, BadRowsComeBackBesideGoodOnes) {
  std::string text(kReport);
  text += "x;A-3;31.03.2026;Lamps;1;2;Lost\nx;A-1;31.03.2026;Lamps;1;2;Open\n";
  const auto file = read_mapped(text, acme(), {});
  ASSERT_TRUE(file);
  EXPECT_EQ(file->rows.size(), 2U);
  ASSERT_EQ(file->errors.size(), 2U);
  EXPECT_EQ(file->errors[0].column, "Status");
  EXPECT_EQ(file->errors[0].row, 7);
  EXPECT_EQ(file->errors[1].column, "Transaction ID");
}

TEST(Mapping, FaultsAreSaid) {
  Mapping mapping = acme();
  mapping.columns.erase(ColumnRole::Commission);
  EXPECT_THAT(*fault_of(mapping), HasSubstr("commission"));
  mapping = acme();
  mapping.name = "Acme Inc";
  EXPECT_TRUE(fault_of(mapping));
  mapping = acme();
  mapping.columns[ColumnRole::Tag] = "nowhere";
  EXPECT_THAT(*fault_of(mapping), HasSubstr("nowhere"));
  mapping = acme();
  mapping.currency.reset();
  EXPECT_EQ(read_mapped(kReport, mapping, {}).error().kind, ReportError::Kind::CurrencyNeeded);
}

}  // namespace
}  // namespace candor::networks
