// Where the disclosure stands: before the links, in the content, in view.
#include <algorithm>
#include <array>

#include "disclosure/rule_reading.h"

namespace candor::disclosure {
namespace {

using Candidates = RuleReading::Candidates;

/// A disclosure that stands only in a tooltip or a label for screen readers.
bool read_tooltips(RuleReading& reading) {
  static constexpr std::array<std::string_view, 4> kNames{"title", "aria-label", "data-tooltip",
                                                          "data-tip"};
  const PageFacts& facts = reading.facts;
  for (const Element& element : facts.outline.elements) {
    const html::Token& tag = facts.page.tokens[element.start_token];
    if (element.inert || tag.attribute_count == 0) continue;
    for (const std::string_view name : kNames) {
      const auto text = attribute_text(facts.page, tag, name, facts.encoding);
      if (!text || !classify(*text).has(Says::Explain)) continue;
      reading.add("CD303", tag.range, "The disclosure stands only in a tooltip: " + quoted(*text));
      return true;
    }
  }
  return false;
}

bool only_link_texts(const Candidates& weak) {
  return !weak.empty() && std::ranges::all_of(weak, [](const Candidate* each) {
    return each->wording.has(Says::LinkText);
  });
}

/// Nothing adequate stands anywhere on the page.
void read_absence(RuleReading& reading) {
  const Candidates& weak = reading.weak;
  const bool names_links = std::ranges::any_of(weak, [](const Candidate* each) {
    return each->wording.has(Says::Bare) || each->wording.has(Says::Program) ||
           each->wording.has(Says::AmazonLegacy);
  });
  if (names_links) return;  // CD202 says what is wrong with that text.
  if (only_link_texts(weak)) {
    reading.add("CD105", weak.front()->range,
                "The page only points to a disclosure (" + reading.quote(*weak.front()) +
                    "); it says nothing itself.");
    return;
  }
  if (weak.empty() && read_tooltips(reading)) return;
  const PageLink& link = reading.first_link();
  std::string message =
      "The page has " + reading.count_of_links() + " but says nowhere that they pay.";
  if (!weak.empty())
    message = reading.quote(*weak.front()) + " does not say that links like " +
              reading.name_of(link) + " pay the site.";
  reading.add("CD101", reading.place_of(link), std::move(message));
}

void read_order_of(RuleReading& reading, const Candidate& first) {
  const PageFacts& facts = reading.facts;
  if (!facts.first_content_link) return;
  const auto& paid = facts.links.paid;
  const PageLink& first_link = paid[*facts.first_content_link];
  if (first.range.begin < facts.offset_of(first_link)) return;
  const bool behind_all = first.range.begin > facts.offset_of(paid[*facts.last_content_link]);
  reading.add(behind_all ? "CD107" : "CD102", first.range,
              "The first disclosure, " + reading.quote(first) + ", comes after " +
                  (behind_all ? "the last paid link."
                              : "the paid link " + reading.name_of(first_link) + "."));
}

void read_order(RuleReading& reading) {
  const auto in_content = std::ranges::find_if(reading.adequate, [](const Candidate* each) {
    return each->zone == Zone::Content || each->zone == Zone::Header;
  });
  if (in_content != reading.adequate.end()) return read_order_of(reading, **in_content);
  const auto footer = std::ranges::find(reading.adequate, Zone::Footer, &Candidate::zone);
  if (footer == reading.adequate.end()) {
    const Candidate& aside = *reading.adequate.front();
    reading.add("CD106", aside.range,
                "The disclosure stands beside the content only: " + reading.quote(aside));
    return;
  }
  const bool links_elsewhere = std::ranges::any_of(
      reading.facts.links.paid, [](const PageLink& link) { return link.zone != Zone::Footer; });
  if (links_elsewhere)
    reading.add("CD104", (*footer)->range,
                "Only the footer says that money is paid: " + reading.quote(**footer));
}

/// A paid link that readers meet above the disclosure: in the navigation, the site's head.
void read_navigation(RuleReading& reading) {
  if (reading.effective.empty()) return;
  const std::size_t disclosed = reading.effective.front()->range.begin;
  for (const PageLink& link : reading.facts.links.paid) {
    if (link.is_content || reading.facts.offset_of(link) > disclosed) continue;
    if (is_labelled(reading.facts, link)) continue;
    reading.add("CD103", reading.place_of(link),
                "The paid link " + reading.name_of(link) + " stands above the disclosure.");
    return;
  }
}

}  // namespace

void read_placement(RuleReading& reading) {
  if (!reading.adequate.empty()) {
    read_order(reading);
    read_navigation(reading);
    return;
  }
  if (reading.unseen.empty()) return read_absence(reading);
  const Candidate& unseen = *reading.unseen.front();
  if (unseen.hidden)
    reading.add("CD301", unseen.range,
                "The disclosure " + reading.quote(unseen) + " is not shown.");
  else
    reading.add("CD302", unseen.range,
                "The disclosure " + reading.quote(unseen) + " is only shown after a click.");
}

void read_without_links(RuleReading& reading) {
  if (!reading.facts.links.unsure.empty()) return;
  for (const Candidate& each : reading.facts.candidates) {
    const Wording& w = each.wording;
    if (!each.shown || each.mostly_link) continue;
    if (!w.has(Says::Explain) && !w.has(Says::Bare) && !w.amazon_statement()) continue;
    reading.add("CD110", each.range,
                "The page says " + reading.quote(each) + ", but no paid link was found on it.");
    return;
  }
}

}  // namespace candor::disclosure
