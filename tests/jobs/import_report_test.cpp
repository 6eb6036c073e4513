#include "jobs/import_report.h"

#include <gmock/gmock.h>

#include "store/errors.h"
#include "support/awin_report.h"
#include "support/site_house.h"

namespace candor::jobs {
namespace {

using testing::HasSubstr;

class ImportReportTest : public testing::Test {
 protected:
  auto import(std::string_view bytes, const networks::ReportOptions& options = {},
              const std::map<std::string, Currency>& currency = {}) {
    return import_report(*house_.store, house_.clock, bytes, "file.csv", options, currency,
                         house_.nightly.zone);
  }
  static Currency gbp() { return find_currency("GBP").value(); }

  SiteHouse house_;
  const std::string report_ = awin_report({{"1", "pending", "3.14", ""}});
};

TEST_F(ImportReportTest, SameFileTwiceChangesNothing) {
  const auto first = import(report_, {.network = {}, .currency = gbp(), .account = {}});
  ASSERT_TRUE(first.has_value());
  EXPECT_FALSE(first->repeated);
  EXPECT_EQ(first->import.new_count, 1);
  EXPECT_EQ(first->import.imported_at_ms, FakeClock::kStartMs);
  const auto second = import(report_);
  ASSERT_TRUE(second.has_value());
  EXPECT_TRUE(second->repeated);
  EXPECT_EQ(second->import.id, first->import.id);
  EXPECT_EQ(house_.store->list_imports(10).size(), 1u);
  EXPECT_EQ(house_.store->list_unbooked(10).size(), 1u);
}

TEST_F(ImportReportTest, StopRollsTheWholeFileBackAndClicksAreStillAbsorbed) {
  const LinkId link = house_.add_link("kettle").id;
  house_.store->stop_jobs();
  const networks::ReportOptions options{.network = {}, .currency = gbp(), .account = {}};
  EXPECT_THROW(import(report_, options), store::Stopped);
  EXPECT_TRUE(house_.store->list_imports(10).empty());
  EXPECT_TRUE(house_.store->list_commissions(10).empty());
  EXPECT_THROW(house_.store->load_articles_report(house_.zone, 0, 1), store::Stopped);
  const Click click = house_.add_click(link, {});
  EXPECT_TRUE(house_.store->find_click(click.id));
}

TEST_F(ImportReportTest, CurrencyComesFromTheOptionsElseFromTheConfigurationElseItIsAskedFor) {
  const auto asked = import(report_);
  ASSERT_FALSE(asked.has_value());
  EXPECT_EQ(asked.error().kind, networks::ReportError::Kind::CurrencyNeeded);
  EXPECT_TRUE(house_.store->list_imports(10).empty());

  // A configured currency of another network, known or not, stands in nobody's way.
  const Currency eur = find_currency("EUR").value();
  const auto configured = import(report_, {}, {{"amazon", eur}, {"a-shop", eur}, {"awin", gbp()}});
  ASSERT_TRUE(configured.has_value()) << configured.error().message;
  EXPECT_EQ(house_.store->list_commissions(1).at(0).row.currency, gbp());
}

TEST_F(ImportReportTest, ARowThatKnowsOnlyItsDayStaysOnThatDayInTheSitesZone) {
  const auto zone = rollup::SiteZone::find("America/New_York").value();
  constexpr std::string_view kReport =
      "Fee-Earnings reports from 03-01-2026 to 03-31-2026\n"
      "Category,Name,ASIN,Seller,Tracking ID,Date Shipped,Price($),Items "
      "Shipped,Returns,Revenue($),"
      "Ad Fees($),Device Type Group\n"
      "Kitchen,Kettle,B000000001,Amazon,site-20,2026-03-01 00:00:00,10.00,1,0,10.00,0.50,PHONE\n";
  const auto result =
      import_report(*house_.store, house_.clock, kReport, "earnings.csv", {}, {}, zone);
  ASSERT_TRUE(result.has_value()) << result.error().message;
  const auto march = rollup::parse_day("2026-03-01").value();
  const auto report = house_.store->load_articles_report(zone, march, march);
  ASSERT_EQ(report.imported.size(), 1u);
  EXPECT_EQ(report.imported[0].micro_by_status[1], 500'000);
}

TEST_F(ImportReportTest, BadRowsAreKeptBesideTheGoodOnes) {
  const auto result =
      import(awin_report({{"1", "pending", "3.14", ""}, {"2", "pending", "three", ""}}), {},
             {{"awin", gbp()}});
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->import.new_count, 1);
  EXPECT_EQ(result->import.bad_count, 1);
  ASSERT_EQ(result->errors.size(), 1u);
  EXPECT_EQ(result->errors[0].row, 3);
  EXPECT_EQ(house_.store->list_import_errors(result->import.id), result->errors);
}

TEST_F(ImportReportTest, FileNobodyKnowsIsRefused) {
  EXPECT_FALSE(import("a,b\n1,2\n").has_value());
  EXPECT_TRUE(house_.store->list_imports(10).empty());
}

}  // namespace
}  // namespace candor::jobs
