#pragma once
// Clicks as a journal holds them: texts that many share are kept once, and named by number.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "click/click.h"

namespace candor::journal {

/// Texts by their number. Number 0, and one that is not known, is the empty text.
using Texts = std::vector<std::string>;

struct ClickRecord {
  ClickFacts click;
  std::uint32_t reason = 0;  ///< these four: numbers of texts
  std::uint32_t referrer = 0;
  std::uint32_t user_agent = 0;
  std::uint32_t language = 0;
};

/// Clicks of one segment. The table grows while the segment is read on, and is another one in the
/// next segment; its numbers stay what they are.
struct Records {
  std::vector<ClickRecord> clicks;
  std::shared_ptr<const Texts> texts;
};

/// The whole click; every text it names is in `texts`.
Click click_of(const ClickRecord& record, const Texts& texts);
/// The same clicks with their texts in a table.
Records records_of(const std::vector<Click>& clicks);

}  // namespace candor::journal
