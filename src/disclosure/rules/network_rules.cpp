// What the agreements of other networks than Amazon ask of a page with their links.
#include <algorithm>
#include <array>

#include "disclosure/rules/rule_reading.h"
#include "disclosure/wording/folded_text.h"
#include "disclosure/wording/required_statements.h"
#include "networks/link_pattern.h"

namespace candor::disclosure {
namespace {

const PageLink* link_of(const RuleReading& reading, std::string_view network) {
  for (const PageLink& link : reading.facts.links.paid)
    if (link.link.network == network) return &link;
  return nullptr;
}

/// Networks that ask for plain words in view, but for no words of their own. None takes the foot of
/// the page for a place in view.
constexpr std::array<std::string_view, 3> kPlainWords{"ebay", "rakuten", "walmart"};

void read_plain_words(RuleReading& reading) {
  const bool said = std::ranges::any_of(
      reading.adequate, [](const Candidate* each) { return each->zone != Zone::Footer; });
  if (said) return;
  for (const std::string_view network : kPlainWords)
    if (const PageLink* link = link_of(reading, network))
      reading.add(
          "CD507", reading.place_of(*link),
          std::string(networks::display_name(network)) +
              "'s agreement asks for a disclosure in plain words and in view; this page has "
              "none for the link " +
              reading.name_of(*link) + ".");
}

/// Whether the words stand on the page, whatever the site is called.
bool holds(const PageFacts& facts, std::string_view statement) {
  constexpr std::string_view kSlot = "{site}";
  const std::size_t slot = statement.find(kSlot);
  const std::string before = FoldedText(statement.substr(0, slot)).words_joined();
  const std::string behind = slot == std::string_view::npos
                                 ? std::string()
                                 : FoldedText(statement.substr(slot + kSlot.size())).words_joined();
  return std::ranges::any_of(facts.outline.blocks, [&](const TextBlock& block) {
    if (block.hidden || block.inert || block.text.size() < before.size()) return false;
    const std::string words = FoldedText(block.text).words_joined();
    const std::size_t at = words.find(before);
    return at != std::string::npos && words.find(behind, at + before.size()) != std::string::npos;
  });
}

void read_sentences(RuleReading& reading) {
  for (const RequiredStatement& each : required_statements()) {
    if (each.network == "amazon") continue;
    const PageLink* link = link_of(reading, each.network);
    if (link == nullptr || holds(reading.facts, each.text)) continue;
    reading
        .add("CD507", reading.place_of(*link),
             "The page links to " + std::string(networks::display_name(each.network)) +
                 " without the sentence it asks for: " + quoted(each.text))
        .lighter = !is_usable(each, reading.policy.choices);
  }
}

}  // namespace

void read_networks(RuleReading& reading) {
  read_plain_words(reading);
  read_sentences(reading);
}

}  // namespace candor::disclosure
