#pragma once
// Sentences that networks ask for word by word (required_statements.json, which cites its sources).
#include <string>
#include <string_view>
#include <vector>

#include "disclosure/wording/choices.h"

namespace candor::disclosure {

struct RequiredStatement {
  std::string key;                   ///< "amazon-de": how the owner's confirmation names it
  std::string network;               ///< "amazon", as in host_patterns.tsv
  std::vector<std::string> markets;  ///< "US", "UK", "DE"
  std::string language;              ///< "de"
  std::string text;                  ///< {site} is its only slot
  bool verified = false;             ///< else its wording is hearsay until the owner confirms it
};

/// All but earlier forms that networks still accept.
const std::vector<RequiredStatement>& required_statements();

/// Whether the statement may be used as it stands.
bool is_usable(const RequiredStatement& statement, const Choices& choices);

/// Amazon's statement in the language of the host's marketplace; of a short link, which names none,
/// in the page's language. English where Amazon has none for the marketplace.
const RequiredStatement& amazon_statement(std::string_view host, std::string_view page_language);

}  // namespace candor::disclosure
