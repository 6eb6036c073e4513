#include "redirect/click_maker.h"

#include <gtest/gtest.h>

#include <limits>

#include "click/test_token.h"
#include "contract/store_contract.h"
#include "geo/tiny_database.h"
#include "support/fake_clock.h"

namespace candor::redirect {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kPhone =
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
    "Mobile Safari/537.36";
constexpr ClickTokenKey kKey{'k', {9, 8, 7}};

class OneSalt final : public SaltKeeper {
 public:
  VisitorSalt salt_at(Millis) override { return VisitorSalt{1, 2, 3}; }
};

class ClickMakerTest : public testing::Test {
 protected:
  MadeClick make(http::HeaderList headers = {}, const std::string& query = {},
                 std::string_view user_agent = kPhone) {
    http::Request request;
    request.method = "GET";
    request.path = "/go/shoes";
    request.query = query;
    request.headers = std::move(headers);
    request.headers.emplace_back("User-Agent", std::string(user_agent));
    request.peer = peer_;
    if (!maker_) restart();
    MadeClick made = maker_->make_click(request, LinkId{++links_}, {});
    maker_->judge_pace(made);
    return made;
  }
  Click click(http::HeaderList headers = {}, const std::string& query = {}) {
    return make(std::move(headers), query).click;
  }
  void restart(ClickId after = {}) {
    maker_ = std::make_unique<ClickMaker>(clock_, salts_, bots(), kKey, options_, after);
  }
  static const BotFilter& bots() {
    static const BotFilter kBots;
    return kBots;
  }

