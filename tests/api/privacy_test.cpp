// What the site says it keeps of its readers.
#include "api/api_house.h"
#include "api/privacy_notice.h"

namespace candor::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string text_of(const PrivacyFacts& facts, NoticeLanguage language) {
  std::string text;
  for (const std::string& each : privacy_notice(facts, language)) text += each + "\n";
  return text;
}

class PrivacyTest : public ApiTest {
 protected:
  void add(const char* slug, const char* destination, LinkState state) {
    Link link;
    link.slug = slug;
    link.destination = destination;
    link.state = state;
    ASSERT_TRUE(house_.site.store.add_link(link));
  }
};

TEST_F(PrivacyTest, NamesNetworksOfLinksInUse) {
  add("kettle", "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2", LinkState::Active);
  add("pot", "https://www.amazon.com/dp/B1?tag=site-20", LinkState::Direct);
  add("old", "https://www.ebay.com/itm/1?campid=5", LinkState::Disabled);
  const Asked asked = get("/api/v1/privacy");
  EXPECT_EQ(asked.status, 200);
  EXPECT_THAT(asked.body.at("kept").at("token_networks"), ElementsAre("awin"));
  EXPECT_THAT(asked.body.at("kept").at("direct_networks"), ElementsAre("amazon"));
  EXPECT_EQ(asked.body.at("kept").at("ip_address_stored"), false);
  EXPECT_EQ(asked.body.at("text").at("en"), get("/api/v1/privacy?format=text").response.body);
  EXPECT_EQ(asked.body.at("html").at("de"),
            get("/api/v1/privacy?format=html&language=de").response.body);
  EXPECT_EQ(get("/api/v1/privacy?language=fr").status, 422);
  EXPECT_EQ(get("/api/v1/privacy?format=csv").status, 422);
}

TEST(PrivacyNotice, SaysWhatEachSwitchDoes) {
  PrivacyFacts facts{.site = "A & B <c>",
                     .switches = {},
                     .impressions = false,
                     .token_networks = {"awin", "cj", "impact"},
                     .direct_networks = {}};
  for (const NoticeLanguage language : {NoticeLanguage::English, NoticeLanguage::German}) {
    const bool english = language == NoticeLanguage::English;
    const char* asked = english ? "you consented" : "eingewilligt";
    facts.switches = {};
    const std::string on = text_of(facts, language);
    EXPECT_THAT(on, HasSubstr("48"));
    EXPECT_THAT(on, HasSubstr(english ? "awin, cj and impact" : "awin, cj und impact"));
    EXPECT_THAT(on, Not(HasSubstr(asked)));
    facts.switches = {PrivacySwitch::Consent, PrivacySwitch::Consent, PrivacySwitch::Consent};
    EXPECT_THAT(text_of(facts, language), HasSubstr(asked));
    facts.switches = {PrivacySwitch::Off, PrivacySwitch::Off, PrivacySwitch::Off};
    const std::string off = text_of(facts, language);
    EXPECT_THAT(off, Not(HasSubstr("48")));
    EXPECT_THAT(off, Not(HasSubstr("awin")));
    EXPECT_THAT(off, Not(HasSubstr(asked)));
  }
}

TEST(PrivacyNotice, TellsOfImpressionsOnlyWhereTheyAreTold) {
  PrivacyFacts facts{};
  EXPECT_THAT(text_of(facts, NoticeLanguage::English), Not(HasSubstr("came into view")));
  facts.impressions = true;
  EXPECT_THAT(text_of(facts, NoticeLanguage::English), HasSubstr("came into view"));
}

}  // namespace
}  // namespace candor::api
