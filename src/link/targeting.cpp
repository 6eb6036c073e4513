#include "link/targeting.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "base/rfc3339.h"

namespace candor {
namespace {

/// Tells the trace, when there is one, how a check went. `why` is only called for a trace.
class Teller {
 public:
  Teller(Trace* trace, std::string_view slug) : trace_(trace), slug_(slug) {}

  void enter(std::size_t rule, const std::string& name) {
    if (trace_ == nullptr) return;
    step_ = "rule " + std::to_string(rule + 1) + (name.empty() ? "" : " (" + name + ")");
  }
  void enter(std::string_view step) {
    if (trace_ != nullptr) step_ = step;
  }
  template <class Why>
  bool tell(std::string_view what, bool held, Why why) const {
    if (trace_ != nullptr)
      trace_->push_back({std::string(slug_), step_, std::string(what), held, why()});
    return held;
  }

 private:
  Trace* trace_;
  std::string_view slug_;
  std::string step_;
};

std::string or_unknown(std::string text) { return text.empty() ? "unknown" : std::move(text); }

template <class Values, class NameOf>
std::string list_of(const Values& values, NameOf name) {
  std::string out;
  for (const auto& value : values) {
    if (!out.empty()) out += " or ";
    out += name(value);
  }
  return out;
}

std::string country_text(Country country) { return or_unknown(country.text()); }

/// One of the wanted values, when any are wanted.
template <class Values, class Value, class NameOf>
bool is_wanted(const Teller& teller, std::string_view what, const Values& wanted,
               const Value& value, NameOf name) {
  if (wanted.empty()) return true;
  const bool held = std::ranges::find(wanted, value) != wanted.end();
  return teller.tell(what, held, [&] {
    return or_unknown(std::string(name(value))) + (held ? " is " : " is not ") +
           list_of(wanted, name);
  });
}

constexpr std::array<std::string_view, 7> kWeekdays{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                    "Friday", "Saturday", "Sunday"};

std::string clock_text(std::uint16_t minute) {
  const auto two = [](int value) {
    return std::string(value < 10 ? "0" : "") + std::to_string(value);
  };
  return two(minute / 60) + ":" + two(minute % 60);
}

struct LocalHours {
  bool within = true;
  std::uint8_t weekday = 0;  ///< the day that the hour belongs to
};

LocalHours hours_of(const Schedule& schedule, const LocalTime& local) {
  const std::uint16_t from = schedule.from_minute;
  const std::uint16_t until = schedule.until_minute;
  if (from == until) return {true, local.weekday};
  if (from < until) return {local.minute >= from && local.minute < until, local.weekday};
  if (local.minute >= from) return {true, local.weekday};
  return {local.minute < until, static_cast<std::uint8_t>((local.weekday + 6) % 7)};
}

bool is_scheduled(const Teller& teller, const Schedule& schedule, const TargetingContext& context) {
  const auto now = [&] { return format_rfc3339(context.at_ms); };
  if (schedule.from_ms && !teller.tell("from", context.at_ms >= *schedule.from_ms, [&] {
        return now() + ", from " + format_rfc3339(*schedule.from_ms);
      }))
    return false;
  if (schedule.until_ms && !teller.tell("until", context.at_ms < *schedule.until_ms, [&] {
        return now() + ", until " + format_rfc3339(*schedule.until_ms);
      }))
    return false;
  const LocalHours hours = hours_of(schedule, context.local);
  if (schedule.from_minute != schedule.until_minute && !teller.tell("hours", hours.within, [&] {
        return clock_text(context.local.minute) + " on the site's clocks, wanted " +
               clock_text(schedule.from_minute) + " to " + clock_text(schedule.until_minute);
      }))
    return false;
  if (schedule.weekdays == 0) return true;
  return teller.tell("weekdays", (schedule.weekdays >> hours.weekday & 1) != 0,
                     [&] { return std::string(kWeekdays[hours.weekday % 7]); });
}

bool query_holds(const Teller& teller, const QueryCondition& condition, std::string_view query) {
  const auto value = find_parameter(query, condition.name);
  const bool held = value && (!condition.equals || *value == *condition.equals);
  return teller.tell("query", held, [&] {
    if (!value) return condition.name + " is not there";
    if (held) return condition.name + " is \"" + *value + "\"";
    return condition.name + " is \"" + *value + "\", not \"" + *condition.equals + "\"";
  });
}

bool rule_holds(const Teller& teller, const TargetingRule& rule, const TargetingContext& context) {
  if (!is_wanted(teller, "country", rule.countries, context.country, country_text)) return false;
  if (!rule.other_than.empty() &&
      !teller.tell("country_not",
                   std::ranges::find(rule.other_than, context.country) == rule.other_than.end(),
                   [&] {
                     return country_text(context.country) + ", not wanted " +
                            list_of(rule.other_than, country_text);
                   }))
    return false;
  const auto name = [](auto value) { return std::string(name_of(value)); };
  if (!is_wanted(teller, "device", rule.devices, context.device, name)) return false;
  if (!is_wanted(teller, "os", rule.systems, context.os, name)) return false;
  if (!is_wanted(teller, "language", rule.languages, context.language,
                 [](std::string_view text) { return std::string(text); }))
    return false;
  if (rule.schedule && !is_scheduled(teller, *rule.schedule, context)) return false;
  return std::ranges::all_of(rule.query, [&](const QueryCondition& condition) {
    return query_holds(teller, condition, context.query);
  });
}

// The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every bit of the input changes half of the
// output's.
std::uint64_t mix(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15U;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31);
}

/// Position of the target whose share of the weights the reader falls into.
std::size_t pick(const Teller& teller, const TargetingRule& rule, std::uint8_t first_variant,
                 LinkId link, const TargetingContext& context) {
  if (rule.targets.size() < 2) return 0;
  std::uint64_t total = 0;
  for (const SplitTarget& target : rule.targets) total += target.weight;
  std::uint64_t draw = mix(context.visitor);
  draw = mix(draw ^ static_cast<std::uint64_t>(link.value));
  draw = mix(draw ^ static_cast<std::uint32_t>(context.local.day));
  draw = mix(draw ^ first_variant);  // two splits of one link must not go hand in hand
  const std::uint64_t place = total == 0 ? 0 : draw % total;
  std::size_t chosen = 0;
  for (std::uint64_t end = rule.targets[0].weight;
       place >= end && chosen + 1 < rule.targets.size();)
    end += rule.targets[++chosen].weight;
  teller.tell("split", true, [&] {
    return "target " + std::to_string(chosen + 1) + " of " + std::to_string(rule.targets.size()) +
           ", weight " + std::to_string(rule.targets[chosen].weight) + " of " +
           std::to_string(total);
  });
  return chosen;
}

Serving serving_of(const Teller& teller, const Link& link, const TargetingContext& context) {
  if (link.state != LinkState::Active) {
    teller.tell("state", false, [&] { return "the link is " + std::string(name_of(link.state)); });
    return Serving::Disabled;
  }
  if (link.starts_at_ms != 0 && !teller.tell("starts_at", context.at_ms >= link.starts_at_ms, [&] {
        return "starts " + format_rfc3339(link.starts_at_ms);
      }))
    return Serving::NotYet;
  if (link.expires_at_ms != 0 &&
      !teller.tell("expires_at", context.at_ms < link.expires_at_ms,
                   [&] { return "ends " + format_rfc3339(link.expires_at_ms); }))
    return Serving::Expired;
  if (link.click_cap != 0 && !teller.tell("click_cap", context.human_clicks < link.click_cap, [&] {
        const std::string cap = " the cap of " + std::to_string(link.click_cap);
        return std::to_string(context.human_clicks) + " human clicks so far, " +
               (context.human_clicks < link.click_cap ? "below" + cap : "so" + cap + " is reached");
      }))
    return Serving::Capped;
  return Serving::Serves;
}

}  // namespace

