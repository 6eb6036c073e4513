// Reports by any dimension: every way to cut the same money and clicks has the same totals.
#include "api/api_house.h"
#include "base/rfc3339.h"
#include "link/url.h"
#include "support/awin_report.h"

namespace candor::api {
namespace {

class DimensionRoutesTest : public ApiTest {
 protected:
  DimensionRoutesTest() {
    // The clock shows 2026-11-18; clicks are one and two days old, and eight.
    german_ = add("kettle", "DE", Device::Mobile, 60 * 24, 1);
    add("kettle", "DE", Device::Mobile, 60 * 25, 2);
    austrian_ = add("teapot", "AT", Device::Desktop, 60 * 48, 3);
    add("teapot", "", Device::Unknown, 60 * 24 * 8, 0);
    owner("POST", "/api/v1/revenue/imports?currency=GBP&file_name=awin.csv",
          awin_report({{"1", "approved", "3.14", house_.token(german_)},
                       {"2", "pending", "1.00", house_.token(austrian_)},
                       {"3", "declined", "5.00", house_.token(austrian_)},
                       {"4", "approved", "0.25", "lost"}}));
    owner("POST", "/api/v1/revenue/imports?currency=GBP&file_name=old.csv",
          awin_report({{"9", "approved", "2.00", house_.token(german_)}}, "2026-11-10 10:00:00"));
  }

  Click add(const std::string& slug, std::string_view country, Device device, int minutes_ago,
            std::uint16_t placement) {
    const auto found = house_.store->find_link(slug);
    const Link link = found ? *found : house_.add_link(slug);
    Click click =
        contract::make_click(to_ms(house_.clock.now()) - minutes_ago * 60'000LL, link.id,
                             house_.add_article("/" + slug + "s/"), Verdict::Human, ++clicks_);
    click.country = country.empty() ? Country{} : Country::parse(country).value();
    click.device = device;
    click.placement = placement;
    click.visitor = static_cast<std::uint64_t>(clicks_);
    house_.store->absorb({click}, house_.zone, {1, static_cast<std::uint64_t>(clicks_)});
    return click;
  }

  json report(const std::string& query) {
    const Asked asked = get("/api/v1/reports?from=2026-11-12&to=2026-11-18&" + query);
    EXPECT_EQ(asked.status, 200) << asked.response.body;
    return asked.body;
  }
  static json row(const json& report, std::string_view key) {
    for (const json& each : report.at("data"))
      if (each.at("key") == key) return each;
    return nullptr;
  }
  static std::int64_t earned(const json& row) {
    return row.at("money").empty() ? 0
                                   : row.at("money").at(0).at("earned_micro").get<std::int64_t>();
  }