  FakeClock clock_;
  OneSalt salts_;
  Options options_;
  std::string peer_ = "198.51.100.7";
  std::unique_ptr<ClickMaker> maker_;
  std::int64_t links_ = 0;
};

TEST_F(ClickMakerTest, TellsWhatTheReaderHolds) {
  const Click plain = click();
  EXPECT_EQ(plain.device, Device::Mobile);
  EXPECT_EQ(plain.os, Os::Android);
  EXPECT_EQ(plain.language, "");
  const Click hinted = click({{"Sec-CH-UA-Mobile", "?0"},
                              {"Sec-CH-UA-Platform", "\"Windows\""},
                              {"Accept-Language", "de-AT,en;q=0.5"}});
  EXPECT_EQ(hinted.device, Device::Desktop);
  EXPECT_EQ(hinted.os, Os::Windows);
  EXPECT_EQ(hinted.language, "de");
}

TEST_F(ClickMakerTest, BelievesACountryHeaderOfTrustedProxiesOnly) {
  const http::HeaderList header{{"CF-IPCountry", "at"}};
  options_.trusted_proxies = {"198.51.100.0/24"};
  restart();
  EXPECT_EQ(click(header).country, Country{}) << "no header is believed unless it is named";
  options_.country_header = "CF-IPCountry";
  restart();
  EXPECT_EQ(click(header).country.text(), "AT");
  for (const char* untold : {"XX", "xx", "T1", "T1?", ""})
    EXPECT_EQ(click({{"CF-IPCountry", untold}}).country, Country{}) << untold;
  peer_ = "203.0.113.9";
  EXPECT_EQ(click(header).country, Country{});
}

TEST_F(ClickMakerTest, DatabasesTellCountryAndNetworkAndAProxyKnowsBetter) {
  const contract::TemporaryDirectory folder;
  geo::sample_countries().write(folder.path / "country.mmdb");
  geo::TinyDatabase networks("test");
  networks.add(geo::v4(81, 2, 0, 0), 112,
               geo::encoding::map({{"autonomous_system_number", geo::encoding::number(16509)}}));
  networks.write(folder.path / "asn.mmdb");
  options_.country_header = "CF-IPCountry";
  options_.trusted_proxies = {"127.0.0.1"};
  restart();
  std::vector<std::string> problems;
  maker_->set_atlas(std::make_shared<const geo::Atlas>(
      geo::AtlasOptions{folder.path / "country.mmdb", folder.path / "asn.mmdb"}, problems));
  peer_ = "81.2.3.4";
  const Click server = click({{"CF-IPCountry", "FR"}});
  EXPECT_EQ(server.country.text(), "GB");
  EXPECT_EQ(server.asn_class, AsnClass::DataCentre);
  EXPECT_EQ(server.verdict, Verdict::DataCentre);
  EXPECT_EQ(server.reason, "AS16509");
  peer_ = "127.0.0.1";
  const Click reader = click({{"X-Forwarded-For", "2001:db8::7"}});
  EXPECT_EQ(reader.country.text(), "DE");
  EXPECT_EQ(reader.verdict, Verdict::Human);
  EXPECT_EQ(click({{"X-Forwarded-For", "2001:db8::7"}, {"CF-IPCountry", "FR"}}).country.text(),
            "FR");

  options_.count_data_centres = true;
  maker_->set_options(options_);
  peer_ = "81.2.3.4";
  EXPECT_EQ(click().verdict, Verdict::Human);
  EXPECT_EQ(click().asn_class, AsnClass::DataCentre);
}

TEST_F(ClickMakerTest, PreviewsAndBotsAreNoReaders) {
  EXPECT_EQ(make({}, {}, "WhatsApp/2.23.20.0 A").click.verdict, Verdict::Preview);
  EXPECT_EQ(make({}, {}, "WhatsApp/2.23.20.0 A").click.reason, "preview:whatsapp");
  EXPECT_EQ(make({}, {}, "Googlebot/2.1").click.verdict, Verdict::Bot);
}

TEST_F(ClickMakerTest, AFloodIsOneVisitorsOwn) {
  options_.flood_per_minute = 5;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(click().verdict, Verdict::Human);
  const Click flood = click();
  EXPECT_EQ(flood.verdict, Verdict::Flood);
  EXPECT_EQ(flood.reason, "more than 5 clicks a minute");
  peer_ = "198.51.100.8";
  EXPECT_EQ(click().verdict, Verdict::Human);
  peer_ = "198.51.100.7";
  clock_.advance(3min);
  EXPECT_EQ(click().verdict, Verdict::Human);
}

TEST_F(ClickMakerTest, TestClicksNeedTheOwnersSignature) {
  const std::string signature = make_test_token(test_key_of(kKey), clock_.now());
  EXPECT_EQ(click({}, "a=1&candor-test=" + signature).verdict, Verdict::Test);
  EXPECT_EQ(click({}, "candor-test=" + make_click_token(first_click_id(to_ms(clock_.now())), kKey))
                .verdict,
            Verdict::Human);
  EXPECT_EQ(click({}, "candor-test=1").verdict, Verdict::Human);
  clock_.advance(10min);
  EXPECT_EQ(click({}, "candor-test=" + signature).verdict, Verdict::Human);
}

TEST_F(ClickMakerTest, IdsAscendAndTheSkewIsKeptWhenTheClockGoesBack) {
  const Click first = click();
  EXPECT_EQ(first.skew_ms, 0);
  clock_.advance(-1h);
  const Click during = click();
  EXPECT_GT(during.id, first.id);
  EXPECT_EQ(during.skew_ms, -3'600'000);
  clock_.advance(59min);
  EXPECT_EQ(click().skew_ms, -60'000);
  clock_.advance(2min);
  EXPECT_EQ(click().skew_ms, 0);
  clock_.advance(24h * 400);
  EXPECT_EQ(click().skew_ms, 0) << "forward is no skew";
  clock_.advance(-24h * 400);
  EXPECT_EQ(click().skew_ms, std::numeric_limits<std::int32_t>::min()) << "as much as fits";
}

TEST_F(ClickMakerTest, ARestartWithTheClockBehindKeepsTheOrder) {
  const Click last = click();
  clock_.advance(-5s);
  restart(last.id);
  const Click next = click();
  EXPECT_GT(next.id, last.id);
  EXPECT_LE(next.skew_ms, -5000);
}

TEST_F(ClickMakerTest, VisitorsAreKeptAsTheOwnerAndTheReaderWish) {
  const http::HeaderList agreed{{"Cookie", "candor_consent=visitors"}};
  const MadeClick kept = make();
  EXPECT_NE(kept.reader, 0u);
  EXPECT_EQ(kept.click.visitor, kept.reader);
  options_.privacy.visitors = PrivacySwitch::Consent;
  restart();
  EXPECT_EQ(make().click.visitor, 0u);
  EXPECT_EQ(make().reader, kept.reader);
  EXPECT_EQ(make(agreed).click.visitor, kept.reader);
  options_.privacy.visitors = PrivacySwitch::Off;
  restart();
  EXPECT_EQ(make(agreed).click.visitor, 0u);
  EXPECT_EQ(make(agreed).click.verdict, Verdict::Human) << "nobody is known again, so no repeats";
}

TEST_F(ClickMakerTest, TokensTravelAsTheOwnerAndTheReaderWish) {
  EXPECT_TRUE(make().may_carry_token);
  options_.privacy.click_token = PrivacySwitch::Consent;
  restart();
  EXPECT_FALSE(make().may_carry_token);
  EXPECT_FALSE(make({{"Cookie", "candor_consent=visitors"}}).may_carry_token);
  EXPECT_TRUE(make({{"Cookie", "candor_consent=click_token"}}).may_carry_token);
  options_.privacy.click_token = PrivacySwitch::Off;
  restart();
  EXPECT_FALSE(make({{"Cookie", "candor_consent=click_token"}}).may_carry_token);
}

}  // namespace
}  // namespace candor::redirect
