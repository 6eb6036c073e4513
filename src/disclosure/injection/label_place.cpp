#include "disclosure/injection/label_place.h"

#include <algorithm>
#include <array>
#include <string>

namespace candor::disclosure {
namespace {

/// No label goes into a link below one of these.
bool is_no_place(Tag tag) {
  constexpr std::array<Tag, 6> kThese{Tag::Select, Tag::Option,   Tag::Head,
                                      Tag::Title,  Tag::Textarea, Tag::Iframe};
  return std::ranges::find(kThese, tag) != kThese.end();
}

bool has_text(const Anchor& anchor) {
  return anchor.block != anchor.last_block || anchor.text_begin != anchor.text_end;
}

}  // namespace

std::optional<LabelPlace> label_place(const PageFacts& facts, const Anchor& anchor, bool first) {
  const Element& element = facts.outline.elements[anchor.element];
  if (element.tag != Tag::A || element.foreign || !element.has_end_tag || element.misnested)
    return std::nullopt;
  for (std::uint32_t i = element.parent; i != kNoElement; i = facts.outline.elements[i].parent) {
    const Element& outer = facts.outline.elements[i];
    if (outer.foreign || is_no_place(outer.tag)) return std::nullopt;
  }
  LabelPlace place{facts.page.tokens[element.end_token].range.begin, LabelSide::End};
  if (place.border >= facts.page.certain_until) return std::nullopt;
  if (first && has_text(anchor))
    place = {facts.page.tokens[element.start_token].range.end, LabelSide::Begin};
  return place;
}

bool carries_label(const PageFacts& facts, const PageLink& link, std::string_view label,
                   bool first) {
  if (!first) return is_labelled(facts, link, label);
  const Anchor& anchor = facts.outline.anchors[link.anchor];
  if (anchor.block >= facts.outline.blocks.size()) return false;
  const std::string_view text = facts.outline.blocks[anchor.block].text;
  const std::string folded = fold_text(label);
  const std::size_t begin = std::min<std::size_t>(anchor.text_begin, text.size());
  const std::size_t near = std::min(begin, label.size() + 2);
  return fold_text(text.substr(begin, label.size() + 2)).starts_with(folded) ||
         fold_text(text.substr(begin - near, near)).ends_with(folded);
}

}  // namespace candor::disclosure
