#pragma once
// Links of a page that lead to articles of the site whose every link to a shop pays: cards,
// headlines, "read also". Some regulators want the ad word there already.
#include <cstddef>
#include <string>
#include <vector>

#include "disclosure/page/page_facts.h"
#include "disclosure/wording/policy.h"

namespace candor::disclosure {

struct Teaser {
  std::size_t anchor = 0;  ///< index into the outline's anchors
  std::string path;        ///< what it leads to
  std::string name;        ///< the same, with its host where the page tells it
};

/// In page order; not those in the footer, those nobody sees, or those to the page itself. None
/// without Policy::is_wholly_paid.
std::vector<Teaser> teasers_in(const PageFacts& facts, const Policy& policy);

/// Whether readers of the card or headline are told, in the jurisdiction's words. True for links
/// without text: another link of the card has it.
bool has_ad_word_at(const PageFacts& facts, const Anchor& anchor, std::string_view jurisdiction);

}  // namespace candor::disclosure
