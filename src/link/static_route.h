#pragma once
// Where a link leads when nobody looks at the reader and nobody counts: what a web server in front
// may answer by itself while Candor is stopped.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "link/link.h"
#include "link/route.h"

namespace candor {

/// When, and how often links with a cap had been clicked by then.
struct StaticMoment {
  std::int64_t at_ms = 0;
  HumanClicks counts{};
};

/// Why a link has no static route.
enum class NotStatic : std::uint8_t {
  Rules,   ///< the reader decides
  Cap,     ///< not reached yet, and only Candor counts
  NotYet,  ///< has not started
  Ended,   ///< expired or its cap is reached, and there is no fallback that serves
  Off,     ///< disabled, direct, or its destination is no URL
};
inline constexpr std::size_t kNotStaticCount = 5;

/// The links' static routes at a moment. Links and moment must outlive it.
class StaticRoutes {
 public:
  StaticRoutes(std::span<const Link> links, const StaticMoment& moment);

  /// As find_route (route.h) decides for every reader alike: the link's own destination with its
  /// parameters put in and its places empty, or the fallback of a link that does not serve.
  Result<std::string, NotStatic> find(const Link& link) const;

 private:
  const StaticMoment& moment_;
  std::unordered_map<std::string_view, const Link*> by_slug_;  ///< when a fallback names a slug
};

/// The first moment after `after_ms` at which a link starts or ends; nothing when none will.
std::optional<std::int64_t> next_start_or_end(std::span<const Link> links, std::int64_t after_ms);

}  // namespace candor
