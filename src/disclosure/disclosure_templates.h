#pragma once
// The texts that go into pages, by locale (templates.json): written for Candor, each a statement of
// fact about the page it stands on.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "disclosure/policy.h"

namespace candor::disclosure {

struct Template {
  std::string locale;   ///< "en-US", "de"
  std::string label;    ///< "(paid link)"
  std::string top;      ///< for pages whose every paid link carries the label
  std::string top_all;  ///< for pages where labels cannot be placed
  std::string amazon;   ///< Amazon's required sentence
};

std::vector<std::string> template_locales();
/// Exactly this locale, or nullptr.
const Template* find_template(std::string_view locale);

/// The owner's language, else the page's, else the first jurisdiction's, else en-US. English takes
/// the form with an ad word when any of the jurisdictions asks for one: it satisfies the others
/// too.
const Template& choose_template(const Policy& policy, std::string_view page_language);

/// `text` with {site} filled in.
std::string with_site(std::string_view text, std::string_view site_name);

}  // namespace candor::disclosure
