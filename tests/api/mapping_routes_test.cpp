// What a report would do before it is imported, and reports whose columns nobody knows.
#include "api/api_house.h"
#include "support/awin_report.h"

namespace candor::api {
namespace {

using testing::ElementsAre;

constexpr const char* kUnknown =
    "Sold on,Payout,Shop,Ref\n17.11.2026,\"3,14 EUR\",Tea,spring\n18.11.2026,\"1,00 EUR\",Tea,\n";

class MappingRoutesTest : public ApiTest {
 protected:
  Asked preview(const std::string& report, const std::string& more = "") {
    return owner("POST", "/api/v1/revenue/imports?dry_run=true&file_name=r.csv" + more, report);
  }
  std::size_t count_imports() { return get("/api/v1/revenue/imports").body.at("data").size(); }
  std::size_t count_log() { return get("/api/v1/log").body.at("data").size(); }
  json acme() {
    json mapping = owner("POST", "/api/v1/revenue/mappings/guess", kUnknown).body.at("mapping");
    mapping["name"] = mapping["network"] = "acme";
    mapping["columns"]["date"] = "Sold on";
    return mapping;
  }
  Asked put(const std::string& name, const json& mapping) {
    return owner("PUT", "/api/v1/revenue/mappings/" + name, mapping.dump());
  }
};

TEST_F(MappingRoutesTest, APreviewCountsAndKeepsNothing) {
  const std::string report = awin_report({{"1", "pending", "3.14", ""},
                                          {"2", "approved", "1.00", ""},
                                          {"3", "approved", "0.50", ""},
                                          {"4", "approved", "much", ""}});
  const Asked asked = preview(report, "&currency=GBP");
  ASSERT_EQ(asked.status, 200) << asked.body;
  const json& import = asked.body.at("import");
  EXPECT_EQ(import.at("id"), nullptr);
  EXPECT_EQ(import.at("new_count"), 3);
  EXPECT_EQ(import.at("bad_count"), 1);
  EXPECT_EQ(asked.body.at("errors").at(0).at("row"), 5);
  const json& layout = asked.body.at("layout");
  EXPECT_EQ(layout.at("network"), "awin");
  EXPECT_EQ(layout.at("certainty"), "seen");
  EXPECT_EQ(layout.at("mapping"), nullptr);
  const json& totals = asked.body.at("totals");
  ASSERT_EQ(totals.size(), 2u);
  EXPECT_EQ(totals.at(0).at("status"), "pending");
  EXPECT_EQ(totals.at(0).at("commission_micro"), 3'140'000);
  EXPECT_EQ(totals.at(1).at("row_count"), 2);
  EXPECT_EQ(totals.at(1).at("commission_micro"), 1'500'000);
  EXPECT_EQ(count_imports(), 0u);
  EXPECT_EQ(count_log(), 0u);
  EXPECT_TRUE(house_.store->list_commissions(9).empty());

  // The import does what was said, and a later preview knows it.
  ASSERT_EQ(owner("POST", "/api/v1/revenue/imports?currency=GBP", report).status, 200);
  EXPECT_EQ(preview(report, "&currency=GBP").body.at("repeated"), true);
  const Asked later = preview(
      awin_report({{"1", "approved", "3.14", ""}, {"2", "approved", "1.00", ""}}), "&currency=GBP");
  EXPECT_EQ(later.body.at("import").at("changed_count"), 1);
  EXPECT_EQ(later.body.at("import").at("unchanged_count"), 1);
  EXPECT_EQ(preview(report, "&dry_run=maybe").status, 200);  // the first of two counts
  EXPECT_EQ(owner("POST", "/api/v1/revenue/imports?dry_run=maybe", report).body.at("field"),
            "dry_run");
}

TEST_F(MappingRoutesTest, APreviewOfDaysSaysWhatWouldBeWithdrawn) {
  const auto earnings = [](const std::string& rows) {
    return "Fee-Earnings reports from 03-01-2026 to 03-31-2026\n"
           "Category,Name,ASIN,Seller,Tracking ID,Date Shipped,Price($),Items "
           "Shipped,Returns,Revenue($),Ad Fees($),Device Type Group\n" +
           rows;
  };
  const std::string kettle =
      "Kitchen,Kettle,B01,Amazon,site-20,2026-03-01 00:00:00,10.00,1,0,10.00,0.50,PHONE\n";
  const std::string pan =
      "Kitchen,Pan,B02,Amazon,site-20,2026-03-02 00:00:00,10.00,1,0,10.00,0.70,PHONE\n";
  ASSERT_EQ(owner("POST", "/api/v1/revenue/imports", earnings(kettle + pan)).status, 200);
  const json import = preview(earnings(pan)).body.at("import");
  EXPECT_EQ(import.at("withdrawn_count"), 1);
  EXPECT_EQ(import.at("unchanged_count"), 1);
  EXPECT_EQ(import.at("from"), "2026-03-01");
  EXPECT_EQ(house_.store->list_commissions(9).size(), 2u);
}

TEST_F(MappingRoutesTest, AnUnknownLayoutLeadsToTheGuess) {
  const Asked refused = preview(kUnknown);
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.body.at("kind"), "unknown_layout");
  EXPECT_EQ(refused.body.at("field"), "file");
  const std::string next = refused.body.at("next");
  const Asked guess = owner("POST", next, kUnknown);
  ASSERT_EQ(guess.status, 200) << guess.body;
  EXPECT_THAT(guess.body.at("header"), ElementsAre("Sold on", "Payout", "Shop", "Ref"));
  EXPECT_EQ(guess.body.at("examples").at(0).at(1), "3,14 EUR");
  EXPECT_EQ(guess.body.at("known"), nullptr);
  EXPECT_EQ(guess.body.at("mapping").at("columns"),
            json({{"commission", "payout"}, {"merchant", "shop"}}));
  EXPECT_EQ(guess.body.at("mapping").at("currency"), "EUR");
  ASSERT_EQ(guess.body.at("faults").size(), 1u);
  EXPECT_EQ(guess.body.at("faults").at(0).at("field"), "columns.date");
  EXPECT_EQ(count_log(), 0u);

