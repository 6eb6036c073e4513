#pragma once
// One answered request for a link, with the verdict on whether it counts.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/strong_id.h"
#include "click/click_id.h"

namespace candor {

/// Only Human clicks are net; all are gross. The numbers are written to journals and databases:
/// never renumber.
enum class Verdict : std::uint8_t { Human = 0, Bot = 1, Prefetch = 2, Head = 3, Repeat = 4 };
inline constexpr int kVerdictCount = 5;

std::string_view name_of(Verdict verdict);  ///< "human", "bot", "prefetch", "head", "repeat"
std::optional<Verdict> find_verdict(std::string_view name);

struct Click {
  ClickId id;
  LinkId link;
  ArticleId article;            ///< none: unknown
  std::uint16_t placement = 0;  ///< n-th paid link of the article, from 1; 0: unknown
  std::uint64_t visitor = 0;    ///< keyed hash of the day; 0: not kept
  Verdict verdict = Verdict::Human;
  std::string reason;      ///< why it is not human: pattern or header; empty for humans
  std::string referrer;    ///< host and path of the Referer, no query; empty: none
  std::string user_agent;  ///< at most 512 bytes

  friend bool operator==(const Click&, const Click&) = default;
};

}  // namespace candor
