// What each network's rows say beside their sums: times, statuses, what ties a reversal to its
// sale.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "networks/report_fixture.h"

namespace candor::networks {
namespace {

using ::testing::HasSubstr;

// 2026-03-02 00:00:00 UTC, and hours from there.
constexpr std::int64_t kMarch2Ms = 1'772'409'600'000;
constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;
constexpr std::int64_t kDayMs = 24 * kHourMs;

ReportFile read(const std::string& name, std::string_view currency = "") {
  auto file = read_report(load_fixture(name), options_of("", currency));
  if (!file) throw std::runtime_error(file.error().message);
  return std::move(*file);
}

ReportFile read_text(const std::string& text, std::string_view currency = "") {
  auto file = read_report(text, options_of("", currency));
  if (!file) throw std::runtime_error(file.error().message);
  return std::move(*file);
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("not in the fixture: " + std::string(from));
  return text.replace(at, from.size(), to);
}

TEST(ShareASale, ReadsStatusesOnTheClocksOfChicago) {
  const ReportFile file = read("shareasale_activity.psv");
  ASSERT_EQ(file.rows.size(), 3U);
  const CommissionRow& pending = file.rows[0];
  EXPECT_EQ(pending.identity, "900000001");
  EXPECT_EQ(pending.status, CommissionStatus::Pending);
  // Winter time, UTC-6.
  EXPECT_EQ(pending.event_at_ms, kMarch2Ms + 2 * kDayMs + 16 * kHourMs + 15 * kMinuteMs);
  EXPECT_EQ(pending.click_at_ms, kMarch2Ms + 2 * kDayMs + 5 * kHourMs + 2 * kMinuteMs + 10'000);
  EXPECT_EQ(pending.sub_id, "art42-c7f3");
  EXPECT_EQ(pending.referring_url, "https://example.test/best-lamps");
  EXPECT_EQ(pending.product, "LAMP-1");
  EXPECT_EQ(pending.merchant, "Example Lamps LLC");
  EXPECT_EQ(file.rows[1].status, CommissionStatus::Reversed);
  // The 15th is behind the 8th, when clocks went forward: UTC-5.
  EXPECT_EQ(file.rows[1].posted_at_ms, kMarch2Ms + 13 * kDayMs);
  EXPECT_EQ(file.rows[2].status, CommissionStatus::Paid);
}

TEST(ShareASale, ADisplayedHeaderIsKnownToo) {
  const std::string text =
      replaced(replaced(load_fixture("shareasale_activity.psv"), "transid", "Trans ID"),
               "transdate", "Trans Date");
  EXPECT_EQ(read_text(text).rows.size(), 3U);
}

TEST(Cj, ACorrectionSharesTheActionOfItsSale) {
  const ReportFile file = read("cj_publisher_commissions.json");
  ASSERT_EQ(file.rows.size(), 3U);
  EXPECT_EQ(file.rows[0].identity, "3000000001");
  EXPECT_EQ(file.rows[1].identity, "3000000002");
  EXPECT_EQ(file.rows[0].parent, "7000001");
  EXPECT_EQ(file.rows[1].parent, "7000001");
  EXPECT_EQ(file.rows[1].commission_micro, -18'404'000);
  EXPECT_EQ(file.rows[1].quantity, -1);
  EXPECT_EQ(file.rows[0].order_id, "O-1");
  EXPECT_EQ(file.rows[0].product, "SKU1");
  EXPECT_EQ(file.rows[0].sub_id, "art42-c7f3");
  EXPECT_EQ(file.rows[0].status, CommissionStatus::Pending);
  EXPECT_EQ(file.rows[0].click_at_ms, kMarch2Ms - kDayMs + 14 * kHourMs + 3 * kMinuteMs);
  EXPECT_EQ(file.rows[0].posted_at_ms, kMarch2Ms + 5 * kHourMs);
  // "0" is no sub-id.
  EXPECT_EQ(file.rows[2].sub_id, "");
  EXPECT_EQ(file.rows[2].status, CommissionStatus::Approved);
}

TEST(Cj, TheAccountsOwnCurrencyIsReadWhenItIsSaid) {
  const std::string text = replaced(load_fixture("cj_publisher_commissions.json"),
                                    "\"pubCommissionAmountPubCurrency\": \"18.404\"",
                                    "\"pubCommissionAmountPubCurrency\": \"16.10\"");
  EXPECT_EQ(read_text(text).rows[0].commission_micro, 18'404'000);
  const ReportFile euro = read_text(text, "EUR");
  EXPECT_EQ(euro.rows[0].commission_micro, 16'100'000);
  EXPECT_EQ(euro.rows[0].currency.text(), "EUR");
}

TEST(Impact, ReadsTheApisActions) {
  const ReportFile file = read("impact_actions.json");
  ASSERT_EQ(file.rows.size(), 1U);
  const CommissionRow& row = file.rows[0];
  EXPECT_EQ(row.identity, "1000.2000.300001");
  EXPECT_EQ(row.order_id, "A-1");
  EXPECT_EQ(row.sub_id, "art42-c7f3");
  EXPECT_EQ(row.merchant, "Example Brand");
  EXPECT_EQ(row.event_at_ms, kMarch2Ms + 19 * kHourMs + 52 * kMinuteMs + 7'000);
  EXPECT_EQ(row.status, CommissionStatus::Pending);
}

TEST(Impact, AReversedActionShowsWhatItTookBack) {
  std::string text = replaced(load_fixture("impact_actions.json"), "PENDING", "REVERSED");
  text = replaced(text, "\"Payout\": \"7.5000\"", "\"Payout\": \"0\"");
  const ReportFile file = read_text(text);
  EXPECT_EQ(file.rows.at(0).status, CommissionStatus::Reversed);
  EXPECT_EQ(file.rows.at(0).commission_micro, 7'500'000);
}

TEST(Impact, DecimalCommasAreSeen) {
  std::string text = replaced(load_fixture("impact_actions.json"), "\"Payout\": \"7.5000\"",
                              "\"Payout\": \"32252,1922\"");
  text = replaced(text, "\"Amount\": \"75.00\"", "\"Amount\": \"75,00\"");
  EXPECT_EQ(read_text(text).rows.at(0).commission_micro, 32'252'192'200);
}

TEST(Impact, TheListingAsksForItsCurrencyAndKnowsDaysOnly) {
  const auto asked = read_report(load_fixture("impact_action_listing.csv"), {});
  ASSERT_FALSE(asked);
  EXPECT_EQ(asked.error().kind, ReportError::Kind::CurrencyNeeded);
  const CommissionRow row = read("impact_action_listing.csv", "USD").rows.at(0);
  EXPECT_EQ(row.precision, TimePrecision::Day);
  EXPECT_EQ(row.event_at_ms, kMarch2Ms);
  EXPECT_EQ(row.merchant, "Walmart Affiliate Program");
}

TEST(Rakuten, AReversalIsANegativeLineOfTheSameOrderAndProduct) {
  const ReportFile file = read("rakuten_signature_orders.csv", "USD");
  ASSERT_EQ(file.rows.size(), 2U);
  EXPECT_EQ(file.rows[0].commission_micro, 2'999'000);
  EXPECT_EQ(file.rows[1].commission_micro, -2'999'000);
  EXPECT_EQ(file.rows[1].quantity, -1);
  EXPECT_EQ(file.rows[0].parent, "3184/100200300/SKU-9");
  EXPECT_EQ(file.rows[1].parent, file.rows[0].parent);
  EXPECT_NE(file.rows[1].identity, file.rows[0].identity);
  EXPECT_EQ(file.rows[0].event_at_ms, kMarch2Ms + 14 * kHourMs + 5 * kMinuteMs + 9'000);
  EXPECT_EQ(file.rows[1].posted_at_ms, kMarch2Ms + 16 * kDayMs + 2 * kHourMs);
  EXPECT_EQ(file.rows[0].sub_id, "art42c7f3");
}

TEST(Rakuten, BackslashesBeforeQuotesDoNotBreakARow) {
  const std::string text = replaced(load_fixture("rakuten_signature_orders.csv"),
                                    "\"Example Store\"", "\"27\\\", wide\"");
  const ReportFile file = read_text(text, "USD");
  EXPECT_TRUE(file.errors.empty());
  EXPECT_EQ(file.rows.at(0).merchant, "27\", wide");
}

TEST(Ebay, UpdatesOfATransactionAreItsDeltas) {
  const ReportFile file = read("ebay_tdr.json", "USD");
  ASSERT_EQ(file.rows.size(), 2U);
  EXPECT_EQ(file.rows[0].parent, "8000000001");
  EXPECT_EQ(file.rows[1].parent, "8000000001");
  EXPECT_NE(file.rows[0].identity, file.rows[1].identity);
  EXPECT_EQ(file.rows[1].commission_micro, -6'000'000);
  // What is taken back is taken from where it was.
  EXPECT_EQ(file.rows[0].status, CommissionStatus::Pending);
  EXPECT_EQ(file.rows[1].status, CommissionStatus::Pending);
  EXPECT_EQ(file.rows[0].event_at_ms, kMarch2Ms + 7 * kHourMs);
  EXPECT_EQ(file.rows[0].sub_id, "art42-c7f3");
}

TEST(Ebay, AnApprovalSettlesTheUpdatesBeforeIt) {
  const std::string text = replaced(load_fixture("ebay_tdr.json"), "Reversed", "Approved");
  for (const CommissionRow& row : read_text(text, "USD").rows)
    EXPECT_EQ(row.status, CommissionStatus::Approved);
}

TEST(Ebay, TimesWithoutAnOffsetAreOnTheClocksOfDenver) {
  std::string text = load_fixture("ebay_tdr.json");
  for (std::size_t at; (at = text.find("-0700")) != std::string::npos;) text.erase(at, 5);
  // 7 hours in winter, 6 behind 8 March.
  EXPECT_EQ(read_text(text, "USD").rows.at(0).event_at_ms, kMarch2Ms + 7 * kHourMs);
  EXPECT_EQ(read_text(text, "USD").rows.at(1).posted_at_ms, kMarch2Ms + 18 * kDayMs + 6 * kHourMs);
}

TEST(Ebay, ATableOfTheSameNamesIsRead) {
  const ReportFile file = read_text(
      "UpdateDate,EventDate,EpnTransactionId,Status,CustomId,DeltaQuantity,DeltaSales,"
      "DeltaEarnings\n"
      "2026-03-04T00:00:00-0700,2026-03-02T00:00:00-0700,8000000001,Pending,art42-c7f3,1,200.00,"
      "6.00\n",
      "USD");
  EXPECT_EQ(file.rows.at(0).identity, read("ebay_tdr.json", "USD").rows.at(0).identity);
}

TEST(Skimlinks, StatusAndPaymentBecomeOneStatus) {
  const CommissionRow row = read("skimlinks_commission_report.json").rows.at(0);
  EXPECT_EQ(row.identity, "123456789");
  EXPECT_EQ(row.status, CommissionStatus::Pending);
  EXPECT_EQ(row.merchant, "Example Shop");
  EXPECT_EQ(row.click_at_ms, kMarch2Ms - 15 * kHourMs);
  EXPECT_EQ(row.posted_at_ms, kMarch2Ms + kDayMs);
  const std::string text = load_fixture("skimlinks_commission_report.json");
  EXPECT_EQ(read_text(replaced(text, "\"unpaid\"", "\"paid\"")).rows.at(0).status,
            CommissionStatus::Paid);
  EXPECT_EQ(read_text(replaced(text, "\"active\"", "\"cancelled\"")).rows.at(0).status,
            CommissionStatus::Reversed);
}

TEST(Sovrn, ADayAndCustomIdAreOneRow) {
  const ReportFile file = read("sovrn_cuid_revenue.json");
  ASSERT_EQ(file.rows.size(), 2U);
  EXPECT_EQ(file.rows[0].identity, "2026/03/02 art42c7f3");
  EXPECT_EQ(file.rows[0].commission_micro, 420'000);
  EXPECT_EQ(file.rows[0].precision, TimePrecision::Day);
  EXPECT_EQ(file.rows[0].event_at_ms, kMarch2Ms);
  EXPECT_EQ(file.rows[1].sub_id, "art43c900");
  EXPECT_EQ(file.rows[1].commission_micro, 0);
}

TEST(FlexOffers, TimesAreFiveHoursBehind) {
  const CommissionRow row = read("flexoffers_allsales.json").rows.at(0);
  EXPECT_EQ(row.identity, "F-100001");
  EXPECT_EQ(row.event_at_ms, kMarch2Ms + 15 * kHourMs);
  EXPECT_EQ(row.sub_id, "art42-c7f3");
  const std::string text = load_fixture("flexoffers_allsales.json");
  EXPECT_EQ(read_text(replaced(text, "Pending", "Non-Commissionable")).rows.at(0).status,
            CommissionStatus::Reversed);
  const ReportFile lost = read_text(replaced(text, "Pending", "Lost"));
  EXPECT_EQ(lost.errors.at(0).column, "orderStatus");
}

TEST(Partnerize, ReadsConversions) {
  const CommissionRow row = read("partnerize_conversions.json").rows.at(0);
  EXPECT_EQ(row.identity, "111111111111111");
  EXPECT_EQ(row.event_at_ms, kMarch2Ms + 10 * kHourMs);
  EXPECT_EQ(row.sub_id, "art42-c7f3");
  EXPECT_EQ(row.merchant, "1100l1");
}

TEST(ClickBank, ARefundIsANegativeRecordOfItsReceipt) {
  const std::string sale = load_fixture("clickbank_orders_1_3.xml");
  const std::string text = replaced(
      sale, "</orderList>",
      "<orderData><date>2026-03-09T10:00:00-07:00</date><receipt>SYNTH001</receipt>"
      "<affi>candor</affi><amount>23.47</amount><txnType>RFND</txnType></orderData>"
      "<orderData><date>2026-03-09T10:00:00</date><receipt>SYNTH002</receipt>"
      "<affi>candor</affi><amount>9</amount><txnType>TEST</txnType></orderData></orderList>");
  const ReportFile file = read_text(text);
  ASSERT_EQ(file.rows.size(), 2U);
  EXPECT_EQ(sum_of(file, &CommissionRow::commission_micro), 0);
  EXPECT_EQ(file.rows[0].identity, "SYNTH001/SALE");
  EXPECT_EQ(file.rows[1].identity, "SYNTH001/RFND");
  EXPECT_EQ(file.rows[1].parent, file.rows[0].parent);
  EXPECT_EQ(file.rows[0].event_at_ms, kMarch2Ms + 18 * kHourMs);
}

TEST(ClickBank, OtherXmlIsRefused) {
  const auto other = read_report("<a><b><c>1</c></b></a>", {});
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().kind, ReportError::Kind::UnknownLayout);
  EXPECT_FALSE(read_report("<orderList><orderData>", {}));
}

TEST(AmazonSummaries, OrdersCountWithoutMoney) {
  const ReportFile file = read("amazon_fee_orders_us.csv");
  ASSERT_EQ(file.totals.size(), 2U);
  EXPECT_EQ(file.totals[0].tag, "candor-blend-20");
  EXPECT_EQ(file.totals[0].product, "B0SYNTH001");
  EXPECT_EQ(file.totals[0].day, 20'513);
  EXPECT_EQ(file.totals[0].ordered, 1);
  EXPECT_EQ(file.totals[0].sale_micro, 89'990'000);
  EXPECT_EQ(file.totals[1].sale_micro, 40'000'000);
  EXPECT_EQ(file.totals[1].currency.text(), "USD");
  EXPECT_EQ(file.aggregate_of, "");
}

TEST(AmazonSummaries, TrackingCountsPerTag) {
  const ReportFile file = read("amazon_fee_tracking_us.csv");
  ASSERT_EQ(file.totals.size(), 3U);
  std::int64_t clicks = 0, ordered = 0, shipped = 0, sale = 0, fees = 0;
  for (const ReportTotal& total : file.totals) {
    clicks += total.clicks;
    ordered += total.ordered;
    shipped += total.shipped;
    sale += total.sale_micro;
    fees += total.ad_fees_micro;
  }
  EXPECT_EQ(clicks, 163);        // 120 + 33 + 10
  EXPECT_EQ(ordered, 6);         // 3 + 2 + 1
  EXPECT_EQ(shipped, 5);         // 2 + 2 + 1
  EXPECT_EQ(sale, 154'990'000);  // 89.99 + 25.00 + 40.00
  EXPECT_EQ(fees, 6'380'000);    // 4.05 + 1.13 + 1.20
  EXPECT_EQ(file.from_day, 20'513);
  EXPECT_EQ(file.to_day, 20'543);
}

TEST(AmazonSummaries, LinkTypesAreNotMistakenForOrders) {
  const ReportFile file = read("amazon_fee_linktype_us.csv");
  ASSERT_EQ(file.totals.size(), 1U);
  EXPECT_EQ(file.totals[0].kind, "Text Only");
  EXPECT_EQ(file.totals[0].clicks, 163);
  EXPECT_EQ(file.totals[0].sale_micro, 154'990'000);
  EXPECT_EQ(file.totals[0].ad_fees_micro, 6'380'000);
}

TEST(AmazonSummaries, EarningsByTagNeedTheirDaysAndSumUpTheDetailedReport) {
  const std::string text = load_fixture("amazon_earnings_by_tracking_id_2026.csv");
  const auto asked = read_report(text, {});
  ASSERT_FALSE(asked);
  EXPECT_EQ(asked.error().kind, ReportError::Kind::RangeNeeded);
  ReportOptions options;
  options.from_day = 20'513;
  options.to_day = 20'543;
  const auto file = read_report(text, options);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->aggregate_of, "fee-earnings");
  ASSERT_EQ(file->rows.size(), 3U);
  EXPECT_EQ(file->rows[0].event_at_ms, 20'543 * kDayMs);
  EXPECT_EQ(file->rows[0].quantity, 1);
  // The catch-all row names no tag of ours, and "-" is nothing.
  EXPECT_EQ(file->rows[2].tag, "");
  EXPECT_EQ(file->totals[1].sale_micro, 0);
  EXPECT_EQ(file->totals[1].clicks, 33);
}

TEST(AmazonSummaries, LinkedProductsHaveNoTag) {
  const ReportFile file = read("amazon_linked_products_2026.csv", "USD");
  EXPECT_EQ(file.aggregate_of, "fee-earnings");
  EXPECT_EQ(file.rows.at(0).product, "B0SYNTH031");
  EXPECT_EQ(file.rows.at(0).tag, "");
  EXPECT_EQ(file.totals.at(0).clicks, 25);
  EXPECT_EQ(file.totals.at(0).ordered, 3);
  EXPECT_EQ(read_report(load_fixture("amazon_linked_products_2026.csv"), {}).error().kind,
            ReportError::Kind::CurrencyNeeded);
}

TEST(TotalsRow, ASumIsNoRow) {
  const std::string text =
      load_fixture("amazon_fee_earnings_us.csv") + "Total,,,,,,,4,1,154.99,6.38,\nTotal,154.99\n";
  const auto file = read_report(text, {});
  ASSERT_TRUE(file);
  EXPECT_EQ(file->rows.size(), 5U);
  EXPECT_TRUE(file->errors.empty());
  // A product of that name is one.
  const auto named =
      read_report(load_fixture("amazon_fee_earnings_us.csv") +
                      "Total,Total,B0X,Amazon,candor-20,2026-03-01,9,1,0,9,0.10,PC\n",
                  {});
  EXPECT_EQ(named->rows.size(), 6U);
}

}  // namespace
}  // namespace candor::networks
