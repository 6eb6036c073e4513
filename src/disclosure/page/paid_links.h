#pragma once
// The links of a page that pay its owner: known networks', and the owner's own redirects.
#include <cstdint>
#include <string>
#include <vector>

#include "disclosure/page/outline.h"
#include "disclosure/wording/policy.h"
#include "html/token.h"

namespace candor::disclosure {

struct PageLink {
  PaidLink link;
  std::string written_href;  ///< decoded, as it stands in the page
  std::uint32_t token = 0;   ///< the a or area start tag
  std::uint32_t anchor = 0;  ///< index in Outline::anchors
  Zone zone = Zone::Content;
  bool is_content = false;  ///< neither navigation, head, footer, sidebar nor a bar above the
                            ///< content: ordering rules apply
  bool is_amazon = false;
  bool redirects = false;     ///< leads to the merchant by way of somebody else, or shortened
  bool own_redirect = false;  ///< by way of the site itself
  std::string destination;    ///< where a redirect is known to lead, an absolute URL; else empty
};

/// Something that takes readers, or their cookies, to a network without a click.
struct ForcedVisit {
  std::uint32_t token = 0;
  std::string network;
  std::string how;  ///< "a refresh", "an image", ...
};

struct PageLinks {
  std::vector<PageLink> paid;  ///< in page order
  std::vector<std::string>
      unsure;  ///< why some others may be paid too; each reason once, 20 at most
  std::vector<ForcedVisit> forced;
  std::vector<std::uint32_t> needless;  ///< tags of sponsored links known not to be paid
  std::vector<std::uint32_t> untagged;  ///< tags of links to Amazon's products without tag=

  /// The first of `unsure` are about links of the page itself; the rest about scripts, frames and
  /// other ways to a shop.
  std::size_t unsure_links = 0;

  void doubt(std::string reason);
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
