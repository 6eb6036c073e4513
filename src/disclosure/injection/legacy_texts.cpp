#include "disclosure/injection/legacy_texts.h"

#include <algorithm>
#include <string_view>

#include "base/ascii.h"

namespace candor::disclosure {
namespace {

constexpr std::size_t kLegacyBytes = 500;

bool discloses_poorly(const Candidate& candidate) {
  const Wording& w = candidate.wording;
  const bool hedges = w.has(Hedge::Presence) || w.has(Hedge::Quantity);
  if (w.has(Says::Negation) || w.amazon_statement()) return false;
  return w.has(Says::Bare) || (hedges && (w.has(Says::Explain) || w.has(Says::Program)));
}

bool has_letter(std::string_view text) {
  return std::ranges::any_of(
      text, [](char c) { return ascii::is_alpha(c) || static_cast<unsigned char>(c) >= 0x80; });
}

/// "Learn more": all that the text says there is a link to the page that discloses.
bool points_to_disclosure(const PageFacts& facts, std::uint32_t block, std::size_t begin,
                          std::size_t end) {
  return std::ranges::any_of(facts.outline.anchors, [&](const Anchor& anchor) {
    if (anchor.block != block || anchor.last_block != block) return false;
    if (anchor.text_begin > begin || anchor.text_end < end) return false;
    const Element& link = facts.outline.elements[anchor.element];
    const std::string href = ascii::to_lower(
        attribute_text(facts.page, facts.page.tokens[link.start_token], "href", facts.encoding)
            .value_or(""));
    return href.find("disclos") != std::string::npos || href.find("disclaim") != std::string::npos;
  });
}

/// "By Ann · This post may contain affiliate links." says more than a disclosure does.
bool is_wholly_disclosure(const PageFacts& facts, std::uint32_t block) {
  const std::string& whole = facts.outline.blocks[block].text;
  std::string_view text = whole;
  while (!text.empty()) {
    std::size_t end = text.size();
    std::size_t next = text.size();
    for (const std::string_view mark :
         {".", "!", "?", "|", "\u00B7", "\u2022", "\u3002", " - ", " \u2013 ", " \u2014 "}) {
      const std::size_t at = text.find(mark);
      if (at >= end) continue;
      end = at;
      next = at + mark.size();
    }
    const std::string_view part = ascii::trim(text.substr(0, end));
    const auto begin = static_cast<std::size_t>(part.data() - whole.data());
    if (has_letter(part) && classify(part).says == 0 &&
        !points_to_disclosure(facts, block, begin, begin + part.size()))
      return false;
    text.remove_prefix(next);
  }
  return true;
}

bool can_go(Tag tag) {
  return tag == Tag::P || tag == Tag::Div || tag == Tag::Aside || tag == Tag::Blockquote;
}

/// The widest element around the block that holds nothing else.
std::uint32_t only_holder(const PageFacts& facts, std::uint32_t block) {
  const Outline& outline = facts.outline;
  std::uint32_t found = kNoElement;
  for (std::uint32_t i = outline.blocks[block].element; i != kNoElement;
       i = outline.elements[i].parent) {
    const Element& element = outline.elements[i];
    const std::size_t begin = facts.page.tokens[element.start_token].range.begin;
    const auto& tokens = facts.page.tokens;
    // An element that is never closed ends with the page.
    const std::size_t end = element.end_token < tokens.size() ? tokens[element.end_token].range.end
                                                              : facts.bytes.size();
    const auto lies_inside = [&](std::uint32_t other) {
      return other < outline.blocks.size() && !outline.blocks[other].range.empty() &&
             outline.blocks[other].range.begin >= begin && outline.blocks[other].range.end <= end;
    };
    if (lies_inside(block + 1) || (block > 0 && lies_inside(block - 1))) break;
    if (!can_go(element.tag)) continue;
    if (!element.has_end_tag || element.misnested || element.foreign || element.inert) break;
    found = i;
  }
  return found;
}

/// Text and its marks only: no picture, form, script or anything else worth keeping.
bool holds_text_only(const PageFacts& facts, const Element& holder) {
  for (std::uint32_t i = holder.start_token + 1; i < holder.end_token; ++i) {
    const html::Token& token = facts.page.tokens[i];
    if (token.kind == html::TokenKind::Text || token.kind == html::TokenKind::EndTag) continue;
    if (token.kind != html::TokenKind::StartTag) return false;
    const auto is_any = [&](auto... names) { return (facts.page.is(token, names) || ...); };
    if (!is_any("p", "div", "em", "i", "b", "strong", "small", "span", "a", "br", "u", "font",
                "sup", "sub"))
      return false;
    if (facts.page.find_attribute(token, "id") != nullptr) return false;
  }
  return facts.page.find_attribute(facts.page.tokens[holder.start_token], "id") == nullptr;
}

}  // namespace

std::vector<LegacyText> legacy_texts_in(const PageFacts& facts) {
  std::vector<LegacyText> found;
  for (const Candidate& each : facts.candidates) {
    if (!each.shown || each.holds_link || each.is_heading || each.zone == Zone::Nav) continue;
    const std::string& text = facts.text_of(each);
    if (text.size() > kLegacyBytes || !discloses_poorly(each) ||
        !is_wholly_disclosure(facts, each.block))
      continue;
    const std::uint32_t holder = only_holder(facts, each.block);
    if (holder == kNoElement) continue;
    const Element& element = facts.outline.elements[holder];
    const ByteRange range{facts.page.tokens[element.start_token].range.begin,
                          facts.page.tokens[element.end_token].range.end};
    if (!holds_text_only(facts, element) || range.end > facts.page.certain_until) continue;
    if (found.empty() || found.back().range.end <= range.begin) found.push_back({range, text});
  }
  return found;
}

}  // namespace candor::disclosure
