#include "click/privacy.h"

#include <algorithm>
#include <string>

#include "base/ascii.h"

namespace candor {
namespace {

std::string_view consent_name(Purpose purpose) {
  switch (purpose) {
    case Purpose::Visitors:
      return "visitors";
    case Purpose::Beacon:
      return "beacon";
    case Purpose::ClickToken:
      return "click_token";
  }
  return {};
}

/// A comma or blank, percent-encoded, in lower case.
bool is_encoded_separator(std::string_view text, std::size_t at) {
  const std::string_view three = text.substr(at, 3);
  return three == "%2c" || three == "%20";
}

bool names(std::string_view value, std::string_view name) {
  if (value.size() > 1 && value.front() == '"' && value.back() == '"')
    value = value.substr(1, value.size() - 2);
  const std::string text = ascii::to_lower(value);
  const auto stands_alone = [&](std::size_t begin) {
    const std::size_t end = begin + name.size();
    const bool open = begin == 0 || std::string_view(",.| +").contains(text[begin - 1]) ||
                      (begin >= 3 && is_encoded_separator(text, begin - 3));
    // "visitors%3Dfalse" is no yes: only a separator may follow.
    const bool shut = end == text.size() || std::string_view(",.| +").contains(text[end]) ||
                      is_encoded_separator(text, end);
    return open && shut;
  };
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1))
    if (stands_alone(at)) return true;
  return false;
}

/// One "name=value" of a Cookie header.
bool cookie_consents(std::string_view name, std::string_view value, Purpose purpose) {
  if (name == "candor_consent") return names(value, consent_name(purpose));
  const std::string_view level =
      purpose == Purpose::ClickToken ? "wp_consent_marketing" : "wp_consent_statistics";
  return name == level && value == "allow";
}

}  // namespace

std::string_view name_of(PrivacySwitch value) {
  switch (value) {
    case PrivacySwitch::Off:
      return "off";
    case PrivacySwitch::Consent:
      return "consent";
    case PrivacySwitch::On:
      return "on";
  }
  return "off";
}

std::optional<PrivacySwitch> find_privacy_switch(std::string_view name) {
  for (const PrivacySwitch each : {PrivacySwitch::Off, PrivacySwitch::Consent, PrivacySwitch::On})
    if (name_of(each) == name) return each;
  return std::nullopt;
}

PrivacySwitch switch_of(const PrivacySwitches& switches, Purpose purpose) {
  switch (purpose) {
    case Purpose::Visitors:
      return switches.visitors;
    case Purpose::Beacon:
      return switches.beacon;
    case Purpose::ClickToken:
      return switches.click_token;
  }
  return PrivacySwitch::Off;
}

bool consents(std::string_view cookie_header, Purpose purpose) {
  while (!cookie_header.empty()) {
    const std::size_t end = std::min(cookie_header.find(';'), cookie_header.size());
    const std::string_view pair = ascii::trim(cookie_header.substr(0, end));
    cookie_header.remove_prefix(std::min(end + 1, cookie_header.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    if (cookie_consents(ascii::trim(pair.substr(0, equals)), ascii::trim(pair.substr(equals + 1)),
                        purpose))
      return true;
  }
  return false;
}

bool allows(PrivacySwitch value, std::string_view cookie_header, Purpose purpose) {
  if (value == PrivacySwitch::Consent) return consents(cookie_header, purpose);
  return value == PrivacySwitch::On;
}

}  // namespace candor
