#pragma once
// A link's rules: who is sent where, from when to when, and how often. Pure: the caller brings the
// reader, the time and the count of clicks.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/strong_id.h"
#include "click/country.h"
#include "click/device.h"
#include "link/link.h"
#include "link/url.h"

namespace candor {

/// A moment on the clocks of the site.
struct LocalTime {
  std::int32_t day = 0;      ///< days since 1970-01-01
  std::uint8_t weekday = 0;  ///< 0 Monday ... 6 Sunday
  std::uint16_t minute = 0;  ///< of the day, below 1440
};

/// `local_ms`: what the clocks show, as milliseconds since 1970-01-01T00:00 on them.
LocalTime local_time(std::int64_t local_ms);

struct Schedule {
  std::optional<std::int64_t> from_ms{};   ///< UTC; the first millisecond that counts
  std::optional<std::int64_t> until_ms{};  ///< UTC; the first that counts no more
  std::uint8_t weekdays = 0;               ///< bit 0 Monday ... bit 6 Sunday; 0: every day
  /// Hours of the site's day. When `until_minute` is smaller they reach past midnight, and the
  /// night belongs to the weekday it began on. Equal: all day.
  std::uint16_t from_minute = 0;
  std::uint16_t until_minute = 0;

  friend bool operator==(const Schedule&, const Schedule&) = default;
};

struct QueryCondition {
  std::string name;
  std::optional<std::string> equals;  ///< none: the parameter only has to be there

  friend bool operator==(const QueryCondition&, const QueryCondition&) = default;
};

struct SplitTarget {
  std::string destination;   ///< http or https URL, as typed
  std::uint16_t weight = 1;  ///< 1 to 1,000; a share, not a percentage

  friend bool operator==(const SplitTarget&, const SplitTarget&) = default;
};

/// Conditions that must all hold (an empty one always does), and where the reader then goes.
struct TargetingRule {
  std::string name;  ///< for people
  std::vector<Country> countries;
  std::vector<Country> other_than;  ///< countries that must not be the reader's
  std::vector<Device> devices;
  std::vector<Os> systems;
  std::vector<std::string> languages;  ///< primary subtags, lower case: "de"
  std::optional<Schedule> schedule;
  std::vector<QueryCondition> query;
  std::vector<SplitTarget> targets;  ///< one, or several that share the readers by weight

  friend bool operator==(const TargetingRule&, const TargetingRule&) = default;
};

inline constexpr std::size_t kMaxRules = 50;
inline constexpr std::size_t kMaxTargets = 200;  ///< of all rules of a link together
inline constexpr std::uint16_t kMaxWeight = 1000;

/// Everything a link may have beyond a destination that is a list, and so has no column of its own.
struct Targeting {
  std::vector<TargetingRule> rules;     ///< the first whose conditions hold decides
  std::vector<std::string> pass_query;  ///< parameters of the request that go on to the destination
  std::vector<QueryParameter> utm;      ///< "utm_source" and so on, put into every destination

  bool empty() const { return rules.empty() && pass_query.empty() && utm.empty(); }
};

/// What is known of a request when its destination is chosen. Views live as long as the request.
struct TargetingContext {
  Country country{};
  Device device = Device::Unknown;
  Os os = Os::Unknown;
  std::string_view language{};  ///< primary subtag, lower case; empty: unknown
  std::int64_t at_ms = 0;       ///< UTC
  LocalTime local{};            ///< the same moment on the site's clocks
  std::string_view query{};     ///< as in the request, without '?'
  std::uint64_t visitor = 0;    ///< the day's key of the reader, or a number drawn for the request
  std::int64_t human_clicks = 0;  ///< on this link so far
};

/// One step of a decision, for people.
struct TraceStep {
  std::string slug;
  std::string step;  ///< "link", "rule 1", "rule 2 (Germany)", "fallback"
  std::string what;  ///< "country", "split", "expires", ...
  bool held = false;
  std::string why;  ///< "FR is not DE or AT"
};
using Trace = std::vector<TraceStep>;

enum class Serving : std::uint8_t { Serves, Disabled, NotYet, Expired, Capped };
std::string_view name_of(
    Serving serving);  ///< "serves", "disabled", "not-yet", "expired", "capped"

/// Click.variant of a reader who was sent to the fallback.
inline constexpr std::uint8_t kFallbackVariant = 255;

struct Decision {
  Serving serving = Serving::Serves;
  /// 0: the link's own destination; n: the n-th target, counted through all rules from 1.
  std::uint8_t variant = 0;
};

/// Total: every context gives exactly one decision, and the same context always the same. Whether
/// the link serves at all comes first, then the rules in their order, then the link's own
/// destination. A split depends on the visitor's key, the link and the day only.
Decision decide(const Link& link, std::span<const TargetingRule> rules,
                const TargetingContext& context, Trace* trace = nullptr);

/// The decoded value of the first parameter of that name.
std::optional<std::string> find_parameter(std::string_view query, std::string_view name);

}  // namespace candor
