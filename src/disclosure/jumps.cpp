#include "disclosure/jumps.h"

#include <algorithm>
#include <unordered_set>

#include "link/url.h"

namespace candor::disclosure {
namespace {

/// Ids that the page's links name, as browsers look for them: as written, and decoded.
std::unordered_set<std::string> jumped_to(const PageFacts& facts) {
  std::unordered_set<std::string> ids;
  for (const Anchor& anchor : facts.outline.anchors) {
    const html::Token& tag = facts.page.tokens[facts.outline.elements[anchor.element].start_token];
    const html::Attribute* href = facts.page.find_attribute(tag, "href");
    if (href == nullptr || !href->value.of(facts.bytes).starts_with('#') || href->value.size() < 2)
      continue;
    const std::string id = attribute_text(facts.page, tag, "href", facts.encoding)->substr(1);
    ids.insert(percent_decode(id));
    ids.insert(id);
  }
  return ids;
}

/// Elements that the ids name, in page order; the first of each.
std::vector<std::uint32_t> targets_of(const PageFacts& facts, std::unordered_set<std::string> ids) {
  std::vector<std::uint32_t> targets;
  for (std::uint32_t i = 0; i < facts.outline.elements.size() && !ids.empty(); ++i) {
    const Element& element = facts.outline.elements[i];
    const html::Token& tag = facts.page.tokens[element.start_token];
    if (tag.attribute_count == 0 || element.inert || element.hidden) continue;
    auto id = attribute_text(facts.page, tag, "id", facts.encoding);
    if (!id && element.tag == Tag::A) id = attribute_text(facts.page, tag, "name", facts.encoding);
    if (id && ids.erase(*id) > 0) targets.push_back(i);
  }
  return targets;
}

}  // namespace

void find_jumps(PageFacts& facts) {
  if (!facts.first_content_link) return;
  auto ids = jumped_to(facts);
  if (ids.empty()) return;
  const std::vector<std::uint32_t> targets = targets_of(facts, std::move(ids));
  const auto begin_of = [&](std::uint32_t element) {
    return facts.page.tokens[facts.outline.elements[element].start_token].range.begin;
  };
  for (const std::uint32_t target : targets) facts.targets.push_back(begin_of(target));
  std::vector<std::size_t> disclosures;
  for (const Candidate& each : facts.candidates)
    if (each.shown && is_adequate(facts, each)) disclosures.push_back(each.range.begin);
  std::size_t link = 0;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const std::size_t begin = begin_of(targets[i]);
    const std::size_t end = i + 1 < targets.size() ? begin_of(targets[i + 1]) : facts.bytes.size();
    const auto& paid = facts.links.paid;
    while (link < paid.size() && (facts.offset_of(paid[link]) < begin || !paid[link].is_content))
      ++link;
    if (link == paid.size()) break;
    const std::size_t at = facts.offset_of(paid[link]);
    if (at >= end) continue;
    const auto said = std::ranges::lower_bound(disclosures, begin);
    if (said == disclosures.end() || *said > at) facts.jumps.push_back({targets[i], link});
  }
}

}  // namespace candor::disclosure
