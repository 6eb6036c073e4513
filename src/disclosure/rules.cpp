// Placement rules exclude each other: of CD101, CD105, CD104, CD107, CD106 and CD102 the first that
// holds is reported; a hidden disclosure is CD301 or CD302 instead. Wording rules (CD201 and up)
// speak only while no effective disclosure stands on the page: beside one, an old hedging line does
// no harm.
#include "disclosure/rules.h"

#include <algorithm>

#include "disclosure/rule_reading.h"

namespace candor::disclosure {

std::vector<Breach> breaches_of(const PageFacts& facts, const Policy& policy) {
  RuleReading reading(facts, policy);
  read_forced_visits(reading);
  if (!reading.has_paid_links()) {
    read_without_links(reading);
    return std::move(reading.breaches);
  }
  read_placement(reading);
  read_wording(reading);
  read_labels(reading);
  read_amazon(reading);
  std::ranges::stable_sort(reading.breaches, {}, &Breach::rule);
  return std::move(reading.breaches);
}

}  // namespace candor::disclosure
