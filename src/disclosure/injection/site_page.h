#pragma once
// The site's own page about its paid links: for readers who want to know more than an article's
// notice says. It stands in for no notice.
#include <string>
#include <vector>

#include "disclosure/injection/page_texts.h"
#include "disclosure/wording/policy.h"

namespace candor::disclosure {

struct SitePage {
  std::string title;  ///< UTF-8, as are the others
  std::string html;   ///< one section element; ASCII
  std::string language;
  std::vector<std::string> notes;
};

/// Names each network once, as its owner writes it, and says what the networks ask sites to say.
SitePage site_page(const Policy& policy, const std::vector<PaidTarget>& targets);

/// A whole document around it, that needs nothing else.
std::string as_document(const SitePage& page);

}  // namespace candor::disclosure
