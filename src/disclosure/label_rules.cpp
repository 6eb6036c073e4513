// What each paid link carries: its rel, its label.
#include "disclosure/rule_reading.h"

namespace candor::disclosure {
namespace {

void read_rel(RuleReading& reading, const PageLink& link) {
  const PageFacts& facts = reading.facts;
  const html::Token& tag = facts.page.tokens[link.token];
  const std::string rel = attribute_text(facts.page, tag, "rel", facts.encoding).value_or("");
  if (has_word(rel, "sponsored")) return;
  const bool nofollow = has_word(rel, "nofollow");
  reading
      .add("CD401", tag.range,
           "The paid link " + reading.name_of(link) +
               (nofollow ? " is only nofollow." : " has no rel=\"sponsored\"."))
      .lighter = nofollow;
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
    if (!link.is_content || is_labelled(reading.facts, link)) continue;
    Breach& breach =
        reading.add("CD403", reading.place_of(link),
                    "The paid link " + reading.name_of(link) + " carries no label of its own.");
    if (link.is_amazon) breach.network = "Amazon";
  }
}

}  // namespace candor::disclosure
