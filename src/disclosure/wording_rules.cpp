// What the disclosure says, and in whose words.
#include <algorithm>

#include "disclosure/rule_reading.h"

namespace candor::disclosure {
namespace {

void read_hedges(RuleReading& reading) {
  for (const Candidate& each : reading.facts.candidates) {
    if (!each.shown || !speaks_of_links(each)) continue;
    if (!each.wording.has(Hedge::Presence) && !each.wording.has(Hedge::Quantity)) continue;
    reading.add("CD201", each.range,
                reading.quote(each) + " leaves open whether this page has paid links. It has " +
                    std::to_string(reading.facts.links.paid.size()) + ".");
    return;
  }
}

void read_bare(RuleReading& reading) {
  const Candidate* found = nullptr;
  for (const Candidate* each : reading.weak) {
    const Wording& w = each->wording;
    if (w.has(Says::Explain) || w.has(Says::AdLabel)) continue;
    if (w.has(Says::Bare) && !w.has(Says::Amazon) && !w.has(Says::AmazonVariant)) {
      found = each;
      break;
    }
    if (found == nullptr && reading.adequate.empty() &&
        (w.has(Says::Program) || w.has(Says::AmazonLegacy)))
      found = each;
  }
  if (found != nullptr)
    reading.add("CD202", found->range,
                reading.quote(*found) + " does not say that anyone is paid.");
}

void read_support(RuleReading& reading) {
  for (const Candidate* each : reading.weak) {
    if (!each->wording.has(Says::Support) || each->wording.has(Says::Explain)) continue;
    reading.add("CD206", each->range,
                reading.quote(*each) + " asks for support without saying that money is paid.");
    return;
  }
}

void read_denials(RuleReading& reading) {
  for (const Candidate& each : reading.facts.candidates) {
    if (!each.shown || each.mostly_link || !each.wording.has(Says::Negation)) continue;
    if (each.wording.has(Says::Explain) || each.zone == Zone::Nav) continue;
    reading.add("CD207", each.range,
                reading.quote(each) + " contradicts the page's " + reading.count_of_links() + ".");
    return;
  }
}

void read_ad_words(RuleReading& reading) {
  const Candidate* shown = reading.statement();
  for (const std::string& jurisdiction : reading.policy.jurisdictions) {
    if (has_ad_word(reading, jurisdiction)) continue;
    const ByteRange place =
        shown != nullptr ? shown->range : reading.place_of(reading.first_link());
    reading
        .add("CD204", place,
             "Nothing at the start of the page, in its title or at its links is a word " +
                 jurisdiction + " takes for advertising.")
        .jurisdiction = jurisdiction;
    if (shown != nullptr && shown->wording.has(Hedge::Benefit))
      reading
          .add("CD203", shown->range, reading.quote(*shown) + " leaves open whether money is paid.")
          .jurisdiction = jurisdiction;
  }
}

}  // namespace

void read_wording(RuleReading& reading) {
  read_denials(reading);
  const bool stated = std::ranges::any_of(reading.effective, [](const Candidate* each) {
    return !each->wording.has(Hedge::Presence) && !each->wording.has(Hedge::Quantity);
  });
  if (!stated) read_hedges(reading);
  if (reading.effective.empty()) read_bare(reading);
  if (reading.adequate.empty()) read_support(reading);
  read_ad_words(reading);
}

}  // namespace candor::disclosure
