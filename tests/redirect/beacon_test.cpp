// What pages tell by beacon, over a real front, loop and journal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <regex>
#include <string>

#include "click/article_mac.h"
#include "redirect/beacon_desk.h"
#include "redirect/beacon_script.h"
#include "redirect/front_house.h"

namespace candor::redirect {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr std::string_view kOwn = "Origin: https://blog.example\r\n";

constexpr std::uint64_t kInFlight = 4;

/// The house with a desk, and a direct link.
class BeaconHouse {
 public:
  explicit BeaconHouse(Options options = {})
      : front_(std::move(options)),
        desk_(front_.clock(), FrontHouse::bots(), zone_, {front_.keys()[0]}, kInFlight) {
    front_.serve_beacons(desk_);
  }
  ~BeaconHouse() { front_.drop_front(); }

  std::string mac(std::string_view path = "/recipes/soup/") {
    return article_mac(path, front_.keys()[0]);
  }
  /// A body as the script writes it; every message has an id of its own.
  std::string body(std::string_view kind, std::string_view links = {},
                   std::string_view article = "/recipes/soup/") {
    return "k=" + std::string(kind) + "&a=" + std::string(article) + "&m=" + mac() +
           "&i=" + std::to_string(++ids_) + std::string(links);
  }
  std::string post(std::string_view body, std::string_view headers = kOwn,
                   std::string_view agent = kBrowser, std::string_view target = "/go/-/b") {
    http::Client client(front_.address());
    std::string text = "POST " + std::string(target) +
                       " HTTP/1.1\r\nHost: blog.example\r\nUser-Agent: " + std::string(agent) +
                       "\r\n" + std::string(headers) +
                       "Content-Length: " + std::to_string(body.size()) +
                       "\r\nConnection: close\r\n\r\n" + std::string(body);
    client.send(text);
    return client.read_to_end();
  }
  std::string told(std::string_view body, std::string_view headers = kOwn) {
    return status_of(post(body, headers)).substr(9);
  }
  std::vector<Click> clicks() {
    front_.stop_journal();
    return front_.clicks();
  }
  const BeaconCounters& counters() const { return desk_.counters(); }
  BeaconDesk& desk() { return desk_; }
  FrontHouse& front() { return front_; }

