// What each paid link carries: its rel, its label, the merchant's name.
#include <algorithm>
#include <array>

#include "disclosure/rules/rule_reading.h"

namespace candor::disclosure {
namespace {

std::string attribute(const RuleReading& reading, const PageLink& link, std::string_view name) {
  const PageFacts& facts = reading.facts;
  return attribute_text(facts.page, facts.page.tokens[link.token], name, facts.encoding)
      .value_or("");
}

void read_rel(RuleReading& reading, const PageLink& link) {
  const std::string rel = attribute(reading, link, "rel");
  if (has_word(rel, "sponsored")) return;
  const bool nofollow = has_word(rel, "nofollow");
  reading
      .add("CD401", reading.place_of(link),
           "The paid link " + reading.name_of(link) +
               (nofollow ? " is only nofollow." : " has no rel=\"sponsored\"."))
      .lighter = nofollow;
}

void read_label(RuleReading& reading, const PageLink& link) {
  if (!link.is_content) return;
  if (!reading.is_labelled(link)) {
    Breach& breach =
        reading.add("CD403", reading.place_of(link),
                    "The paid link " + reading.name_of(link) + " carries no label of its own.");
    if (link.is_amazon) breach.network = "Amazon";
    return;
  }
  if (!reading.is_labelled_before(link))
    reading.add("CD404", reading.place_of(link),
                "The label of the paid link " + reading.name_of(link) + " comes after it.");
}

/// A sign that marks a link: what stands there is no word.
std::string_view sign_at(const Surroundings& around) {
  static constexpr std::array<std::string_view, 8> kSigns{
      "*", "\u2020", "\u2021", "\U0001F6D2", "\U0001F6CD", "\u00B9", "\u00B0", "\u2197"};
  for (const std::string_view sign : kSigns)
    if (around.behind.starts_with(sign) || around.inside_end.ends_with(sign) ||
        around.inside.starts_with(sign) || around.before.ends_with(sign))
      return sign;
  return {};
}

/// A cart in the link, as icon fonts name it.
bool has_cart(const RuleReading& reading, const PageLink& link) {
  const PageFacts& facts = reading.facts;
  const Element& anchor = facts.outline.elements[facts.outline.anchors[link.anchor].element];
  constexpr std::uint32_t kNear = 12;
  const std::uint32_t end = std::min(anchor.end_token, anchor.start_token + kNear);
  for (std::uint32_t i = anchor.start_token; i < end; ++i) {
    const html::Token& tag = facts.page.tokens[i];
    if (tag.kind != html::TokenKind::StartTag || tag.attribute_count == 0) continue;
    const html::Attribute* names = facts.page.find_attribute(tag, "class");
    if (names == nullptr) continue;
    for (const std::string_view name : {"fa-shopping-cart", "fa-cart-shopping", "icon-cart",
                                        "dashicons-cart", "bi-cart", "cart-icon"})
      if (has_word(names->value.of(facts.bytes), name)) return true;
  }
  return false;
}

/// A text that says what a sign means, by the sign or its name.
bool names_sign(std::string_view text, std::string_view sign) {
  if (!sign.empty() && text.find(sign) != std::string::npos) return true;
  const std::string folded = fold_text(text);
  static constexpr std::array<std::string_view, 11> kNames{
      "stern",  "asterisk",      "asterisco", "astérisque", "étoile", "gwiazdk",
      "stjärn", "einkaufswagen", "warenkorb", " cart",      "basket"};
  return std::ranges::any_of(
      kNames, [&](std::string_view name) { return folded.find(name) != std::string::npos; });
}

/// A sign or a cart stands for a label, and nothing said before the first such link what it means.
void read_signs(RuleReading& reading) {
  const PageFacts& facts = reading.facts;
  for (const PageLink& link : facts.links.paid) {
    if (!link.is_content || reading.is_labelled(link)) continue;
    const std::string_view sign = sign_at(surroundings_of(facts, link));
    if (sign.empty() && !has_cart(reading, link)) continue;
    const std::size_t at = facts.offset_of(link);
    const bool explained = std::ranges::any_of(facts.candidates, [&](const Candidate& each) {
      if (!each.shown || each.range.begin >= at || !speaks_of_links(each)) return false;
      return is_adequate(facts, each) || names_sign(facts.text_of(each), sign);
    });
    if (explained) return;
    reading.add("CD308", reading.place_of(link),
                "Only " + (sign.empty() ? "a cart" : quoted(sign)) + " marks the paid link " +
                    reading.name_of(link) + ", and nothing before it says what that means.");
    return;
  }
}

/// The link's text and about 30 words around it, folded, and what else names it.
std::string words_around(const RuleReading& reading, const PageLink& link) {
  constexpr std::size_t kNear = 200;
  const Outline& outline = reading.facts.outline;
  const Anchor& anchor = outline.anchors[link.anchor];
  std::string text = link.link.text;
  const auto add_block = [&](std::uint32_t block, std::size_t begin, std::size_t end) {
    if (block >= outline.blocks.size()) return;
    const std::string& whole = outline.blocks[block].text;
    const std::size_t from = std::min(whole.size(), begin > kNear ? begin - kNear : 0);
    const std::size_t to = std::min(whole.size(), end + kNear);
    text += ' ' + whole.substr(from, to - from);
  };
  add_block(anchor.block, anchor.text_begin, std::min(anchor.text_end, anchor.text_begin + 400U));
  if (anchor.last_block != anchor.block)
    add_block(anchor.last_block, anchor.last_end, anchor.last_end);
  for (const std::string_view name : {"aria-label", "title"})
    text += ' ' + attribute(reading, link, name);
  return fold_text(text);
}

/// Whether an image in the link names the merchant to those who see or hear it.
std::string image_texts(const RuleReading& reading, const PageLink& link) {
  const PageFacts& facts = reading.facts;
  const Element& anchor = facts.outline.elements[facts.outline.anchors[link.anchor].element];
  constexpr std::uint32_t kNear = 30;
  std::string texts;
  const std::uint32_t end = std::min(anchor.end_token, anchor.start_token + kNear);
  for (std::uint32_t i = anchor.start_token + 1; i < end; ++i) {
    const html::Token& tag = facts.page.tokens[i];
    if (tag.kind == html::TokenKind::StartTag && facts.page.is(tag, "img"))
      texts += ' ' + attribute_text(facts.page, tag, "alt", facts.encoding).value_or("");
  }
  return fold_text(texts);
}

bool names_merchant(const RuleReading& reading, const PageLink& link, std::string_view name) {
  return words_around(reading, link).find(name) != std::string::npos ||
         image_texts(reading, link).find(name) != std::string::npos;
}

/// Redirects and short links to Amazon or eBay that do not say whose shop they lead to. A
/// merchant's own short link does name it, to those who look at the address: those are told of
/// once.
void read_merchants(RuleReading& reading) {
  const PageLink* short_link = nullptr;
  std::size_t count = 0;
  for (const PageLink& link : reading.facts.links.paid) {
    const bool ebay = link.link.network == "ebay";
    if ((!link.is_amazon && !ebay) || !link.redirects) continue;
    if (names_merchant(reading, link, ebay ? "ebay" : "amazon")) continue;
    if (!link.own_redirect && link.destination.empty()) {
      if (short_link == nullptr) short_link = &link;
      ++count;
      continue;
    }
    reading
        .add("CD406", reading.place_of(link),
             "The link " + reading.name_of(link) + " leads to " + (ebay ? "eBay" : "Amazon") +
                 " without naming it.")
        .network = ebay ? "eBay" : "Amazon";
  }
  if (short_link == nullptr) return;
  reading
      .add("CD406", reading.place_of(*short_link),
           "The short link " + reading.name_of(*short_link) +
               (count > 1 ? " and " + std::to_string(count - 1) + " more do" : " does") +
               " not name the merchant.")
      .lighter = true;
}

void read_needless(RuleReading& reading) {
  for (const std::uint32_t token : reading.facts.links.needless)
    reading.add("CD402", reading.facts.page.tokens[token].range,
                "A link that pays nobody is marked sponsored.");
}

}  // namespace

void read_forced_visits(RuleReading& reading) {
  const PageFacts& facts = reading.facts;
  for (const ForcedVisit& visit : facts.links.forced)
    reading.add("CD407", facts.page.tokens[visit.token].range,
                "Without a click, " + visit.how + " leads to " + visit.network + ".");
}

void read_labels(RuleReading& reading) {
  for (const PageLink& link : reading.facts.links.paid) {
    read_rel(reading, link);
    read_label(reading, link);
  }
  read_merchants(reading);
  read_needless(reading);
  read_signs(reading);
}

}  // namespace candor::disclosure
