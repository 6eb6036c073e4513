#include "jobs/link_checks.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "support/site_house.h"

namespace candor::jobs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class LinkChecksTest : public testing::Test {
 protected:
  LinkChecksTest() {
    settings_.probe = [this](std::string_view method, const std::string& url) {
      asked_.push_back(std::string(method) + " " + url);
      const auto at = answers_.find(url);
      return at == answers_.end() ? ProbeAnswer{.status = 200} : at->second;
    };
    settings_.wait = [this](std::chrono::milliseconds time) {
      waited_ += time;
      house_.clock.advance(time);
    };
  }
  Link add(const std::string& slug, const std::string& destination,
           const std::string& network = "") {
    Link link;
    link.slug = slug;
    link.destination = destination;
    link.network = network;
    return house_.store->add_link(link).value();
  }
  store::LinkCheck check(const Link& link) {
    const store::LinkCheck found =
        check_link_now(*house_.store, settings_, link, to_ms(house_.clock.now()));
    house_.store->record_link_checks({found});
    return found;
  }
  LinkCheckReport run() { return check_links(*house_.store, house_.clock, settings_); }

  SiteHouse house_;
  LinkCheckSettings settings_;
  std::map<std::string, ProbeAnswer> answers_;
  std::vector<std::string> asked_;
  std::chrono::milliseconds waited_{0};
};

TEST_F(LinkChecksTest, NetworksHostsAreNeverAsked) {
  settings_.programmes = {{.network = "kettle club", .hosts = {"*.club.example"}, .parameter = ""}};
  const std::vector<Link> links{
      add("a", "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&p=kettle"),
      add("b", "https://www.amazon.co.uk/dp/B000000000?tag=site-21"),
      add("c", "https://amzn.to/3abc"),
      add("d", "https://www.ebay.com/itm/1?mkevt=1&mkcid=1&campid=5"),
      add("e", "https://own.track.example/x", "impact"),
      add("f", "https://shop.club.example/kettle")};
  for (const Link& link : links) {
    const auto found = check(link);
    EXPECT_EQ(found.health, "unchecked") << link.destination;
    EXPECT_THAT(found.detail, HasSubstr("would be a click")) << link.destination;
  }
  EXPECT_EQ(run().unchecked, links.size());
  EXPECT_THAT(asked_, IsEmpty());
}

TEST_F(LinkChecksTest, TheShopsOwnPageIsAskedWhereTheLinkNamesIt) {
  const auto found = check(add("a",
                               "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&ued="
                               "https%3A%2F%2Fshop.example%2Fkettle"));
  EXPECT_EQ(found.health, "ok");
  EXPECT_THAT(asked_, ElementsAre("HEAD https://shop.example/kettle"));
}

TEST_F(LinkChecksTest, ARedirectToANetworkEndsTheLook) {
  answers_["https://shop.example/a"] = {.status = 302, .location = "/b"};
  answers_["https://shop.example/b"] = {
      .status = 301, .location = "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2"};
  EXPECT_EQ(check(add("a", "https://shop.example/a")).health, "ok");
  EXPECT_THAT(asked_, ElementsAre("HEAD https://shop.example/a", "HEAD https://shop.example/b"));
}

TEST_F(LinkChecksTest, AnswersAreJudged) {
  const auto health = [&](ProbeAnswer answer) {
    answers_["https://shop.example/x"] = std::move(answer);
    const auto found = house_.store->find_link("x");
    return check(found ? *found : add("x", "https://shop.example/x")).health;
  };
  EXPECT_EQ(health({.status = 200}), "ok");
  EXPECT_EQ(health({.status = 404}), "dead");
  EXPECT_EQ(health({.status = 410}), "dead");
  EXPECT_EQ(health({.status = 403}), "unsure");
  EXPECT_EQ(health({.status = 429}), "unsure");
  EXPECT_EQ(health({.status = 302, .location = "/x"}), "unsure") << "round in circles";
  EXPECT_EQ(health({.status = 302, .location = "mailto:x@y.example"}), "unsure");
  EXPECT_EQ(health({.status = 503}), "failing");
  EXPECT_EQ(health({.problem = "no such host"}), "failing");
  EXPECT_EQ(health({.status = 500}), "dead") << "the third time in a row";
  EXPECT_EQ(health({.status = 200}), "ok");
}

