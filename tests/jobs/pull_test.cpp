// Networks' APIs, played by a script: pages, refusals, failures, and what is left by each.
#include "jobs/pull.h"

#include <gmock/gmock.h>
#include <sodium.h>

#include <deque>
#include <nlohmann/json.hpp>

#include "jobs/nightly.h"
#include "store/errors.h"
#include "support/site_house.h"

namespace candor::jobs {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using Answer = Result<fetch::Response, fetch::Error>;

Answer answer(int status, std::string body = "", fetch::HeaderList headers = {}) {
  fetch::Response response;
  response.status = status;
  response.body = std::move(body);
  response.headers = std::move(headers);
  return response;
}
Answer broken() { return std::unexpected(fetch::Error{fetch::ErrorKind::Broken, "cut off"}); }

json action(const char* id, const char* state = "PENDING", const char* payout = "1.5") {
  return {{"Id", id},         {"State", state}, {"EventDate", "2026-11-10T10:00:00Z"},
          {"Payout", payout}, {"Amount", "10"}, {"Currency", "USD"}};
}
std::string impact_page(const std::vector<json>& actions, const std::string& next = "") {
  return json({{"@nextpageuri", next}, {"Actions", actions}}).dump();
}
std::string cj_page(const std::vector<json>& records, bool complete, const std::string& last) {
  return json({{"data",
                {{"publisherCommissions",
                  {{"count", records.size()},
                   {"payloadComplete", complete},
                   {"maxCommissionId", last},
                   {"records", records}}}}}})
      .dump();
}
json cj_record(const char* id) {
  return {{"commissionId", id},
          {"originalActionId", id},
          {"actionStatus", "locked"},
          {"eventDate", "2026-11-10T10:00:00Z"},
          {"pubCommissionAmountUsd", "7.781"}};
}

class PullTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { ASSERT_GE(sodium_init(), 0); }

  /// Answers of the script, then empty ones.
  PullResult run(const PullAccount& account, std::deque<Answer> script = {}) {
    requests_.clear();
    waits_.clear();
    const PullSite site{*house_.store, house_.clock, house_.zone,
                        [&](const fetch::Request& request) {
                          requests_.push_back(request);
                          if (script.empty())
                            return answer(200, account.network == "awin" ? "[]" : impact_page({}));
                          Answer next = std::move(script.front());
                          script.pop_front();
                          return next;
                        },
                        [&](std::chrono::milliseconds pause) {
                          waits_.push_back(pause.count());
                          house_.clock.advance(pause);
                        }};
    return pull(site, account);
  }
  std::vector<std::string> identities() {
    std::vector<std::string> all;
    for (const auto& each : house_.store->list_commissions(99)) all.push_back(each.row.identity);
    std::ranges::sort(all);
    return all;
  }
  std::string header(std::size_t request, std::string_view name) const {
    for (const auto& [each, value] : requests_.at(request).headers)
      if (each == name) return value;
    return {};
  }

  SiteHouse house_;
  std::vector<fetch::Request> requests_;
  std::vector<std::int64_t> waits_;
  PullAccount impact_{"impact", "IRsid", "s3cret", "https://api.example", 30, 10};
  PullAccount cj_{"cj", "999", "s3cret", "https://cj.example/", 30, 10};
  PullAccount awin_{"awin", "45628", "s3cret", "https://awin.example", 60, 10};
};

TEST_F(PullTest, ImpactsPagesAreFollowedAndBecomeOneImport) {
  const auto result =
      run(impact_, {answer(200, impact_page({action("1"), action("2")}, "/next?Page=2")),
                    answer(200, impact_page({action("3")}, "https://api.example/next?Page=3")),
                    answer(200, impact_page({action("4", "PENDING", "much")}))});
  EXPECT_FALSE(result.failed) << result.message;
  EXPECT_EQ(result.message, "4 rows, 3 new, 0 changed, 1 bad");
  ASSERT_EQ(requests_.size(), 3u);
  EXPECT_EQ(requests_[0].url,
            "https://api.example/Mediapartners/IRsid/Actions?ActionDateStart=2026-10-19T00%3A00%"
            "3A00Z&ActionDateEnd=2026-11-18T11%3A06%3A40Z&PageSize=2000");
  EXPECT_EQ(requests_[1].url, "https://api.example/next?Page=2");
  EXPECT_EQ(requests_[2].url, "https://api.example/next?Page=3");
  EXPECT_EQ(header(2, "Authorization"), "Basic SVJzaWQ6czNjcmV0");
  EXPECT_THAT(identities(), ElementsAre("1", "2", "3"));
  ASSERT_EQ(result.imports.size(), 1u);
  EXPECT_EQ(result.imports[0].kind, store::ImportKind::Pull);
  EXPECT_EQ(result.imports[0].account, "IRsid");
  EXPECT_EQ(house_.store->list_import_errors(result.imports[0].id).at(0).row, 4);
}

