#include "disclosure/wording/disclosure_templates.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/ascii.h"
#include "disclosure_data.h"

namespace candor::disclosure {
namespace {

const std::vector<Template>& all_templates() {
  static const std::vector<Template> all = [] {
    std::vector<Template> read;
    const auto json =
        nlohmann::ordered_json::parse(disclosure_data::file("wording/templates.json"));
    for (const auto& [locale, texts] : json.items())
      read.push_back({locale, texts.at("ad_word"), texts.at("label"), texts.at("top"),
                      texts.at("top_all"), texts.at("same_price"), texts.at("footer"),
                      texts.at("page_title"), texts.at("page_programmes"), texts.at("this_site")});
    return read;
  }();
  return all;
}

/// Jurisdictions whose regulators want a word for advertising, where a statement of pay is not
/// enough (rule CD204), or read English texts by the British rules.
bool wants_ad_word(std::string_view jurisdiction) {
  static constexpr std::array<std::string_view, 13> kThese{"UK", "IE", "DE", "AT", "FR", "ES", "IT",
                                                           "PL", "SE", "JP", "CN", "AU", "KR"};
  return std::find(kThese.begin(), kThese.end(), jurisdiction) != kThese.end();
}

const Template& english(const Policy& policy, std::string_view language) {
  const bool british =
      ascii::equals_ignoring_case(language, "en-GB") ||
      ascii::equals_ignoring_case(language, "en-IE") ||
      std::any_of(policy.jurisdictions.begin(), policy.jurisdictions.end(), wants_ad_word);
  return *find_template(british ? "en-GB" : "en-US");
}

const Template* by_language(const Policy& policy, std::string_view language) {
  if (language.empty()) return nullptr;
  const std::string_view primary = primary_subtag(language);
  if (ascii::equals_ignoring_case(primary, "en")) return &english(policy, language);
  for (const Template& each : all_templates())
    if (ascii::equals_ignoring_case(primary_subtag(each.locale), primary)) return &each;
  return nullptr;
}

std::string_view language_of(std::string_view jurisdiction) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kLanguages{
      {{"DE", "de"},
       {"AT", "de"},
       {"FR", "fr"},
       {"ES", "es"},
       {"IT", "it"},
       {"NL", "nl"},
       {"PL", "pl"},
       {"SE", "sv"},
       {"JP", "ja"},
       {"KR", "ko"},
       {"CN", "zh"},
       {"BR", "pt-BR"}}};
  for (const auto& [code, language] : kLanguages)
    if (code == jurisdiction) return language;
  return "en";
}

}  // namespace

std::string_view primary_subtag(std::string_view language) {
  return language.substr(0, language.find_first_of("-_"));
}

std::vector<std::string> template_locales() {
  std::vector<std::string> locales;
  for (const Template& each : all_templates()) locales.push_back(each.locale);
  return locales;
}

const Template* find_template(std::string_view locale) {
  for (const Template& each : all_templates())
    if (ascii::equals_ignoring_case(each.locale, locale)) return &each;
  return nullptr;
}

bool knows_language(std::string_view language) {
  return std::ranges::any_of(all_templates(), [&](const Template& each) {
    return ascii::equals_ignoring_case(primary_subtag(each.locale), primary_subtag(language));
  });
}

const Template& choose_template(const Policy& policy, std::string_view page_language) {
  if (const Template* exact = find_template(policy.language)) return *exact;
  if (const Template* found = by_language(policy, policy.language)) return *found;
  if (const Template* found = by_language(policy, page_language)) return *found;
  const std::string_view language = policy.jurisdictions.empty() || !page_language.empty()
                                        ? "en"
                                        : language_of(policy.jurisdictions.front());
  return *by_language(policy, language);
}

std::string with_site(std::string_view text, std::string_view site_name) {
  constexpr std::string_view kSlot = "{site}";
  std::string filled;
  while (true) {
    const std::size_t at = text.find(kSlot);
    filled += text.substr(0, at);
    if (at == std::string_view::npos) return filled;
    filled += site_name;
    text.remove_prefix(at + kSlot.size());
  }
}

std::string with_site(std::string_view text, const Policy& policy, std::string_view language) {
  if (!policy.site_name.empty()) return with_site(text, policy.site_name);
  const Template* found = by_language(policy, language);
  const std::string& name = (found != nullptr ? *found : *find_template("en-US")).this_site;
  std::string filled = with_site(text, name);
  // It may begin a sentence.
  for (std::size_t at = filled.find(name); at != std::string::npos; at = filled.find(name, at + 1))
    if (at == 0 || filled.substr(0, at).ends_with(". "))
      filled[at] =
          filled[at] >= 'a' && filled[at] <= 'z' ? static_cast<char>(filled[at] - 32) : filled[at];
  return filled;
}

}  // namespace candor::disclosure
