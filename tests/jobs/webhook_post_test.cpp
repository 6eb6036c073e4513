// Webhooks on their way: signed, tried again, given up, and never lost.
#include "jobs/webhook_post.h"

#include <gmock/gmock.h>
#include <sodium.h>

#include <deque>
#include <nlohmann/json.hpp>
#include <set>

#include "jobs/webhook_signature.h"
#include "support/site_house.h"

namespace candor::jobs {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using store::Delivery;
using store::DeliveryState;
using testing::HasSubstr;

TEST(WebhookSignature, IsThatOfTheSpecificationsExample) {
  EXPECT_EQ(sign_message("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                         1614265330, R"({"test": 2432232314})"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(WebhookUrl, IsHttpsOrThisMachines) {
  for (const char* good : {"https://hooks.example/a?b", "http://127.0.0.1:9000/",
                           "http://localhost/", "http://[::1]:80/", "http://127.1/"})
    EXPECT_FALSE(fault_of_webhook_url(good)) << good;
  for (const char* bad : {"http://hooks.example/", "ftp://hooks.example/", "hooks.example", "",
                          "http://127.0.0.1.hooks.example/", "https://user:word@hooks.example/"})
    EXPECT_TRUE(fault_of_webhook_url(bad)) << bad;
}

class WebhookPostTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { ASSERT_GE(sodium_init(), 0); }

  store::Webhook add(const std::string& url = "https://hooks.example/a",
                     const std::string& events = {}) {
    return house_.store->add_webhook({.url = url,
                                      .events = events,
                                      .secret = new_webhook_secret(house_.random),
                                      .created_at_ms = to_ms(house_.clock.now())});
  }
  std::size_t run() {
    WebhookPost post(*house_.store, house_.clock, house_.random, options_,
                     [this](const fetch::Request& request) { return answer(request); });
    return post.run();
  }
  Result<fetch::Response, fetch::Error> answer(const fetch::Request& request) {
    sent_.push_back(request);
    if (while_sending_) while_sending_();
    if (!reachable_)
      return std::unexpected(fetch::Error{fetch::ErrorKind::CannotConnect, "refused"});
    fetch::Response response;
    response.status = status_;
    response.headers = headers_;
    return response;
  }
  std::vector<Delivery> log(store::WebhookId id) {
    return house_.store->list_deliveries(id, std::numeric_limits<std::int64_t>::max(), 1000);
  }
  static std::string header(const fetch::Request& request, std::string_view name) {
    for (const auto& [each, value] : request.headers)
      if (each == name) return value;
    return {};
  }

  SiteHouse house_;
  WebhookPost::Options options_;
  std::vector<fetch::Request> sent_;
  std::function<void()> while_sending_;
  bool reachable_ = true;
  int status_ = 204;
  fetch::HeaderList headers_;
};

TEST_F(WebhookPostTest, AChangedLinkIsToldOnceAndSigned) {
  const store::Webhook hook = add();
  house_.add_link("kettle");
  EXPECT_EQ(run(), 1u);
  ASSERT_EQ(sent_.size(), 1u);
  const fetch::Request& request = sent_[0];
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, hook.url);
  const json body = json::parse(request.body);
  EXPECT_EQ(body["type"], "link.changed");
  EXPECT_EQ(body["data"]["slug"], "kettle");
  EXPECT_EQ(body["data"]["change"], "added");
  const std::int64_t now_s = FakeClock::kStartMs / 1000;
  EXPECT_EQ(header(request, "webhook-timestamp"), std::to_string(now_s));
  EXPECT_EQ(header(request, "webhook-signature"),
            sign_message(hook.secret, header(request, "webhook-id"), now_s, request.body));
  EXPECT_EQ(log(hook.id).at(0).state, DeliveryState::Delivered);
  EXPECT_EQ(run(), 0u);
}

TEST_F(WebhookPostTest, EachKindOfEventIsToldWithWhatHappened) {
  const store::Webhook hook = add();
  Link link = house_.add_link("kettle");
  link.title = "Kettle";
  house_.store->update_link(link);
  house_.store->remove_link(link.id);
  house_.add_article("/kettles/");
  store::ArticleScan scan;
  scan.article.path = "/kettles/";
  scan.article.verdict = "fail";
  scan.article.origin = "inject";
  house_.store->record_scans({scan});
  house_.store->record_scans({scan});
  const std::int64_t job = house_.store->start_job("nightly", "backup", 1);
  house_.store->finish_job(job, "failed", "", "no room", 2);
  house_.drop("milk.csv", "milk,eggs\n1,2\n");
  run_nightly(house_.nightly);
  run();
  std::vector<std::string> told;
  for (const fetch::Request& request : sent_) {
    const json body = json::parse(request.body);
    const json& data = body["data"];
    told.push_back(body["type"].get<std::string>() + " " +
                   data.value("change", data.value("is", data.value("step", ""))));
  }
  EXPECT_THAT(told,
              testing::ElementsAre("link.changed added", "link.changed edited",
                                   "link.changed removed", "page.verdict_changed pass",
                                   "page.verdict_changed fail", "job.troubled backup",
                                   "job.troubled import", "alert.raised ", "nightly.finished "));
  for (const Delivery& each : log(hook.id)) EXPECT_EQ(each.state, DeliveryState::Delivered);
}

TEST_F(WebhookPostTest, OnlyTheTypesThatWereAskedForAreTold) {
  add("https://hooks.example/money", "import.published nightly.finished");
  house_.add_link("kettle");
  EXPECT_EQ(run(), 0u);
  EXPECT_TRUE(house_.store->list_events(10).empty()) << "looked at, and wanted by nobody";
}

TEST_F(WebhookPostTest, WithoutAWebhookNothingPilesUp) {
  house_.add_link("kettle");
  EXPECT_TRUE(house_.store->list_events(10).empty());
}

TEST_F(WebhookPostTest, WhatFailsIsTriedAgainWithGrowingPausesUnderTheSameId) {
  const store::Webhook hook = add();
  house_.add_link("kettle");
  status_ = 500;
  std::set<std::string> ids;
  std::vector<std::int64_t> pauses_s;
  for (int attempt = 0; attempt < 4; ++attempt) {
    EXPECT_EQ(run(), 1u);
    EXPECT_EQ(run(), 0u) << "not before its time";
    ids.insert(header(sent_.back(), "webhook-id"));
    const Delivery delivery = log(hook.id).at(0);
    EXPECT_EQ(delivery.status, 500);
    EXPECT_EQ(delivery.error, "answered 500");
    const std::int64_t pause = delivery.due_at_ms - to_ms(house_.clock.now());
    pauses_s.push_back(pause / 1000);
    house_.clock.advance(std::chrono::milliseconds(pause));
  }
  EXPECT_EQ(ids.size(), 1u);
  EXPECT_THAT(pauses_s, testing::ElementsAre(5, 300, 1800, 7200));
  EXPECT_TRUE(house_.store->find_webhook(hook.id)->failing_since_ms);
  status_ = 200;
  run();
  EXPECT_EQ(log(hook.id).at(0).state, DeliveryState::Delivered);
  EXPECT_FALSE(house_.store->find_webhook(hook.id)->failing_since_ms);
}

TEST_F(WebhookPostTest, AReceiverMayAskForALongerPause) {
  const store::Webhook hook = add();
  house_.add_link("kettle");
  status_ = 429;
  headers_ = {{"Retry-After", "3600"}};
  run();
  EXPECT_EQ(log(hook.id).at(0).due_at_ms, to_ms(house_.clock.now()) + 3'600'000);
}

TEST_F(WebhookPostTest, AfterDaysAMessageIsGivenUpAndItsWebhookDisabled) {
  const store::Webhook hook = add();
  house_.add_link("kettle");
  reachable_ = false;
  for (int hour = 0; hour < 24 * 6; ++hour) {
    run();
    house_.clock.advance(1h);
  }
  EXPECT_EQ(log(hook.id).at(0).state, DeliveryState::Failed);
  EXPECT_EQ(log(hook.id).at(0).error, "refused");
  house_.add_link("toaster");
  run();
  EXPECT_TRUE(house_.store->find_webhook(hook.id)->disabled_at_ms);
  const std::size_t tried = sent_.size();
  house_.clock.advance(24h);
  house_.add_link("blender");
  EXPECT_EQ(run(), 0u);
  EXPECT_EQ(sent_.size(), tried);
}

TEST_F(WebhookPostTest, WhoIsGoneIsDisabledAtOnce) {
  const store::Webhook hook = add();
  house_.add_link("kettle");
  status_ = 410;
  run();
  EXPECT_TRUE(house_.store->find_webhook(hook.id)->disabled_at_ms);
  EXPECT_EQ(log(hook.id).at(0).state, DeliveryState::Failed);
}

TEST_F(WebhookPostTest, ASilentReceiverDoesNotHoldTheOthersUp) {
  add("https://silent.example/");
  const store::Webhook other = add("https://other.example/");
  for (const char* slug : {"a", "b", "c"}) house_.add_link(slug);
  WebhookPost post(*house_.store, house_.clock, house_.random, {},
                   [&](const fetch::Request& request) {
                     reachable_ = request.url != "https://silent.example/";
                     return answer(request);
                   });
  EXPECT_EQ(post.run(), 4u) << "one try for the silent one";
  for (const Delivery& each : log(other.id)) EXPECT_EQ(each.state, DeliveryState::Delivered);
}

TEST_F(WebhookPostTest, KilledAnywhereEveryMessageArrivesAndUnderOneId) {
  const store::Webhook hook = add();
  house_.add_link("kettle");
  struct Killed {};
  // Killed behind the receiver's answer, before it is written down.
  while_sending_ = [] { throw Killed{}; };
  EXPECT_THROW(run(), Killed);
  EXPECT_EQ(log(hook.id).at(0).state, DeliveryState::Pending);
  while_sending_ = nullptr;
  EXPECT_EQ(run(), 1u);
  ASSERT_EQ(sent_.size(), 2u);
  EXPECT_EQ(header(sent_[0], "webhook-id"), header(sent_[1], "webhook-id"));
  EXPECT_EQ(sent_[0].body, sent_[1].body);
}

TEST_F(WebhookPostTest, WhatIsBrokenOffByAStopCountsForNothing) {
  const store::Webhook hook = add();
  house_.add_link("kettle");
  bool stopping = false;
  options_.give_up = [&] { return stopping; };
  while_sending_ = [&] {
    stopping = true;
    reachable_ = false;
  };
  run();
  EXPECT_EQ(log(hook.id).at(0).attempts, 0);
}

TEST_F(WebhookPostTest, AddressesOfLocalNetworksAreRefusedUnlessTheOwnerSaysSo) {
  add("https://hooks.example/");
  add("http://127.0.0.1:9000/");
  house_.add_link("kettle");
  run();
  EXPECT_TRUE(sent_.at(0).public_addresses_only);
  EXPECT_FALSE(sent_.at(1).public_addresses_only) << "this machine's own, by its address";
  options_.to_private_networks = true;
  house_.add_link("toaster");
  run();
  EXPECT_FALSE(sent_.at(2).public_addresses_only);
}

TEST_F(WebhookPostTest, TheLogForgetsWhatIsSettledAfterAMonth) {
  const store::Webhook hook = add();
  house_.add_link("kettle");
  run();
  house_.clock.advance(24h * 31);
  run();
  EXPECT_TRUE(log(hook.id).empty());
}

}  // namespace
}  // namespace candor::jobs
