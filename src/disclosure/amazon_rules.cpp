// What Amazon's agreement asks of pages that link to it.
#include <algorithm>

#include "disclosure/rule_reading.h"

namespace candor::disclosure {
namespace {

void read_statement(RuleReading& reading, const PageLink& link) {
  const Candidate* statement = nullptr;
  const Candidate* legacy = nullptr;
  bool only_below = true;
  for (const Candidate& each : reading.facts.candidates) {
    if (!each.wording.amazon_statement()) continue;
    if (statement == nullptr) statement = &each;
    if (each.wording.has(Says::AmazonLegacy) && legacy == nullptr) legacy = &each;
    only_below = only_below && (each.zone == Zone::Footer || !each.shown);
  }
  if (statement == nullptr) {
    reading.add("CD501", reading.place_of(link),
                "The page links to Amazon (" + reading.name_of(link) +
                    ") without the sentence its agreement asks for.");
    return;
  }
  if (legacy != nullptr)
    reading.add("CD502", legacy->range,
                reading.quote(*legacy) + " is the older form; Amazon still accepts it.");
  if (only_below)
    reading.add("CD503", statement->range,
                "Amazon's sentence stands only in the footer or is not shown: " +
                    reading.quote(*statement));
}

}  // namespace

void read_amazon(RuleReading& reading) {
  const auto& paid = reading.facts.links.paid;
  const auto link = std::ranges::find_if(paid, &PageLink::is_amazon);
  if (link != paid.end()) read_statement(reading, *link);
}

}  // namespace candor::disclosure
