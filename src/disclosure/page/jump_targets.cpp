#include "disclosure/page/jump_targets.h"

#include <map>
#include <string>

#include "base/ascii.h"
#include "link/url.h"

namespace candor::disclosure {
namespace {

/// The anchors of links such as "#recipe", by what they name.
std::map<std::string, std::uint32_t> jumps_of(const PageFacts& facts) {
  std::map<std::string, std::uint32_t> jumps;
  for (std::uint32_t i = 0; i < facts.outline.anchors.size(); ++i) {
    const Element& element = facts.outline.elements[facts.outline.anchors[i].element];
    const html::Token& tag = facts.page.tokens[element.start_token];
    const html::Attribute* href = facts.page.find_attribute(tag, "href");
    if (href == nullptr || element.inert) continue;
    const std::string_view written = ascii::trim(href->value.of(facts.bytes));
    if (written.size() < 2 || written.front() != '#') continue;
    const auto decoded = attribute_text(facts.page, tag, "href", facts.encoding);
    jumps.emplace(percent_decode(ascii::trim(*decoded).substr(1)), i);
  }
  return jumps;
}

}  // namespace

std::vector<JumpTarget> jump_targets(const PageFacts& facts) {
  std::vector<JumpTarget> targets;
  std::map<std::string, std::uint32_t> jumps = jumps_of(facts);
  for (std::uint32_t i = 0; i < facts.outline.elements.size() && !jumps.empty(); ++i) {
    const Element& element = facts.outline.elements[i];
    const html::Token& tag = facts.page.tokens[element.start_token];
    if (tag.attribute_count == 0 || element.inert) continue;
    auto name = attribute_text(facts.page, tag, "id", facts.encoding);
    if (!name && element.tag == Tag::A)
      name = attribute_text(facts.page, tag, "name", facts.encoding);
    const auto jump = name ? jumps.find(*name) : jumps.end();
    if (jump == jumps.end()) continue;
    const std::uint32_t from =
        facts.outline.elements[facts.outline.anchors[jump->second].element].start_token;
    if (from < element.start_token) targets.push_back({tag.range.begin, i, jump->second});
    jumps.erase(jump);
  }
  return targets;
}

}  // namespace candor::disclosure
