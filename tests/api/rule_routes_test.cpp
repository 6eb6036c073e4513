// The owner's rules, and why money went where it went.
#include <map>

#include "api/api_house.h"
#include "support/awin_report.h"

namespace candor::api {
namespace {

class RuleRoutesTest : public ApiTest {
 protected:
  Asked import(const std::vector<AwinSale>& sales, const std::string& name = "awin.csv") {
    return owner("POST", "/api/v1/revenue/imports?currency=GBP&file_name=" + name,
                 awin_report(sales));
  }
  using Booked = std::map<std::string, std::int64_t>;
  /// Micro-units by the path of their article; "" is unattributed.
  Booked booked() const {
    Booked out;
    for (const auto& state : house_.store->list_commissions(100))
      for (const auto& part : state.allocations) {
        const auto article = house_.store->find_article(part.article);
        out[article ? article->path : ""] += part.commission_micro;
      }
    std::erase_if(out, [](const auto& each) { return each.second == 0; });
    return out;
  }

  Link link_ = house_.add_link("kettle");
  ArticleId kettles_ = house_.add_article("/best-kettles/");
  ArticleId pans_ = house_.add_article("/pans/");
};

TEST_F(RuleRoutesTest, ARuleIsRetroactiveAndItsRemovalRestores) {
  import({{"1", "pending", "3.00", "march"}, {"2", "pending", "1.00", "other"}});
  EXPECT_EQ(booked(), (Booked{{"", 4'000'000}}));
  const Asked added =
      owner("POST", "/api/v1/revenue/rules", R"({"text":"march","article":"/best-kettles/"})");
  ASSERT_EQ(added.status, 201) << added.response.body;
  EXPECT_EQ(added.body.at("rebooked"), 1);
  EXPECT_EQ(added.body.at("kind"), "sub-id");
  EXPECT_EQ(booked(), (Booked{{"/best-kettles/", 3'000'000}, {"", 1'000'000}}));
  EXPECT_EQ(owner("POST", "/api/v1/revenue/rules", R"({"text":"march","article":"/pans/"})").status,
            409);
  const Asked removed = owner(
      "DELETE", "/api/v1/revenue/rules/" + std::to_string(added.body.at("id").get<std::int64_t>()));
  EXPECT_EQ(removed.body.at("rebooked"), 1);
  EXPECT_EQ(booked(), (Booked{{"", 4'000'000}}));
  EXPECT_EQ(get("/api/v1/revenue/check").body.at("balanced"), true);
}

TEST_F(RuleRoutesTest, RulesAreCheckedAndListed) {
  const auto status = [&](const char* body) {
    return owner("POST", "/api/v1/revenue/rules", body).status;
  };
  EXPECT_EQ(status(R"({"article":"/pans/"})"), 422);
  EXPECT_EQ(status(R"({"text":"a","article":"/no/"})"), 422);
  EXPECT_EQ(status(R"({"text":"a","kind":"b","article":"/pans/"})"), 422);
  EXPECT_EQ(status(R"({"text":"a","artikel":"/pans/"})"), 422);
  EXPECT_EQ(owner("DELETE", "/api/v1/revenue/rules/7").status, 404);
  EXPECT_EQ(owner("DELETE", "/api/v1/revenue/rules/x").status, 422);
  house_.store->set_label_rules({{"awin", "sub-id", "a", pans_}, {"", "tag", "b-20", pans_}});
  EXPECT_EQ(status(R"({"network":"awin","text":"a","article":"/best-kettles/"})"), 201);
  const json data = get("/api/v1/revenue/rules").body.at("data");
  ASSERT_EQ(data.size(), 2u);
  EXPECT_EQ(data[0].at("article"), "/best-kettles/");
  EXPECT_EQ(data[0].at("source"), "owner");
  EXPECT_EQ(data[1].at("text"), "b-20");
  EXPECT_EQ(data[1].at("source"), "config");
  EXPECT_TRUE(data[1].at("id").is_null());
}

TEST_F(RuleRoutesTest, UnattributedMoneyIsListedAPageAtATime) {
  import({{"1", "pending", "3.00", "best-kettles"},
          {"2", "pending", "1.00", "foreign"},
          {"3", "pending", "9.00", ""}});
  const json first = get("/api/v1/revenue/unattributed?limit=2").body;
  ASSERT_EQ(first.at("data").size(), 2u);
  const json& row = first.at("data").at(0);
  EXPECT_EQ(row.at("commission_micro"), 3'000'000);
  EXPECT_EQ(row.at("rule").at("text"), "best-kettles");
  EXPECT_EQ(row.at("rule").at("kind"), "sub-id");
  EXPECT_EQ(row.at("rule").at("network"), "awin");
  EXPECT_NE(row.at("reason").get<std::string>().find("neither a token"), std::string::npos);
  ASSERT_EQ(row.at("suggestions").size(), 1u);
  EXPECT_EQ(row.at("suggestions").at(0).at("article"), "/best-kettles/");
  EXPECT_TRUE(first.at("data").at(1).at("suggestions").empty());
  const json rest = get("/api/v1/revenue/unattributed?limit=2&after=" +
                        std::to_string(first.at("next").get<std::int64_t>()))
                        .body;
  ASSERT_EQ(rest.at("data").size(), 1u);
  EXPECT_TRUE(rest.at("data").at(0).at("rule").is_null());
  EXPECT_TRUE(rest.at("next").is_null());
}

TEST_F(RuleRoutesTest, ClicksOnLinksThatCarryTheLabelSuggestTheirArticle) {
  Link labelled;
  labelled.slug = "labelled";
  labelled.destination =
      "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&clickref=march-mail";
  labelled.network = "awin";
  labelled = house_.store->add_link(labelled).value();
  house_.add_click(labelled.id, pans_, 60 * 24 * 7);
  house_.add_click(labelled.id, pans_, 60 * 24 * 7);
  import({{"1", "pending", "3.00", "march-mail"}});
  const json data = get("/api/v1/revenue/unattributed").body.at("data");
  ASSERT_EQ(data.at(0).at("suggestions").size(), 1u);
  EXPECT_EQ(data.at(0).at("suggestions").at(0).at("article"), "/pans/");
  EXPECT_EQ(data.at(0).at("suggestions").at(0).at("clicks"), 2);
}

TEST_F(RuleRoutesTest, ACommissionIsExplained) {
  house_.add_click(link_.id, kettles_, 60 * 24 * 7);
  house_.add_click(link_.id, kettles_, 60 * 24 * 7);
  house_.add_click(link_.id, pans_, 60 * 24 * 7);
  import({{"1", "pending", "1.00", ""}}, "one.csv");
  import({{"1", "approved", "2.00", ""}}, "two.csv");
  const json body = get("/api/v1/revenue/commissions/1/explain").body;
  EXPECT_EQ(body.at("commission").at("tier"), "modelled");
  ASSERT_EQ(body.at("history").size(), 2u);
  EXPECT_EQ(body.at("history").at(0).at("commission_micro"), 1'000'000);
  EXPECT_EQ(body.at("history").at(1).at("status"), "approved");
  ASSERT_EQ(body.at("matches").size(), 1u);
  EXPECT_EQ(body.at("matches").at(0).at("model"), "linear");
  EXPECT_TRUE(body.at("matches").at(0).at("replaced_at").is_null());
  EXPECT_EQ(body.at("windows").back().at("clicks"), 3);
  EXPECT_EQ(body.at("clicks").size(), 3u);
  // 2,000,000 * 2 / 3 = 1,333,333 and 1 of 3 over; 2,000,000 / 3 = 666,666 and 2 of 3 over.
  const json& division = body.at("division");
  ASSERT_EQ(division.size(), 2u);
  EXPECT_EQ(division.at(0).at("article"), "/best-kettles/");
  EXPECT_EQ(division.at(0).at("floor_micro"), 1'333'333);
  EXPECT_EQ(division.at(0).at("remainder"), "1");
  EXPECT_EQ(division.at(0).at("commission_micro"), 1'333'333);
  EXPECT_EQ(division.at(1).at("remainder"), "2");
  EXPECT_EQ(division.at(1).at("commission_micro"), 666'667);
  EXPECT_EQ(body.at("bookings").size(), 4u);
  EXPECT_EQ(body.at("allocations").at(1).at("commission_micro"), 666'667);
  EXPECT_EQ(body.at("divided_with_others"), false);
  EXPECT_EQ(get("/api/v1/revenue/commissions/99/explain").status, 404);
  EXPECT_EQ(get("/api/v1/revenue/commissions/x/explain").status, 422);
}

TEST_F(RuleRoutesTest, AnExplanationShowsWhatWasTakenBackAndBookedAgain) {
  import({{"1", "pending", "3.00", "march"}});
  house_.clock.advance(std::chrono::hours(1));
  owner("POST", "/api/v1/revenue/rules", R"({"text":"march","article":"/pans/"})");
  const json body = get("/api/v1/revenue/commissions/1/explain").body;
  ASSERT_EQ(body.at("matches").size(), 2u);
  EXPECT_EQ(body.at("matches").at(0).at("tier"), "unattributed");
  EXPECT_EQ(body.at("matches").at(0).at("replaced_at"), body.at("matches").at(1).at("decided_at"));
  EXPECT_EQ(body.at("matches").at(1).at("tier"), "label");
  ASSERT_EQ(body.at("bookings").size(), 3u);
  EXPECT_TRUE(body.at("bookings").at(1).at("article").is_null());
  EXPECT_EQ(body.at("bookings").at(1).at("commission_micro"), -3'000'000);
  EXPECT_EQ(body.at("bookings").at(2).at("article"), "/pans/");
}

TEST_F(RuleRoutesTest, TagsArePlannedAssignedAndReleased) {
  Link link;
  link.slug = "amazon-kettle";
  link.destination = "https://www.amazon.com/dp/B1?tag=site-20";
  link.network = "amazon";
  link = house_.store->add_link(link).value();
  house_.add_click(link.id, kettles_, 60);
  house_.add_click(link.id, pans_, 60);
  house_.add_click(link.id, pans_, 60);
  const json before = get("/api/v1/revenue/tags").body;
  EXPECT_EQ(before.at("limit"), 100);
  EXPECT_EQ(before.at("in_use"), 1) << "that of the link";
  ASSERT_EQ(before.at("data").size(), 2u);
  EXPECT_EQ(before.at("data").at(0).at("article"), "/pans/");
  EXPECT_EQ(before.at("data").at(0).at("deserves_tag"), true);
  EXPECT_EQ(before.at("data").at(0).at("clicks"), 2);

  const auto assign = [&](const char* tag) {
    return owner("POST", "/api/v1/revenue/tags",
                 R"({"article":"/pans/","tag":")" + std::string(tag) + "\"}")
        .status;
  };
  EXPECT_EQ(assign("pans"), 422);
  EXPECT_EQ(assign("pans-20"), 201);
  EXPECT_EQ(assign("pans-20"), 409);
  EXPECT_EQ(assign("other-20"), 409) << "the article has one";
  EXPECT_EQ(house_.store->find_page_tag("/pans/"), "pans-20");
  const json after = get("/api/v1/revenue/tags").body;
  EXPECT_EQ(after.at("data").at(0).at("tag"), "pans-20");
  EXPECT_EQ(after.at("data").at(0).at("deserves_tag"), false);
  EXPECT_EQ(after.at("in_use"), 2);
  EXPECT_EQ(owner("DELETE", "/api/v1/revenue/tags/pans-20").status, 200);
  EXPECT_EQ(owner("DELETE", "/api/v1/revenue/tags/pans-20").status, 404);
  EXPECT_FALSE(house_.store->find_page_tag("/pans/"));
}

TEST_F(RuleRoutesTest, AmazonsOwnCountsStandBesideOurClicks) {
  Link link;
  link.slug = "amazon-kettle";
  link.destination = "https://www.amazon.com/dp/B1?tag=site-20";
  link.network = "amazon";
  link = house_.store->add_link(link).value();
  house_.add_click(link.id, kettles_, 60 * 24 * 5);
  owner("POST", "/api/v1/revenue/tags", R"({"article":"/best-kettles/","tag":"kettles-20"})");
  const std::string days = " reports from 11-13-2026 to 11-30-2026\n";
  const auto import_tracking = [&](const std::string& name, int clicks) {
    return owner("POST", "/api/v1/revenue/imports?file_name=" + name,
                 "Fee-Tracking" + days +
                     "Tracking ID,Clicks,Items Ordered,Items Shipped,Revenue($),Ad Fees($)\n"
                     "kettles-20," +
                     std::to_string(clicks) + ",2,1,10.00,0.50\nsite-20,300,9,8,90.00,4.50\n");
  };
  const Asked first = import_tracking("tracking.csv", 7);
  ASSERT_EQ(first.status, 200) << first.response.body;
  EXPECT_EQ(import_tracking("later.csv", 8).body.at("repeated"), false);
  const json body = get("/api/v1/revenue/tags").body;
  ASSERT_EQ(body.at("tags").size(), 2u);
  EXPECT_EQ(body.at("tags").at(0).at("tag"), "kettles-20");
  EXPECT_EQ(body.at("tags").at(0).at("amazon_clicks"), 8);
  EXPECT_EQ(body.at("tags").at(0).at("from"), "2026-11-13");
  EXPECT_EQ(body.at("tags").at(0).at("article"), "/best-kettles/");
  EXPECT_EQ(body.at("tags").at(0).at("clicks"), 1);
  EXPECT_EQ(body.at("tags").at(1).at("amazon_clicks"), 300);
  EXPECT_TRUE(body.at("tags").at(1).at("article").is_null());
  EXPECT_EQ(body.at("in_use"), 2);
  EXPECT_EQ(owner("POST", "/api/v1/revenue/imports?file_name=types.csv",
                  "Fee-LinkType" + days +
                      "Link Type,Clicks,Items Ordered,Conversion,Ordered Revenue($),Items "
                      "Shipped,Ad Fees($)\nText Only,41,3,7.3,30.00,2,1.50\n")
                .status,
            200);
  const json types = get("/api/v1/revenue/tags").body.at("link_types");
  ASSERT_EQ(types.size(), 1u);
  EXPECT_EQ(types.at(0).at("kind"), "Text Only");
  EXPECT_EQ(types.at(0).at("amazon_clicks"), 41);
}

}  // namespace
}  // namespace candor::api