 private:
  FrontHouse front_;
  rollup::SiteZone zone_ = rollup::SiteZone::find("Europe/Berlin").value();
  BeaconDesk desk_;
  int ids_ = 0;
};

TEST(Beacon, AClickOnADirectLinkIsRecordedUnderItsArticle) {
  BeaconHouse house;
  const std::string answer = house.post(house.body("c", "&l=kettle/3"));
  EXPECT_EQ(status_of(answer), "HTTP/1.1 204");
  EXPECT_EQ(header_of(answer, "Cache-Control"), "no-store");
  const auto clicks = house.clicks();
  ASSERT_EQ(clicks.size(), 1u);
  EXPECT_EQ(clicks[0].link, LinkId{14});
  EXPECT_EQ(clicks[0].article, ArticleId{7});
  EXPECT_EQ(clicks[0].placement, 3);
  EXPECT_EQ(clicks[0].verdict, Verdict::Human);
  EXPECT_EQ(house.counters().clicks, 1u);
  EXPECT_EQ(house.counters().recorded, 1u);
  EXPECT_EQ(house.front().counters().accepted, 0u) << "redirects are counted apart";
}

TEST(Beacon, ADirectLinkIsNeverRedirectedTo) {
  BeaconHouse house;
  EXPECT_EQ(status_of(house.front().ask("/go/kettle")), "HTTP/1.1 404");
}

TEST(Beacon, APingIsAClickWithoutAScript) {
  BeaconHouse house;
  const std::string target = "/go/-/b?a=%2Frecipes%2Fsoup%2F&m=" + house.mac() + "&l=kettle&p=2";
  EXPECT_EQ(status_of(house.post("PING", kOwn, kBrowser, target)), "HTTP/1.1 204");
  const auto clicks = house.clicks();
  ASSERT_EQ(clicks.size(), 1u);
  EXPECT_EQ(clicks[0].placement, 2);
}

TEST(Beacon, ToldTwiceCountsOnceAndTheSameReaderAgainIsARepeat) {
  BeaconHouse house;
  const std::string body = house.body("c", "&l=kettle/3");
  EXPECT_EQ(house.told(body), "204");
  EXPECT_EQ(house.told(body), "204");
  EXPECT_EQ(house.counters().clicks, 1u);
  EXPECT_EQ(house.counters().doubles, 1u);
  EXPECT_EQ(house.told(house.body("c", "&l=kettle/3")), "204");
  const auto clicks = house.clicks();
  ASSERT_EQ(clicks.size(), 2u);
  EXPECT_EQ(clicks[1].verdict, Verdict::Repeat);
}

TEST(Beacon, ABotsClickKeepsItsVerdict) {
  BeaconHouse house;
  house.post(house.body("c", "&l=kettle/1"), kOwn, "curl/8.0");
  house.post(house.body("v"), kOwn, "curl/8.0");
  const auto views = house.desk().take_views();
  ASSERT_EQ(views.views.size(), 1u);
  EXPECT_EQ(views.views.begin()->first.verdict, Verdict::Bot);
  EXPECT_EQ(house.clicks().at(0).verdict, Verdict::Bot);
}

TEST(Beacon, ViewsAndImpressionsAreCountedByDayAndTakenOnce) {
  BeaconHouse house;
  EXPECT_EQ(house.told(house.body("v")), "204");
  EXPECT_EQ(house.told(house.body("v")), "204");
  EXPECT_EQ(house.told(house.body("i", "&l=kettle/1&l=shoes/2&l=none/3")), "204");
  const auto seen = house.desk().take_views();
  ASSERT_EQ(seen.views.size(), 1u);
  EXPECT_EQ(rollup::format_day(seen.views.begin()->first.day), "2026-11-18");
  EXPECT_EQ(seen.views.begin()->first.article, ArticleId{7});
  EXPECT_EQ(seen.views.begin()->second, 2);
  EXPECT_EQ(seen.impressions.size(), 2u);
  EXPECT_TRUE(house.desk().take_views().empty());
  house.desk().put_back(seen);
  EXPECT_EQ(house.desk().take_views().views, seen.views);
  EXPECT_TRUE(house.clicks().empty());
}

TEST(Beacon, ForgedArticlesAreRefused) {
  BeaconHouse house;
  EXPECT_EQ(house.told(house.body("c", "&l=kettle/3", "/shop/")), "403");
  EXPECT_EQ(house.told("k=v&a=/recipes/soup/&m=0123456789abcdef&i=1"), "403");
  EXPECT_EQ(house.told("k=v&a=/recipes/soup/&m=&i=1"), "400");
  EXPECT_EQ(house.counters().refused, 3u);
  EXPECT_TRUE(house.desk().take_views().empty());
  EXPECT_TRUE(house.clicks().empty());
}

TEST(Beacon, OnlyPagesOfTheSiteAreHeard) {
  BeaconHouse house;
  const auto told = [&](std::string_view headers) { return house.told(house.body("v"), headers); };
  EXPECT_EQ(told("Origin: https://www.blog.example:8443\r\n"), "204");
  EXPECT_EQ(told("Origin: https://evil.example\r\nReferer: https://blog.example/\r\n"), "403");
  EXPECT_EQ(told("Origin: https://blog.example.evil.example\r\n"), "403");
  EXPECT_EQ(told("Origin: null\r\n"), "403");
  EXPECT_EQ(told("Origin: null\r\nSec-Fetch-Site: same-origin\r\n"), "204");
  EXPECT_EQ(told("Origin: null\r\nSec-Fetch-Site: cross-site\r\n"), "403");
  EXPECT_EQ(told("Referer: https://blog.example/recipes/\r\n"), "204");
  EXPECT_EQ(told("Ping-From: https://blog.example/recipes/\r\n"), "204");
  EXPECT_EQ(told(""), "403");
}

TEST(Beacon, LongBodiesAndNonsenseAreRefused) {
  BeaconHouse house;
  EXPECT_EQ(house.told(house.body("v") + "&x=" + std::string(2000, 'x')), "413");
  for (const std::string bad : {"", "k=x", "\xFF\xFE", "k=c&a=/recipes/soup/&m=1"})
    EXPECT_EQ(house.told(bad), "400") << bad;
  EXPECT_EQ(house.told(house.body("c")), "400");
  EXPECT_EQ(house.told(house.body("c", "&l=kettle/1&l=kettle/2")), "400");
  EXPECT_EQ(house.told(house.body("c", "&l=kettle")), "400");
  EXPECT_EQ(house.told(house.body("c", "&l=-/1")), "400");
  EXPECT_EQ(house.told(house.body("v", "&l=kettle/1")), "400");
  EXPECT_EQ(status_of(house.front().ask("/go/-/b", kOwn)), "HTTP/1.1 405");
  EXPECT_EQ(house.counters().clicks, 0u);
}

TEST(Beacon, AnUnknownLinkOrArticleIsNotCounted) {
  BeaconHouse house;
  EXPECT_EQ(house.told(house.body("c", "&l=gone/1")), "204");
  EXPECT_EQ(house.told(house.body("c", "&l=nothing/1")), "204");
  EXPECT_EQ(house.told("k=v&a=/new/&i=x&m=" + house.mac("/new/")), "204");
  EXPECT_EQ(house.counters().ignored, 3u);
  EXPECT_TRUE(house.clicks().empty());
}

TEST(Beacon, AFloodFromOneReaderIsRefused) {
  BeaconHouse house;
  int taken = 0;
  for (int i = 0; i < 200; ++i) taken += house.told(house.body("v")) == "204" ? 1 : 0;
  EXPECT_EQ(taken, 120);
  EXPECT_EQ(house.counters().throttled, 80u);
  EXPECT_EQ(status_of(house.post(house.body("v"), kOwn, std::string(kBrowser) + " other")),
            "HTTP/1.1 204");
  house.front().clock().advance(60s);
  EXPECT_EQ(house.told(house.body("v")), "204");
}

TEST(Beacon, AStalledDiskShedsBeaconsNotRedirects) {
  BeaconHouse house;
  house.front().disk().stall();
  for (int i = 0; i < 6; ++i) EXPECT_EQ(house.told(house.body("c", "&l=kettle/1")), "204");
  EXPECT_EQ(house.counters().clicks, 6u);
  EXPECT_EQ(house.counters().shed, 2u);
  EXPECT_EQ(house.front().counters().shed, 0u);
  house.front().stop_journal();
  EXPECT_EQ(house.counters().recorded, 4u);
  EXPECT_EQ(house.counters().clicks,
            house.counters().recorded + house.counters().failed + house.counters().shed);
}

TEST(Beacon, SwitchedOffThereIsNothing) {
  Options options;
  options.privacy.beacon = PrivacySwitch::Off;
  BeaconHouse house(options);
  EXPECT_EQ(house.told(house.body("v")), "404");
  EXPECT_EQ(status_of(house.front().ask("/go/-/candor.js")), "HTTP/1.1 404");
}

TEST(Beacon, WithConsentOnlyReadersWhoGaveItAreCounted) {
  Options options;
  options.privacy.beacon = PrivacySwitch::Consent;
  BeaconHouse house(options);
  EXPECT_EQ(house.told(house.body("v")), "204");
  EXPECT_EQ(house.counters().ignored, 1u);
  const std::string own(kOwn);
  EXPECT_EQ(house.told(house.body("v"), own + "Cookie: candor_consent=beacon\r\n"), "204");
  EXPECT_EQ(house.told(house.body("v"), own + "Cookie: wp_consent_statistics=allow\r\n"), "204");
  EXPECT_EQ(house.counters().views, 2u);
}

TEST(Stylesheet, IsServedWhateverTheSwitchOfBeacons) {
  Options options;
  options.privacy.beacon = PrivacySwitch::Off;
  BeaconHouse house(options);
  const std::string named = house.front().ask("/go/" + stylesheet_reference());
  EXPECT_EQ(status_of(named), "HTTP/1.1 200");
  EXPECT_EQ(header_of(named, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header_of(named, "Content-Type"), "text/css; charset=utf-8");
  EXPECT_THAT(named, HasSubstr("[data-candor=\"disclosure\"]"));
  EXPECT_EQ(status_of(house.post("", kOwn, kBrowser, "/go/-/candor.css")), "HTTP/1.1 405");
}

/// WCAG 2's relative luminance of "#rrggbb".
double luminance(const std::string& colour) {
  const auto channel = [&](std::size_t at) {
    const double part = std::stoi(colour.substr(at, 2), nullptr, 16) / 255.0;
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

TEST(Stylesheet, IsWellReadableInLightAndDark) {
  const std::string text(stylesheet());
  const std::regex rule("background: (#[0-9a-f]{6});\\s*color: (#[0-9a-f]{6});");
  int schemes = 0;
  for (std::sregex_iterator each(text.begin(), text.end(), rule), end; each != end; ++each) {
    const auto [dark, light] = std::minmax({luminance((*each)[1]), luminance((*each)[2])});
    EXPECT_GE((light + 0.05) / (dark + 0.05), 7.0) << (*each)[0];
    ++schemes;
  }
  EXPECT_EQ(schemes, 2);
}

TEST(BeaconScript, IsCachedByItsVersion) {
  BeaconHouse house;
  const std::string named = house.front().ask("/go/" + beacon_script_reference());
  EXPECT_EQ(status_of(named), "HTTP/1.1 200");
  EXPECT_EQ(header_of(named, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header_of(named, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_THAT(named, HasSubstr("sendBeacon"));
  const std::string tag = header_of(named, "ETag");
  EXPECT_EQ(header_of(house.front().ask("/go/-/candor.js?v=old"), "Cache-Control"),
            "public, max-age=300");
  EXPECT_EQ(status_of(house.front().ask("/go/-/candor.js", "If-None-Match: " + tag + "\r\n")),
            "HTTP/1.1 304");
  EXPECT_EQ(status_of(house.post("", kOwn, kBrowser, "/go/-/candor.js")), "HTTP/1.1 405");
}

}  // namespace
}  // namespace candor::redirect
