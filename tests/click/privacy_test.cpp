#include "click/privacy.h"

#include <gtest/gtest.h>

namespace candor {
namespace {

TEST(Consent, OwnCookieNamesEachPurpose) {
  for (const std::string_view cookies :
       {"candor_consent=visitors,beacon", "a=1; candor_consent=beacon.visitors; b=2",
        "candor_consent=\"beacon|visitors\"", "candor_consent=beacon%2Cvisitors",
        "candor_consent=beacon%20visitors"}) {
    EXPECT_TRUE(consents(cookies, Purpose::Visitors)) << cookies;
    EXPECT_TRUE(consents(cookies, Purpose::Beacon)) << cookies;
    EXPECT_FALSE(consents(cookies, Purpose::ClickToken)) << cookies;
  }
  EXPECT_TRUE(consents("candor_consent=click_token", Purpose::ClickToken));
}

TEST(Consent, WordPressLevelsSpeakForSeveral) {
  EXPECT_TRUE(consents("wp_consent_statistics=allow", Purpose::Visitors));
  EXPECT_TRUE(consents("wp_consent_statistics=allow", Purpose::Beacon));
  EXPECT_FALSE(consents("wp_consent_statistics=allow", Purpose::ClickToken));
  EXPECT_TRUE(consents("x=y; wp_consent_marketing=allow", Purpose::ClickToken));
  EXPECT_FALSE(consents("wp_consent_marketing=deny", Purpose::ClickToken));
}

TEST(Consent, NothingElseIsTakenForIt) {
  for (const std::string_view cookies :
       {"", "candor_consent", "candor_consent=", "candor_consent=no_beacon",
        "candor_consent=beacons", "xcandor_consent=beacon", "candor_consent=nobeacon",
        "c=candor_consent=beacon", ";;=;", "wp_consent_statistics-anonymous=allow",
        "wp_consent_statistics=allowed", "candor_consent=beacon%3Dfalse", "candor_consent=beacon%",
        "candor_consent=beacon%2"})
    EXPECT_FALSE(consents(cookies, Purpose::Beacon)) << cookies;
}

TEST(Consent, CountsOnlyWhereTheOwnerAsksForIt) {
  constexpr std::string_view kYes = "candor_consent=beacon";
  EXPECT_FALSE(allows(PrivacySwitch::Off, kYes, Purpose::Beacon));
  EXPECT_TRUE(allows(PrivacySwitch::Consent, kYes, Purpose::Beacon));
  EXPECT_FALSE(allows(PrivacySwitch::Consent, "", Purpose::Beacon));
  EXPECT_TRUE(allows(PrivacySwitch::On, "", Purpose::Beacon));
}

TEST(PrivacySwitch, HasANameBothWays) {
  for (const PrivacySwitch each : {PrivacySwitch::Off, PrivacySwitch::Consent, PrivacySwitch::On})
    EXPECT_EQ(find_privacy_switch(name_of(each)), each);
  EXPECT_FALSE(find_privacy_switch("ON"));
}

}  // namespace
}  // namespace candor
