#pragma once
// The links of a page that pay its owner: known networks', and the owner's own redirects.
#include <cstdint>
#include <string>
#include <vector>

#include "disclosure/outline.h"
#include "disclosure/policy.h"
#include "html/token.h"

namespace candor::disclosure {

struct PageLink {
  PaidLink link;
  std::string written_href;  ///< decoded, as it stands in the page
  std::uint32_t token = 0;   ///< the a or area start tag
  std::uint32_t anchor = 0;  ///< index in Outline::anchors
  Zone zone = Zone::Content;
  bool is_content = false;  ///< in the main content or behind its start: ordering rules apply
  bool is_amazon = false;
};

struct PageLinks {
  std::vector<PageLink> paid;  ///< in page order
  std::vector<std::string>
      unsure;  ///< why some others may be paid too; each reason once, 20 at most
};

PageLinks links_of(const html::Page& page, const Outline& outline, const html::Encoding& encoding,
                   const Policy& policy);

/// The policy's prefix with a slash at its end; empty when links could not be known again by it.
std::string usable_go_prefix(const Policy& policy);

/// The href with the article and the placement stamped on it, its other parameters kept.
std::string stamped(std::string_view written, std::string_view article_path, int placement);

/// Words of a white-space separated attribute, ignoring ASCII case.
bool has_word(std::string_view list, std::string_view word);

/// `bytes` of UTF-8 at most, cut between characters.
std::string_view shortened(std::string_view utf8, std::size_t bytes);

}  // namespace candor::disclosure
