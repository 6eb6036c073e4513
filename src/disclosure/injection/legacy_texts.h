#pragma once
// Old disclosures of the owner's that do not disclose: they hedge, or name affiliate links without
// saying that anyone is paid.
#include <string>
#include <vector>

#include "base/byte_range.h"
#include "disclosure/page/page_facts.h"

namespace candor::disclosure {

struct LegacyText {
  ByteRange range;  ///< of the whole element
  std::string text;
};

/// Those that are all their element says, so that the element can go. In page order, none inside
/// another.
std::vector<LegacyText> legacy_texts_in(const PageFacts& facts);

}  // namespace candor::disclosure
