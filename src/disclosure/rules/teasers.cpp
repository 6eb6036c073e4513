#include "disclosure/rules/teasers.h"

#include <algorithm>

#include "base/ascii.h"
#include "disclosure/page/page_address.h"
#include "disclosure/wording/ad_words.h"

namespace candor::disclosure {
namespace {

bool is_of_site(const Policy& policy, const LinkTarget& target) {
  return target.host.empty() ||
         std::ranges::any_of(policy.site_hosts, [&](const std::string& each) {
           return ascii::equals_ignoring_case(each, target.host);
         });
}

}  // namespace

std::vector<Teaser> teasers_in(const PageFacts& facts, const Policy& policy) {
  std::vector<Teaser> found;
  if (!policy.is_wholly_paid) return found;
  const PageAddress address(policy.article_path, facts.outline.base_href);
  const auto& anchors = facts.outline.anchors;
  for (std::size_t i = 0; i < anchors.size(); ++i) {
    const Element& element = facts.outline.elements[anchors[i].element];
    if (element.inert || element.hidden || element.zone == Zone::Footer) continue;
    const html::Token& tag = facts.page.tokens[element.start_token];
    const auto href = attribute_text(facts.page, tag, "href", facts.encoding);
    if (!href) continue;
    const auto target = address.resolve(*href);
    if (!target || !is_of_site(policy, *target)) continue;
    std::string name = target->url ? target->url->href : target->path;
    if (target->path == policy.article_path || !policy.is_wholly_paid(name)) continue;
    found.push_back({i, target->path, std::move(name)});
  }
  return found;
}

bool has_ad_word_at(const PageFacts& facts, const Anchor& anchor, std::string_view jurisdiction) {
  const auto& blocks = facts.outline.blocks;
  if (anchor.block >= blocks.size()) return true;
  const std::string_view text = blocks[anchor.block].text;
  const std::size_t begin = std::min<std::size_t>(anchor.text_begin, text.size());
  const std::string own = fold_text(text.substr(begin));
  return begins_with_ad_word(own, jurisdiction) || holds_ad_label(own, jurisdiction) ||
         begins_with_ad_word(fold_text(text), jurisdiction);
}

}  // namespace candor::disclosure