TEST_F(PullTest, TheNextTimeTheLastDaysAreReadAgain) {
  run(impact_, {answer(200, impact_page({action("1")}))});
  house_.clock.advance(std::chrono::hours(24));
  const auto again = run(impact_, {answer(200, impact_page({action("1")}))});
  EXPECT_EQ(again.message, "1 rows, 0 new, 0 changed, 0 bad") << "nothing new is no import";
  EXPECT_THAT(requests_[0].url, HasSubstr("ActionDateStart=2026-11-08T"));
  const auto changed = run(impact_, {answer(200, impact_page({action("1", "APPROVED")}))});
  EXPECT_EQ(changed.message, "1 rows, 0 new, 1 changed, 0 bad");
  EXPECT_EQ(house_.store->list_imports(9).size(), 2u);
}

TEST_F(PullTest, WhatIsAnsweredAgainAfterSomethingElseStandsAgain) {
  const auto state = [&](const char* told) {
    const auto result = run(impact_, {answer(200, impact_page({action("1", told)}))});
    return result.imports.size();
  };
  const auto status = [&] { return house_.store->list_commissions(1).at(0).row.status; };
  EXPECT_EQ(state("APPROVED"), 1u);
  EXPECT_EQ(state("REVERSED"), 1u);
  EXPECT_EQ(status(), CommissionStatus::Reversed);
  EXPECT_EQ(state("APPROVED"), 1u) << "the very answer of the first time, and news";
  EXPECT_EQ(status(), CommissionStatus::Approved);
  EXPECT_EQ(state("APPROVED"), 0u) << "now it is none";
  EXPECT_EQ(house_.store->list_imports(9).size(), 3u);
}

TEST_F(PullTest, CjGoesOnFromTheHighestIdUntilItIsComplete) {
  const auto result = run(cj_, {answer(200, cj_page({cj_record("11")}, false, "11")),
                                answer(200, cj_page({cj_record("12")}, true, "12")),
                                answer(200, cj_page({}, true, ""))});
  EXPECT_FALSE(result.failed) << result.message;
  EXPECT_EQ(requests_[0].url, "https://cj.example/query");
  EXPECT_EQ(requests_[0].method, "POST");
  EXPECT_EQ(header(0, "Authorization"), "Bearer s3cret");
  const std::string query = json::parse(requests_[1].body).at("query");
  EXPECT_THAT(query, HasSubstr("forPublishers: [\"999\"]"));
  EXPECT_THAT(query, HasSubstr("sinceCommissionId: \"11\""));
  EXPECT_THAT(identities(), ElementsAre("11", "12"));
  EXPECT_EQ(house_.store->list_commissions(1).at(0).row.commission_micro, 7'781'000);
}

TEST_F(PullTest, AwinIsAskedByMonthsBothWaysAndNotTooFast) {
  const auto result = run(awin_);
  EXPECT_FALSE(result.failed) << result.message;
  ASSERT_EQ(requests_.size(), 4u) << "60 days are two stretches";
  EXPECT_EQ(requests_[0].url,
            "https://awin.example/publishers/45628/transactions/"
            "?startDate=2026-09-19T00%3A00%3A00&endDate=2026-10-19T23%3A59%3A59&timezone=UTC&"
            "dateType=transaction");
  EXPECT_THAT(requests_[1].url, HasSubstr("dateType=validation"));
  EXPECT_THAT(waits_, ElementsAre(3000, 3000, 3000)) << "20 requests a minute";
}

TEST_F(PullTest, AwinsAnswerThatIsNoListIsNotAnEmptyOne) {
  const auto result = run(awin_, {answer(200, "{\"error\": \"unknown\"}")});
  EXPECT_EQ(result.message, "the answer is no list of transactions");
}

