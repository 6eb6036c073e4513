#include "disclosure/page/page_facts.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "disclosure/wording/disclosure_templates.h"
#include "html/tokenizer.h"

namespace candor::disclosure {
namespace {

bool in_heading(const Outline& outline, std::uint32_t element) {
  return element != kNoElement && is_heading(outline.elements[element].tag);
}

void find_candidates(PageFacts& facts) {
  std::vector<bool> holds_link(facts.outline.blocks.size());
  for (const PageLink& link : facts.links.paid) {
    const Anchor& anchor = facts.outline.anchors[link.anchor];
    for (const std::uint32_t block : {anchor.block, anchor.last_block})
      if (block < holds_link.size()) holds_link[block] = true;
  }
  for (std::uint32_t i = 0; i < facts.outline.blocks.size(); ++i) {
    const TextBlock& block = facts.outline.blocks[i];
    if (block.inert) continue;
    Candidate candidate;
    candidate.wording = classify(block.text);
    if (candidate.wording.says == 0) continue;
    candidate.block = i;
    candidate.range = block.range;
    candidate.zone = facts.outline.zone_of(block.element);
    candidate.shown = !block.hidden && !block.collapsed;
    candidate.hidden = block.hidden;
    candidate.holds_link = holds_link[i];
    candidate.is_heading = in_heading(facts.outline, block.element);
    candidate.mostly_link = block.link_bytes * 2 > block.text.size();
    facts.candidates.push_back(candidate);
  }
}

void find_content_links(PageFacts& facts) {
  for (std::size_t i = 0; i < facts.links.paid.size(); ++i) {
    if (!facts.links.paid[i].is_content) continue;
    if (!facts.first_content_link) facts.first_content_link = i;
    facts.last_content_link = i;
  }
}

bool all_content_links_are_amazons(const PageFacts& facts) {
  return std::all_of(facts.links.paid.begin(), facts.links.paid.end(),
                     [](const PageLink& link) { return link.is_amazon || !link.is_content; });
}

std::string_view text_between(const Outline& outline, std::uint32_t block, std::size_t begin,
                              std::size_t end) {
  if (block >= outline.blocks.size()) return {};
  const std::string_view text = outline.blocks[block].text;
  begin = std::min(begin, text.size());
  return text.substr(begin, std::min(end, text.size()) - std::min(begin, end));
}

/// "A (paid link) B": the label is A's.
bool stands_before(const Surroundings& around, std::string_view folded_label) {
  return around.before.ends_with(folded_label) &&
         !(around.follows_link && around.before == folded_label);
}

bool carries(const Surroundings& around, std::string_view folded_label) {
  if (around.inside.starts_with(folded_label) || around.inside_end.ends_with(folded_label))
    return true;
  if (around.behind.starts_with(folded_label)) return true;
  return stands_before(around, folded_label);
}

}  // namespace

PageFacts facts_of(std::string_view bytes, const Policy& policy, const PageFacts* earlier) {
  PageFacts facts;
  facts.bytes = bytes;
  facts.page.bytes = bytes;
  facts.page.certain_until = bytes.size();
  if (bytes.size() > kPageLimit) {
    facts.not_evaluated.emplace_back("the page is larger than 8 MiB");
    return facts;
  }
  facts.encoding = html::sniff_encoding(bytes);
  if (!facts.encoding.ascii_compatible) {
    facts.not_evaluated.push_back("the page is in " + facts.encoding.name +
                                  ", which cannot be read byte by byte");
    return facts;
  }
  facts.page = html::tokenize(bytes);
  facts.outline = outline_of(facts.page, facts.encoding, policy.content_selector);
  facts.links = links_of(facts.page, facts.outline, facts.encoding, policy);
  facts.not_evaluated = facts.links.unsure;
  find_content_links(facts);
  find_candidates(facts);
  look_at_page(facts, policy, earlier != nullptr ? earlier->looks.styles : nullptr);
  return facts;
}

Surroundings surroundings_of(const PageFacts& facts, const PageLink& link) {
  constexpr std::size_t kNear = 60;
  const Outline& outline = facts.outline;
  const Anchor& anchor = outline.anchors[link.anchor];
  std::size_t from = anchor.text_begin > kNear ? anchor.text_begin - kNear : 0;
  Surroundings around;
  if (link.anchor > 0) {
    const Anchor& previous = outline.anchors[link.anchor - 1];
    around.follows_link = previous.last_block == anchor.block && previous.last_end >= from;
    if (around.follows_link) from = std::min(previous.last_end, anchor.text_begin);
  }
  const auto folded = [&](std::uint32_t block, std::size_t begin, std::size_t end) {
    return fold_text(text_between(outline, block, begin, end));
  };
  around.before = folded(anchor.block, from, anchor.text_begin);
  around.inside = folded(anchor.block, anchor.text_begin, anchor.text_end);
  around.inside_end = folded(anchor.last_block, anchor.last_begin, anchor.last_end);
  around.behind = folded(anchor.last_block, anchor.last_end, anchor.last_end + kNear);
  return around;
}

std::uint32_t element_at(const PageFacts& facts, std::size_t offset) {
  const auto& elements = facts.outline.elements;
  const auto begins = [&](const Element& element) {
    return facts.page.tokens[element.start_token].range.begin;
  };
  const auto behind = std::ranges::upper_bound(elements, offset, {}, begins);
  auto at = behind == elements.begin() ? kNoElement
                                       : static_cast<std::uint32_t>(behind - elements.begin() - 1);
  while (at != kNoElement) {
    const std::uint32_t end = elements[at].end_token;
    if (end >= facts.page.tokens.size() || facts.page.tokens[end].range.begin > offset) return at;
    at = elements[at].parent;
  }
  return at;
}

bool is_adequate(const PageFacts& facts, const Candidate& candidate) {
  const Wording& wording = candidate.wording;
  if (wording.has(Says::Explain)) return true;
  // A lone "Anzeige" stands over banners; only where it speaks of links or heads the page is it
  // about them.
  if (wording.has(Says::AdLabel) && !wording.has(Says::AdWordAlone) && !candidate.holds_link &&
      (candidate.is_heading || wording.has(Says::AdPhrase)))
    return true;
  return (wording.has(Says::Amazon) || wording.has(Says::AmazonVariant) ||
          wording.has(Says::LegacyEarns)) &&
         all_content_links_are_amazons(facts);
}

bool is_effective(const PageFacts& facts, const Candidate& candidate) {
  if (!candidate.shown || !is_adequate(facts, candidate)) return false;
  if (candidate.zone != Zone::Content && candidate.zone != Zone::Header) return false;
  return !facts.first_content_link ||
         candidate.range.begin < facts.offset_of(facts.links.paid[*facts.first_content_link]);
}

std::string label_text(const PageFacts& facts, const PageLink& link) {
  const Surroundings around = surroundings_of(facts, link);
  constexpr std::size_t kNear = 40;
  const std::size_t from = around.before.size() > kNear ? around.before.size() - kNear : 0;
  return around.before.substr(from) + ' ' + around.inside + ' ' + around.inside_end + ' ' +
         around.behind.substr(0, kNear);
}

bool is_labelled(const PageFacts& facts, const PageLink& link, std::string_view label) {
  return carries(surroundings_of(facts, link), fold_text(label));
}

namespace {

const std::vector<std::string>& known_labels() {
  static const std::vector<std::string> kLabels = [] {
    std::vector<std::string> labels{
        "#ad",       "#commissionsearned", "(werbung)",      "(ad)",          "[ad]",
        "ad:",       "[anzeige]",          "anzeige:",       "paid link",     "(sponsored)",
        "[werbung]", "(werbelink)",        "(\u5e7f\u544a)", "(\uad11\uace0)"};
    for (const std::string& locale : template_locales())
      labels.push_back(fold_text(find_template(locale)->label));
    return labels;
  }();
  return kLabels;
}

}  // namespace

bool holds_label(std::string_view text) {
  const std::string folded = fold_text(text);
  return std::ranges::any_of(known_labels(), [&](const std::string& label) {
    return folded.find(label) != std::string::npos;
  });
}

bool is_labelled(const PageFacts& facts, const PageLink& link) {
  const Surroundings around = surroundings_of(facts, link);
  return std::ranges::any_of(known_labels(),
                             [&](const std::string& label) { return carries(around, label); });
}

bool is_labelled_before(const PageFacts& facts, const PageLink& link) {
  const Surroundings around = surroundings_of(facts, link);
  return std::ranges::any_of(known_labels(), [&](const std::string& label) {
    return around.inside.starts_with(label) || stands_before(around, label);
  });
}

}  // namespace candor::disclosure