  const Asked known = owner("POST", next, awin_report({{"1", "pending", "3.14", ""}}));
  EXPECT_NE(known.body.at("known"), nullptr);
  EXPECT_EQ(owner("POST", next, "one line").body.at("field"), "file");
}

TEST_F(MappingRoutesTest, OtherRefusalsSayWhatIsNeeded) {
  const std::string report = awin_report({{"1", "pending", "3.14", ""}});
  house_.site.nightly.currency.clear();
  EXPECT_EQ(preview(report).body.at("kind"), "currency_needed");
  EXPECT_EQ(preview(report).body.at("field"), "currency");
  EXPECT_EQ(preview(report, "&network=cj").body.at("kind"), "wrong_network");
  EXPECT_EQ(preview("").body.at("kind"), "empty");
}

TEST_F(MappingRoutesTest, AMappingIsSavedUsedReplacedAndRemoved) {
  const Asked saved = put("acme", acme());
  ASSERT_EQ(saved.status, 200) << saved.body;
  EXPECT_EQ(saved.body.at("columns").at("date"), "sold on");
  EXPECT_EQ(get("/api/v1/revenue/mappings/acme").body, saved.body);
  EXPECT_EQ(get("/api/v1/revenue/mappings").body.at("data"), json::array({saved.body}));
  EXPECT_EQ(count_log(), 1u);

  const Asked asked = preview(kUnknown);
  ASSERT_EQ(asked.status, 200) << asked.body;
  EXPECT_EQ(asked.body.at("layout").at("mapping"), "acme");
  EXPECT_EQ(asked.body.at("layout").at("certainty"), "inferred");
  EXPECT_EQ(asked.body.at("totals").at(0).at("commission_micro"), 4'140'000);
  EXPECT_EQ(asked.body.at("examples").at(1).at("merchant"), "Tea");

  json other = acme();
  other["columns"]["sub_id"] = "Ref";
  other["statuses"] = {{"In Review", "pending"}};
  ASSERT_EQ(put("acme", other).status, 200);
  EXPECT_EQ(get("/api/v1/revenue/mappings/acme").body.at("statuses"),
            json({{"in review", "pending"}}));
  EXPECT_EQ(preview(kUnknown).body.at("examples").at(0).at("sub_id"), "spring");

  EXPECT_EQ(owner("DELETE", "/api/v1/revenue/mappings/acme").status, 200);
  EXPECT_EQ(owner("DELETE", "/api/v1/revenue/mappings/acme").status, 404);
  EXPECT_EQ(get("/api/v1/revenue/mappings/acme").status, 404);
  EXPECT_EQ(preview(kUnknown).body.at("kind"), "unknown_layout");
}

TEST_F(MappingRoutesTest, AMappingThatCannotBeUsedIsRefusedByItsField) {
  const auto field = [&](const char* name, const json& value) {
    json mapping = acme();
    mapping[name] = value;
    const Asked asked = put("acme", mapping);
    EXPECT_EQ(asked.status, 422);
    return asked.body.value("field", "");
  };
  EXPECT_EQ(field("name", "other"), "name");
  EXPECT_EQ(field("network", "Two Words"), "network");
  EXPECT_EQ(field("zone", "Mars/Base"), "zone");
  EXPECT_EQ(field("currency", "XYZ1"), "currency");
  EXPECT_EQ(field("dates", "year-first"), "dates");
  EXPECT_EQ(field("header", json::array()), "header");
  EXPECT_EQ(field("columns", {{"date", "Sold on"}}), "columns.commission");
  EXPECT_EQ(field("columns", {{"date", "Sold on"}, {"commission", "Nope"}}), "columns.commission");
  EXPECT_EQ(field("columns", {{"when", "Sold on"}}), "columns.when");
  EXPECT_EQ(field("statuses", {{"ok", "fine"}}), "statuses.ok");
  EXPECT_EQ(field("colour", "red"), "colour");
  EXPECT_EQ(put("..%2Fescape", acme()).status, 422);
  EXPECT_EQ(get("/api/v1/revenue/mappings").body.at("data"), json::array());
}

TEST_F(MappingRoutesTest, ImportsAreListedByHowTheyCame) {
  ASSERT_EQ(owner("POST", "/api/v1/revenue/imports?currency=GBP",
                  awin_report({{"1", "pending", "3.14", ""}}))
                .status,
            200);
  EXPECT_EQ(get("/api/v1/revenue/imports?kind=file").body.at("data").at(0).at("kind"), "file");
  EXPECT_EQ(get("/api/v1/revenue/imports?kind=postback").body.at("data"), json::array());
  EXPECT_EQ(get("/api/v1/revenue/imports?kind=pigeon").body.at("field"), "kind");
}

}  // namespace
}  // namespace candor::api
