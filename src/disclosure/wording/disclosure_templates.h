#pragma once
// The texts that go into pages, by locale (templates.json): written for Candor, each a statement of
// fact about the page it stands on.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "disclosure/wording/policy.h"

namespace candor::disclosure {

struct Template {
  std::string locale;      ///< "en-US", "de"
  std::string ad_word;     ///< what its statements begin with: "Anzeige"; empty where they do not
  std::string label;       ///< "(paid link)"
  std::string top;         ///< for pages where some shop links pay nobody
  std::string top_all;     ///< for pages whose every shop link pays
  std::string same_price;  ///< what the owner may affirm: "You pay the same price."
  std::string footer;
  std::string page_title;       ///< of the site's page about its links
  std::string page_programmes;  ///< what introduces the list of programmes there
  std::string this_site;        ///< what a site without a name calls itself: "ce site"
};

/// "en-GB" -> "en"
std::string_view primary_subtag(std::string_view language);

std::vector<std::string> template_locales();
/// Exactly this locale, or nullptr.
const Template* find_template(std::string_view locale);

/// "de-CH" is known as "de".
bool knows_language(std::string_view language);

/// The owner's language, else the page's, else the first jurisdiction's, else en-US. English takes
/// the form with an ad word when any of the jurisdictions asks for one: it satisfies the others
/// too.
const Template& choose_template(const Policy& policy, std::string_view page_language);

/// `text` with {site} filled in.
std::string with_site(std::string_view text, std::string_view site_name);
/// With the policy's name, or what a site without one calls itself in `language`.
std::string with_site(std::string_view text, const Policy& policy, std::string_view language);

}  // namespace candor::disclosure