TEST_F(LinkChecksTest, HeadThatIsRefusedIsAskedAsBrowsersDo) {
  settings_.probe = [](std::string_view method, const std::string&) {
    return ProbeAnswer{.status = method == "HEAD" ? 405 : 200};
  };
  EXPECT_EQ(check(add("a", "https://shop.example/a")).health, "ok");
}

TEST_F(LinkChecksTest, SinceWhenItFailsIsKeptUntilItIsBack) {
  const Link link = add("a", "https://shop.example/a");
  answers_["https://shop.example/a"] = {.status = 404};
  const std::int64_t first = to_ms(house_.clock.now());
  check(link);
  house_.clock.advance(std::chrono::hours(24));
  EXPECT_EQ(check(link).failing_since_ms, first);
  EXPECT_EQ(house_.store->find_link_check(link.id)->failures, 2);
  answers_.clear();
  EXPECT_FALSE(check(link).failing_since_ms);
}

TEST_F(LinkChecksTest, RobotsAreHeard) {
  settings_.allowed = [](const std::string&) { return false; };
  EXPECT_EQ(check(add("a", "https://shop.example/a")).health, "unsure");
  EXPECT_THAT(asked_, IsEmpty());
}

TEST_F(LinkChecksTest, ANightAsksEachHostAtItsPaceAndEachLinkOnce) {
  for (const char* slug : {"a", "b", "c"}) add(slug, std::string("https://shop.example/") + slug);
  add("d", "https://other.example/");
  EXPECT_EQ(run().checked, 4u);
  EXPECT_EQ(waited_, std::chrono::milliseconds(2000));
  EXPECT_EQ(run().checked, 0u) << "again the same night";
  house_.clock.advance(std::chrono::hours(24));
  settings_.most = 3;
  const LinkCheckReport report = run();
  EXPECT_EQ(report.checked, 3u);
  EXPECT_EQ(report.left, 1u);
  EXPECT_EQ(run().checked, 1u) << "the one that was left";
}

TEST_F(LinkChecksTest, EveryPageBehindALinkIsAskedAndTheWorstIsTold) {
  Link link = add("a", "https://shop.example/a");
  link.targeting =
      R"({"rules": [{"name": "Germany", "country": ["DE"], "destination": "https://shop.example/de"},
                    {"split": [{"destination": "https://shop.example/a", "weight": 1},
                               {"destination": "https://amzn.to/3abc", "weight": 1}]},
                    {"schedule": {"until": "2001-01-01T00:00:00Z"},
                     "destination": "https://shop.example/old"}]})";
  link.fallback = "https://shop.example/else";
  house_.store->update_link(link);
  EXPECT_EQ(check(link).health, "ok");
  EXPECT_THAT(asked_, ElementsAre("HEAD https://shop.example/a", "HEAD https://shop.example/de",
                                  "HEAD https://shop.example/else"));
  answers_["https://shop.example/else"] = {.status = 500};
  EXPECT_EQ(check(link).url, "https://shop.example/else");
  answers_["https://shop.example/de"] = {.status = 404};
  const store::LinkCheck found = check(link);
  EXPECT_EQ(found.health, "dead");
  EXPECT_EQ(found.detail, "rule 1 (Germany): it answers 404");
  EXPECT_EQ(run().checked, 0u) << "looked at just now";
  house_.clock.advance(std::chrono::hours(24));
  EXPECT_EQ(run().dead, 1u);
  EXPECT_EQ(waited_, std::chrono::milliseconds(2000)) << "between the three pages of one host";
}

TEST_F(LinkChecksTest, LinksThatAreOffOrOverAreLeftAlone) {
  Link link = add("a", "https://shop.example/a");
  link.state = LinkState::Disabled;
  house_.store->update_link(link);
  link = add("b", "https://shop.example/b");
  link.expires_at_ms = 1;
  house_.store->update_link(link);
  EXPECT_EQ(run().checked, 0u);
}

TEST_F(LinkChecksTest, PlacesForTheClickStayEmpty) {
  check(add("a", "https://shop.example/a?s={click}"));
  EXPECT_THAT(asked_, ElementsAre("HEAD https://shop.example/a?s="));
}

}  // namespace
}  // namespace candor::jobs
