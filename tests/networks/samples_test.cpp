// Every sample report imports with the totals that were summed by hand. The samples outside of the
// tree (CANDOR_NETWORK_SAMPLES names their folder) have the project's own fixtures as twins.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "networks/report_fixture.h"

namespace candor::networks {
namespace {

constexpr std::int32_t kMarch1 = 20'513;  // 2026-03-01, days since 1970-01-01

struct Sample {
  std::string fixture;
  std::string outside;   ///< its name there; empty: the same
  std::string currency;  ///< what the owner says
  std::string network, report;
  std::size_t rows;
  std::int64_t commission_micro, sale_micro;
  std::string row_currency;
  LayoutCertainty certainty;
  RowIdentity identity;
};

constexpr auto kSeen = LayoutCertainty::Seen;
constexpr auto kDocumented = LayoutCertainty::Documented;
constexpr auto kInferred = LayoutCertainty::Inferred;
constexpr auto kById = RowIdentity::ById;
constexpr auto kByRange = RowIdentity::ByRange;

const std::vector<Sample>& samples() {
  static const std::vector<Sample> all{
      // 4.05 + 4.05 + 1.13 - 4.05 + 1.20; 89.99 + 89.99 + 25.00 - 89.99 + 40.00
      {"amazon_fee_earnings_us.csv", "", "", "amazon", "fee-earnings", 5, 6'380'000, 154'990'000,
       "USD", kSeen, kByRange},
      {"amazon_fee_earnings_uk.csv", "", "", "amazon", "fee-earnings", 2, 1'700'000, 40'000'000,
       "GBP", kSeen, kByRange},
      {"amazon_fee_earnings_in.tsv", "", "", "amazon", "fee-earnings", 1, 160'000'000,
       1'000'000'000, "INR", kSeen, kByRange},
      // 4.05 + 1.13 + 1.20; (179.98 - 89.99) + 25.00 + 40.00
      {"amazon_earnings_by_tracking_id_2026.csv", "", "", "amazon", "earnings-by-tracking-id", 3,
       6'380'000, 154'990'000, "USD", kSeen, kByRange},
      // 60.00 - 20.00
      {"amazon_linked_products_2026.csv", "", "USD", "amazon", "linked-products", 1, 1'200'000,
       40'000'000, "USD", kSeen, kByRange},
      {"amazon_fee_orders_us.csv", "", "", "amazon", "fee-orders", 0, 0, 0, "", kSeen, kByRange},
      {"amazon_fee_tracking_us.csv", "", "", "amazon", "fee-tracking", 0, 0, 0, "", kSeen,
       kByRange},
      {"amazon_fee_linktype_us.csv", "", "", "amazon", "fee-linktype", 0, 0, 0, "", kSeen,
       kByRange},
      // 62.50 + 2.00; 1,250.00 + 40.00
      {"awin_transactions.csv", "", "GBP", "awin", "transactions", 2, 64'500'000, 1'290'000'000,
       "GBP", kSeen, kById},
      {"awin_transactions.json", "", "", "awin", "transactions", 1, 62'500'000, 1'250'000'000,
       "GBP", kDocumented, kById},
      // 12.00 + 8.00 + 5.00; 120.00 + 80.00 + 50.00
      {"shareasale_activity.psv", "", "", "shareasale", "activity", 3, 25'000'000, 250'000'000,
       "USD", kDocumented, kById},
      // 18.404 - 18.404 + 5.00; 92.02 - 92.02 + 0
      {"cj_publisher_commissions.json", "", "", "cj", "commissions", 3, 5'000'000, 0, "USD",
       kDocumented, kById},
      {"cj_commissions.csv", "cj_commissions_UNVERIFIED_LAYOUT.csv", "", "cj", "commissions", 1,
       18'400'000, 92'020'000, "USD", kInferred, kById},
      {"impact_actions.json", "", "", "impact", "actions", 1, 7'500'000, 75'000'000, "USD",
       kDocumented, kById},
      {"impact_action_listing.csv", "impact_action_listing_COLUMN_ORDER_UNVERIFIED.csv", "USD",
       "impact", "actions", 1, 1'800'000, 45'100'000, "USD", kInferred, kById},
      // 2.999 - 2.999; 59.99 - 59.99
      {"rakuten_signature_orders.csv", "", "USD", "rakuten", "signature-orders", 2, 0, 0, "USD",
       kSeen, kByRange},
      // 6.00 - 6.00; 200.00 - 200.00
      {"ebay_tdr.json", "", "USD", "ebay", "transaction-detail", 2, 0, 0, "USD", kDocumented,
       kById},
      {"skimlinks_commission_report.json", "", "", "skimlinks", "commissions", 1, 3'750'000,
       100'000'000, "USD", kDocumented, kById},
      // 0.42 + 0.0
      {"sovrn_cuid_revenue.json", "sovrn_cuidRevenue_SHAPE_INFERRED.json", "", "sovrn",
       "cuid-revenue", 2, 420'000, 0, "USD", kInferred, kById},
      {"partnerize_conversions.json", "", "", "partnerize", "conversions", 1, 4'000'000, 80'000'000,
       "USD", kDocumented, kById},
      {"flexoffers_allsales.json", "", "", "flexoffers", "all-sales", 1, 1'500'000, 150'000'000,
       "USD", kDocumented, kById},
      {"clickbank_orders_1_3.xml", "", "", "clickbank", "orders", 1, 23'470'000, 0, "USD",
       kInferred, kById},
  };
  return all;
}

ReportOptions options_for(const Sample& sample) {
  ReportOptions options = options_of("", sample.currency);
  options.account = "mine";
  options.from_day = kMarch1;
  options.to_day = kMarch1 + 30;
  return options;
}

void expect_totals(const Sample& sample, std::string_view bytes) {
  const auto file = read_report(bytes, options_for(sample));
  ASSERT_TRUE(file) << sample.fixture << ": " << file.error().message;
  EXPECT_EQ(file->network, sample.network) << sample.fixture;
  EXPECT_EQ(file->report, sample.report) << sample.fixture;
  EXPECT_TRUE(file->errors.empty()) << sample.fixture << ": " << file->errors[0].reason;
  EXPECT_EQ(file->rows.size(), sample.rows) << sample.fixture;
  EXPECT_EQ(sum_of(*file, &CommissionRow::commission_micro), sample.commission_micro)
      << sample.fixture;
  EXPECT_EQ(sum_of(*file, &CommissionRow::sale_micro), sample.sale_micro) << sample.fixture;
  EXPECT_EQ(file->certainty, sample.certainty) << sample.fixture;
  EXPECT_EQ(file->identity, sample.identity) << sample.fixture;
  EXPECT_TRUE(file->from_day && file->to_day) << sample.fixture;
  for (const CommissionRow& row : file->rows) {
    EXPECT_EQ(row.currency.text(), sample.row_currency) << sample.fixture;
    EXPECT_EQ(row.account, "mine") << sample.fixture;
  }
}

std::filesystem::path samples_folder() {
  const char* named = std::getenv("CANDOR_NETWORK_SAMPLES");
  return named != nullptr ? named : CANDOR_SOURCE_DIR "/../shared/networks/samples";
}

TEST(Samples, EachFixtureImportsWithItsTotals) {
  for (const Sample& sample : samples()) expect_totals(sample, load_fixture(sample.fixture));
}

TEST(Samples, EachSampleOutsideImportsWithItsTotals) {
  const std::filesystem::path folder = samples_folder();
  if (!std::filesystem::is_directory(folder)) {
    std::cout << "[ NO DATA  ] " << folder << " is missing; the project's own fixtures run alone\n";
    return;
  }
  std::size_t found = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    if (name == "README.md") continue;
    ++found;
    const auto sample = std::ranges::find_if(samples(), [&](const Sample& each) {
      return name == (each.outside.empty() ? each.fixture : each.outside);
    });
    ASSERT_NE(sample, samples().end()) << name;
    std::ifstream in(entry.path(), std::ios::binary);
    expect_totals(*sample, std::string(std::istreambuf_iterator<char>(in), {}));
  }
  EXPECT_EQ(found, samples().size());
}

TEST(Samples, AnotherEncodingOrLineEndGivesEqualRows) {
  for (const Sample& sample : samples()) {
    std::string text = load_fixture(sample.fixture);
    const auto options = options_for(sample);
    const auto rows = read_report(text, options)->rows;
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    std::erase(text, '\r');
    EXPECT_EQ(read_report(text, options)->rows, rows) << sample.fixture;
    EXPECT_EQ(read_report(to_utf16(text), options)->rows, rows) << sample.fixture;
    EXPECT_EQ(read_report(with_crlf(text), options)->rows, rows) << sample.fixture;
  }
}

TEST(Samples, AnotherNetworksFileIsRefusedByName) {
  for (const Sample& sample : samples()) {
    ReportOptions options = options_for(sample);
    options.network = sample.network == "awin" ? "amazon" : "awin";
    const auto refused = read_report(load_fixture(sample.fixture), options);
    ASSERT_FALSE(refused) << sample.fixture;
    EXPECT_EQ(refused.error().kind, ReportError::Kind::WrongNetwork) << sample.fixture;
    EXPECT_NE(refused.error().message.find(sample.network), std::string::npos);
  }
}

}  // namespace
}  // namespace candor::networks
