#pragma once
// The rules that can be decided from HTML alone, applied to a page's facts.
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_range.h"
#include "disclosure/page/page_facts.h"

namespace candor::disclosure {

/// A broken rule before jurisdictions weigh it.
struct Breach {
  std::string_view rule;  ///< "CD101"
  ByteRange place;
  std::string message;
  std::string jurisdiction = {};  ///< only there; empty: wherever the rule holds
  std::string network = {};       ///< "Amazon" when a network's own rule is broken too
  bool lighter = false;           ///< a variant that is only worth knowing
  bool only_warns = false;        ///< a variant that is a warning at most
};

struct Judgement {
  std::vector<Breach> breaches;            ///< in the order the rules are numbered in
  std::vector<std::string> not_evaluated;  ///< what a rule could not see, beside the facts' own
};

/// Empty for pages that could not be read.
Judgement judge(const PageFacts& facts, const Policy& policy);

}  // namespace candor::disclosure
