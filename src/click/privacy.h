#pragma once
// The owner's privacy switches, and what a reader's cookies say of consent.
#include <cstdint>
#include <optional>
#include <string_view>

namespace candor {

/// off: never. consent: for requests whose cookies carry the reader's consent. on: always.
enum class PrivacySwitch : std::uint8_t { Off, Consent, On };
/// "off", "consent", "on"
std::string_view name_of(PrivacySwitch value);
std::optional<PrivacySwitch> find_privacy_switch(std::string_view name);

struct PrivacySwitches {
  PrivacySwitch visitors = PrivacySwitch::On;     ///< the day's pseudonymous visitor key
  PrivacySwitch beacon = PrivacySwitch::On;       ///< clicks on direct links, article views
  PrivacySwitch click_token = PrivacySwitch::On;  ///< the click's token in the destination
  friend bool operator==(const PrivacySwitches&, const PrivacySwitches&) = default;
};

/// What consent is asked for.
enum class Purpose : std::uint8_t { Visitors, Beacon, ClickToken };

PrivacySwitch switch_of(const PrivacySwitches& switches, Purpose purpose);

/// Whether a Cookie header says so: "candor_consent=visitors,beacon,click_token" names each purpose
/// (separated by ',', '.', '|', "%2C" or blanks), and the WP Consent API's cookies speak for
/// several: "wp_consent_statistics=allow" for visitors and beacon, "wp_consent_marketing=allow" for
/// click_token (https://github.com/WordPress/wp-consent-level-api, read 2026-11-20).
bool consents(std::string_view cookie_header, Purpose purpose);

/// Whether the owner's switch and the reader's cookies allow it.
bool allows(PrivacySwitch value, std::string_view cookie_header, Purpose purpose);

}  // namespace candor
