// Placement rules exclude each other: of CD101, CD105, CD104, CD107, CD106 and CD102 the first that
// holds is reported; a hidden disclosure is CD301 or CD302 instead. Wording rules (CD201 and up)
// speak only while no effective disclosure stands on the page: beside one, an old hedging line does
// no harm.
#include "disclosure/rules/rules.h"

#include <algorithm>

#include "disclosure/rules/rule_reading.h"

namespace candor::disclosure {

namespace {

void read_page(RuleReading& reading) {
  read_forced_visits(reading);
  read_teasers(reading);
  if (!reading.has_paid_links()) return read_without_links(reading);
  read_placement(reading);
  read_wording(reading);
  read_labels(reading);
  read_visuals(reading);
  read_amazon(reading);
  read_networks(reading);
  read_variants(reading);
  read_subject(reading);
}

}  // namespace

Judgement judge(const PageFacts& facts, const Policy& policy) {
  RuleReading reading(facts, policy);
  switch (policy.surface) {
    case Surface::Page:
      read_page(reading);
      break;
    case Surface::FeedItem:
      read_feed_item(reading);
      break;
    case Surface::Email:
      read_forced_visits(reading);
      read_email(reading);
      break;
  }
  std::ranges::stable_sort(reading.breaches, {}, &Breach::rule);
  return {std::move(reading.breaches), std::move(reading.not_evaluated)};
}

}  // namespace candor::disclosure