LocalTime local_time(std::int64_t local_ms) {
  using namespace std::chrono;
  const sys_time<milliseconds> shown{milliseconds{local_ms}};
  const auto date = floor<days>(shown);
  return {static_cast<std::int32_t>(date.time_since_epoch().count()),
          static_cast<std::uint8_t>(weekday{date}.iso_encoding() - 1),
          static_cast<std::uint16_t>(duration_cast<minutes>(shown - date).count())};
}

std::string_view name_of(Serving serving) {
  constexpr std::array<std::string_view, 5> kNames{"serves", "disabled", "not-yet", "expired",
                                                   "capped"};
  return kNames.at(static_cast<std::size_t>(serving));
}

Decision decide(const Link& link, std::span<const TargetingRule> rules,
                const TargetingContext& context, Trace* trace) {
  Teller teller(trace, link.slug);
  teller.enter("link");
  const Serving serving = serving_of(teller, link, context);
  if (serving != Serving::Serves) return {serving, 0};
  std::size_t variant = 1;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const TargetingRule& rule = rules[i];
    teller.enter(i, rule.name);
    if (!rule.targets.empty() && rule_holds(teller, rule, context)) {
      const std::size_t target =
          pick(teller, rule, static_cast<std::uint8_t>(variant), link.id, context);
      teller.tell("chosen", true, [&] { return rule.targets[target].destination; });
      return {Serving::Serves, static_cast<std::uint8_t>(variant + target)};
    }
    variant += rule.targets.size();
  }
  teller.enter("link");
  teller.tell("chosen", true, [&] { return "the link's own destination: " + link.destination; });
  return {Serving::Serves, 0};
}

std::optional<std::string> find_parameter(std::string_view query, std::string_view name) {
  while (const auto parameter = take_parameter(query))
    if (parameter->is_named(name)) return parameter->decoded_value();
  return std::nullopt;
}

}  // namespace candor