  Click german_;
  Click austrian_;
  std::int64_t clicks_ = 0;
};

TEST_F(DimensionRoutesTest, EveryDimensionHasTheSameTotals) {
  for (const char* by : {"article", "link", "merchant", "network", "programme", "placement",
                         "country", "device", "day", "week", "month"}) {
    const json all = report(std::string("compare=previous&by=") + by);
    EXPECT_EQ(all.at("by"), by);
    EXPECT_EQ(all.at("balanced"), true) << by;
    const json& total = all.at("total");
    EXPECT_EQ(total.at("clicks"), 3) << by;
    EXPECT_EQ(total.at("visitor_days"), 3) << by;
    EXPECT_EQ(total.at("orders"), 3) << by;
    EXPECT_EQ(earned(total), 4'390'000) << by;
    EXPECT_EQ(total.at("money").at(0).at("reversed_micro"), 5'000'000) << by;
    EXPECT_EQ(total.at("before").at("clicks"), 1) << by;
    EXPECT_EQ(earned(total.at("before")), 2'000'000) << by;
    EXPECT_EQ(all.at("balance").at(0).at("unattributed_micro"), 250'000) << by;
    std::int64_t rows = all.at("unattributed_has_row") ? earned(all.at("unattributed")) : 0;
    std::int64_t clicks = 0;
    for (const json& each : all.at("data")) {
      rows += earned(each);
      clicks += each.at("clicks").get<std::int64_t>();
    }
    EXPECT_EQ(rows, 4'390'000) << by;
    EXPECT_EQ(clicks, 3) << by;
  }
}

TEST_F(DimensionRoutesTest, MoneyFollowsItsClick) {
  const json countries = report("by=country");
  EXPECT_EQ(earned(row(countries, "DE")), 3'140'000);
  EXPECT_EQ(row(countries, "DE").at("clicks"), 2);
  EXPECT_EQ(earned(row(countries, "AT")), 1'000'000);
  const json devices = report("by=device");
  EXPECT_EQ(earned(row(devices, "mobile")), 3'140'000);
  const json placements = report("by=placement");
  EXPECT_EQ(earned(row(placements, "1")), 3'140'000);
  EXPECT_EQ(row(placements, "2").at("money"), json::array());
  const json links = report("by=link");
  EXPECT_EQ(earned(row(links, "kettle")), 3'140'000);
  EXPECT_EQ(earned(row(report("by=article"), "/teapots/")), 1'000'000);
  const json network = row(report("by=network"), "awin");
  EXPECT_EQ(earned(network), 4'390'000);
  EXPECT_EQ(network.at("money").at(0).at("tiers").at("unattributed").at("earned_micro"), 250'000);
  EXPECT_EQ(network.at("money").at(0).at("epc_micro"), 1'463'333);
}

TEST_F(DimensionRoutesTest, DaysStandBesideTheSameWeekday) {
  const json days = report("by=day&compare=previous");
  ASSERT_EQ(days.at("data").size(), 7u);
  EXPECT_EQ(days.at("before_from"), "2026-11-05");
  const json day = row(days, "2026-11-17");
  EXPECT_EQ(earned(day), 4'390'000);
  EXPECT_EQ(earned(day.at("before")), 2'000'000) << "of the 10th, a Tuesday too";
  EXPECT_EQ(day.at("change").at("earned").at(0).at("change_ppm"), 1'195'000);
  EXPECT_EQ(row(report("by=month&compare=year"), "2026-11").at("before").at("clicks"), 0);
  EXPECT_EQ(report("by=month&compare=year").at("before_from"), "2025-11-13");
  EXPECT_EQ(report("by=week").at("data").at(0).at("key"), "2026-11-09");
}

TEST_F(DimensionRoutesTest, ViewsAreNotKnownBeforeTheyAreCounted) {
  EXPECT_EQ(report("by=day").at("total").at("views"), nullptr);
  rollup::ViewDayDeltas deltas;
  deltas.views[{contract::day("2026-11-17"), german_.article, Verdict::Human}] = 40;
  house_.store->add_views(deltas);
  const json days = report("by=day");
  EXPECT_EQ(days.at("views_since"), "2026-11-17");
  EXPECT_EQ(row(days, "2026-11-16").at("views"), nullptr);
  EXPECT_EQ(row(days, "2026-11-17").at("views"), 40);
  EXPECT_EQ(row(days, "2026-11-18").at("views"), 0) << "counted, and none";
  EXPECT_EQ(row(days, "2026-11-17").at("ctr_ppm"), 50'000);
  EXPECT_EQ(days.at("total").at("views"), 40);
  EXPECT_EQ(days.at("total").at("ctr_ppm"), 50'000) << "clicks of the same days only";
  EXPECT_EQ(days.at("total").at("money").at(0).at("rpm_micro"), 109'750'000);
  const json countries = report("by=country");
  EXPECT_EQ(row(countries, "DE").at("views"), nullptr);
  EXPECT_EQ(countries.at("total").at("views"), 40);
  EXPECT_EQ(row(report("by=article"), "/kettles/").at("views"), 40);
}

TEST_F(DimensionRoutesTest, FiltersNarrowClicksAndMoneyAndSayWhatTheyLeaveOut) {
  for (const char* by : {"article", "link", "merchant", "network", "country", "placement", "day"}) {
    const json kettles = report(std::string("link=kettle&compare=previous&by=") + by);
    EXPECT_EQ(kettles.at("total").at("clicks"), 2) << by;
    EXPECT_EQ(kettles.at("total").at("visitor_days"), 2) << by;
    EXPECT_EQ(earned(kettles.at("total")), 3'140'000) << by;
    EXPECT_EQ(earned(kettles.at("total").at("before")), 0) << by << ": older than its click";
    EXPECT_EQ(kettles.at("balanced"), true) << by;
    EXPECT_EQ(kettles.at("balance").at(0).at("left_out_micro"), 6'250'000) << by;
    EXPECT_EQ(kettles.at("unattributed").at("money"), json::array()) << by;
    EXPECT_EQ(kettles.at("filters").at(0).at("values"), json({"kettle"}));
  }
  EXPECT_EQ(report("by=link&article=%2Fteapots%2F").at("data").size(), 1u);
  EXPECT_EQ(earned(report("by=link&article=%2Fteapots%2F").at("total")), 1'000'000);
  EXPECT_EQ(report("link=kettle%7Cteapot").at("total").at("clicks"), 3);
  EXPECT_EQ(report("link=kettle&article=%2Fteapots%2F").at("total").at("clicks"), 0);
  EXPECT_EQ(report("link=no-such").at("total").at("clicks"), 0);
  EXPECT_EQ(report("network=cj").at("total").at("money"), json::array());
  EXPECT_EQ(earned(report("network=awin").at("total")), 4'390'000);
  EXPECT_EQ(earned(report("network=awin").at("unattributed")), 250'000);
  const json programmes = report("by=programme");
  const std::string first = programmes.at("data").at(0).at("key");
  const json one = report("by=article&programme=" + percent_encode(first));
  EXPECT_EQ(earned(one.at("total")), earned(programmes.at("data").at(0))) << first;
  EXPECT_EQ(one.at("total").at("clicks"), programmes.at("data").at(0).at("clicks")) << first;
  EXPECT_THAT(get("/api/v1/reports?link=kettle&format=table").response.body,
              testing::AllOf(testing::HasSubstr("link kettle"),
                             testing::HasSubstr("+ left out 8.25 = imported")));
  EXPECT_EQ(get("/api/v1/reports?colour=red").body.at("field"), "colour");
  EXPECT_EQ(get("/api/v1/reports?country=DE").body.at("field"), "country");
}

TEST_F(DimensionRoutesTest, AllMoneyIsToldInOneCurrencyByTheRatesOfItsDay) {
  const json bare = report("by=article&currency=EUR");
  EXPECT_EQ(bare.at("balanced"), true);
  EXPECT_EQ(bare.at("conversion").at("unconverted").at(0).at("amount_micro"), 9'390'000);
  EXPECT_EQ(bare.at("total").at("money").at(0).at("currency"), "GBP") << "never dropped";
  ASSERT_EQ(owner("POST", "/api/v1/rates",
                  "Date,USD,GBP\n2026-11-16,1.2,0.8\n2026-11-18,1.3,0.9\n2026-11-09,1.1,0.5\n")
                .status,
            200);
  for (const char* by : {"article", "link", "network", "country", "device", "day", "month"}) {
    const json all = report(std::string("compare=previous&currency=EUR&by=") + by);
    EXPECT_EQ(all.at("balanced"), true) << by;
    EXPECT_EQ(all.at("main_currency"), "EUR");
    ASSERT_EQ(all.at("total").at("money").size(), 1U) << by;
    EXPECT_EQ(earned(all.at("total")), 4'390'000 * 10 / 8) << by;
    EXPECT_EQ(earned(all.at("total").at("before")), 2'000'000 * 2) << by;
    EXPECT_EQ(all.at("balance").at(0).at("imported_micro"), 9'390'000 * 10 / 8) << by;
    EXPECT_EQ(all.at("conversion").at("rates").size(), 2U) << by;
    EXPECT_EQ(all.at("conversion").at("unconverted"), json::array()) << by;
    std::int64_t rows = all.at("unattributed_has_row") ? earned(all.at("unattributed")) : 0;
    for (const json& each : all.at("data")) rows += earned(each);
    EXPECT_EQ(rows, 4'390'000 * 10 / 8) << by;
  }
  EXPECT_EQ(earned(report("currency=USD&network=awin").at("total")), 4'390'000 * 12 / 8);
  EXPECT_THAT(get("/api/v1/reports?currency=EUR&format=table").response.body,
              testing::HasSubstr("In EUR by the European Central Bank's rates"));
  EXPECT_EQ(get("/api/v1/reports?currency=EURO").body.at("field"), "currency");
}

TEST_F(DimensionRoutesTest, AsOfADayItSaysWhatWasKnownThen) {
  const std::string then = "&as_of=2026-11-18T00:00:00Z";
  EXPECT_EQ(report("by=network" + then).at("total").at("money"), json::array())
      << "imported later that day";
  json before = report("by=article");
  const std::string now = format_rfc3339(to_ms(house_.clock.now()));
  house_.clock.advance(std::chrono::hours(30));
  owner("POST", "/api/v1/revenue/imports?currency=GBP&file_name=later.csv",
        awin_report({{"1", "declined", "3.14", house_.token(german_)},
                     {"2", "approved", "1.50", house_.token(austrian_)},
                     {"5", "approved", "0.25", ""}}));
  EXPECT_NE(report("by=article").at("total"), before.at("total"));
  json after = report("by=article&as_of=" + now);
  EXPECT_EQ(after.at("as_of"), now);
  after.at("as_of") = nullptr;
  EXPECT_EQ(after, before);
  EXPECT_THAT(get("/api/v1/reports?format=table&as_of=" + now).response.body,
              testing::HasSubstr("money as known on " + now));
  EXPECT_EQ(get("/api/v1/reports?as_of=once").body.at("field"), "as_of");
}

TEST_F(DimensionRoutesTest, ComesInFourFormatsAndRefusesOthers) {
  EXPECT_EQ(get("/api/v1/reports?format=csv").header("Content-Type"), "text/csv; charset=utf-8");
  const Asked html = get("/api/v1/reports?by=country&format=html");
  EXPECT_EQ(html.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(html.header("Content-Disposition"),
            "attachment; filename=\"country-2026-10-22-2026-11-18.html\"");
  EXPECT_THAT(html.response.body, testing::HasSubstr("Test site"));
  const std::string table = get("/api/v1/reports?by=network&format=table").response.body;
  EXPECT_THAT(table, testing::HasSubstr("awin through 2026-11-17"));
  EXPECT_THAT(table,
              testing::HasSubstr(
                  "GBP, all statuses: attributed 9.14 + unattributed 2.25 = imported 11.39"));
  EXPECT_EQ(get("/api/v1/reports?by=moon").body.at("field"), "by");
  EXPECT_EQ(get("/api/v1/reports?compare=eon").body.at("field"), "compare");
  EXPECT_EQ(get("/api/v1/reports?format=pdf").body.at("field"), "format");
}

}  // namespace
}  // namespace candor::api
