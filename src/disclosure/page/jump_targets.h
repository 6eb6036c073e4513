#pragma once
// Where links inside the page ("#recipe") lead their readers.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "disclosure/page/page_facts.h"

namespace candor::disclosure {

/// What a link inside the page leads to.
struct JumpTarget {
  std::size_t offset = 0;
  std::uint32_t element = 0;
  std::uint32_t anchor = 0;  ///< the first link that leads there
};

/// In page order; only those that stand behind their link.
std::vector<JumpTarget> jump_targets(const PageFacts& facts);

}  // namespace candor::disclosure