TEST_F(PullTest, WhatPassesIsTriedAgainLaterAndLater) {
  const auto result = run(impact_, {broken(), answer(500), answer(429, "", {{"Retry-After", "7"}}),
                                    answer(429, "", {{"X-RateLimit-Reset", "2"}}),
                                    answer(200, impact_page({action("1")}))});
  EXPECT_FALSE(result.failed) << result.message;
  EXPECT_THAT(waits_, ElementsAre(1000, 2000, 7000, 8000));
  EXPECT_EQ(result.request_count, 5);
}

TEST_F(PullTest, AFailureBetweenPagesKeepsNothingOfThem) {
  const std::vector<std::pair<Answer, std::string>> failures{
      {answer(401), "it refuses the token (401)"},
      {answer(403), "it refuses the token (403)"},
      {answer(404), "it knows no account \"IRsid\" (404)"},
      {answer(400), "it answers 400"},
      {answer(200, "{\"Actions\": [{\"Id\": "), "its answer cannot be read: not valid JSON"},
      {answer(200, "{\"Status\": \"ERROR\"}"), "no page of actions"},
      {answer(200, "<html>"), "its answer cannot be read: not valid JSON"},
      {answer(200, impact_page({action("2")}, "https://evil.example/steal")), "elsewhere"},
      {answer(200, impact_page({action("2")}, "//evil.example/steal")), "elsewhere"},
      {answer(200, impact_page({action("2")}, "/page2")), "its pages have no end"},
      {answer(429, "", {{"Retry-After", "7200"}}), "120 minutes of patience"}};
  for (const auto& [failure, why] : failures) {
    const auto result = run(impact_, {answer(200, impact_page({action("1")}, "/page2")), failure});
    EXPECT_TRUE(result.failed) << why;
    EXPECT_THAT(result.message, HasSubstr(why));
    EXPECT_TRUE(house_.store->list_imports(9).empty()) << why;
    for (const auto& request : requests_) EXPECT_TRUE(request.url.starts_with("https://api.ex"));
  }
  const auto result = run(impact_, {broken(), broken(), broken(), broken(), broken()});
  EXPECT_EQ(result.message, "cut off (5 tries)");
  EXPECT_EQ(house_.store->list_jobs(1).at(0).state, "failed");
  // Nothing is complete: the next run begins where this one did.
  run(impact_, {answer(200, impact_page({}))});
  EXPECT_THAT(requests_[0].url, HasSubstr("ActionDateStart=2026-10-19T"));
}

TEST_F(PullTest, WhatGraphQlRefusesIsToldWithoutTheToken) {
  const std::string refusal =
      json({{"data", nullptr}, {"errors", {{{"message", "bad token s3cret"}}}}}).dump();
  const auto result = run(cj_, {answer(200, refusal)});
  EXPECT_TRUE(result.failed);
  EXPECT_EQ(result.message, "it refuses: bad token ...");
  EXPECT_EQ(run(cj_, {answer(200, "{\"data\": {}}")}).failed, true);
}

TEST_F(PullTest, AnOtherNetworksAnswerIsNotTaken) {
  const auto result = run(impact_, {answer(200, json::array({cj_record("1")}).dump())});
  EXPECT_TRUE(result.failed) << result.message;
}

TEST_F(PullTest, StoppedBetweenPagesNothingIsKept) {
  house_.store->stop_jobs();
  EXPECT_THROW(run(impact_, {answer(200, impact_page({action("1")}, "/page2"))}), store::Stopped);
  EXPECT_TRUE(house_.store->list_imports(9).empty());
}

TEST_F(PullTest, TheNightAsksFirstAndGoesOnWhenANetworkFails) {
  house_.nightly.pull = [](std::string_view network) {
    EXPECT_EQ(network, "");
    PullResult good{"awin", "1", false, "2 rows", {}, 2, 1};
    PullResult bad{"cj", "2", true, "it answers 500 (5 tries)", {}, 0, 5};
    return std::vector{good, bad};
  };
  const NightlyResult night = run_nightly(house_.nightly);
  ASSERT_GE(night.steps.size(), 3u);
  EXPECT_EQ(night.steps[1].step, "pull");
  EXPECT_TRUE(night.steps[1].failed);
  EXPECT_EQ(night.steps[1].message, "awin 1: 2 rows; cj 2: it answers 500 (5 tries)");
  EXPECT_FALSE(night.steps[2].failed);
}

}  // namespace
}  // namespace candor::jobs
