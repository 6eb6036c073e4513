#include <algorithm>
#include <array>

#include "attribution/window_model.h"

namespace candor::attribution {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;
constexpr std::int64_t kDayMs = 24 * kHourMs;

// Amazon's Fee-Earnings rows are dated by the day of shipping.
constexpr std::int64_t kShippingMs = 7 * kDayMs;
constexpr std::int64_t kCartMs = 90 * kDayMs;
// Days of a report are the marketplace's, whose zone it does not tell.
constexpr std::int64_t kZoneSlackMs = 12 * kHourMs;
// The network's clock and ours, and the way from our redirect to its.
constexpr std::int64_t kClickSlackMs = 2 * kMinuteMs;

struct Window {
  std::string_view network;
  std::int64_t ms;
};
constexpr std::array<Window, 3> kWindows{
    {{"amazon", kDayMs}, {"ebay", kDayMs}, {"clickbank", 60 * kDayMs}}};
constexpr std::int64_t kUsualWindowMs = 30 * kDayMs;

/// When the order may have been given.
TimeRange order_time(const CommissionRow& row, std::string_view network,
                     std::span<const std::int32_t> order_days) {
  if (row.precision == TimePrecision::Second) return {row.event_at_ms, row.event_at_ms + 1};
  TimeRange range{row.event_at_ms - kZoneSlackMs, row.event_at_ms + kDayMs + kZoneSlackMs};
  if (network != "amazon") return range;
  range.from_ms -= kShippingMs;
  // The last order that had time to be shipped, and all before it within the same time.
  std::optional<TimeRange> known;
  for (const std::int32_t day : order_days) {
    const std::int64_t start = day * kDayMs;
    if (start > row.event_at_ms || start < row.event_at_ms - kCartMs) continue;
    const TimeRange of_day{start - kZoneSlackMs, start + kDayMs + kZoneSlackMs};
    if (!known) known = of_day;
    known->from_ms = std::min(known->from_ms, of_day.from_ms);
    known->to_ms = std::max(known->to_ms, of_day.to_ms);
  }
  return known.value_or(range);
}

}  // namespace

bool leads_to(const LinkFacts& link, std::string_view network, std::string_view tag,
              std::string_view product) {
  const auto holds = [](const std::vector<std::string>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
  };
  return link.network == network && (tag.empty() || holds(link.query_values, tag)) &&
         (product.empty() || holds(link.query_values, product) ||
          holds(link.path_segments, product));
}

std::int64_t window_ms(std::string_view network) {
  const auto* found = std::ranges::find(kWindows, network, &Window::network);
  return found == kWindows.end() ? kUsualWindowMs : found->ms;
}

std::vector<Candidates> candidates_for(const CommissionRow& row, std::string_view network,
                                       std::span<const std::int32_t> order_days) {
  std::vector<Candidates> tries;
  const auto add = [&](TimeRange range, std::string_view window) {
    if (!row.product.empty()) tries.push_back({row.product, range, window});
  };
  const auto add_any = [&](TimeRange range, std::string_view window) {
    tries.push_back({{}, range, window});
  };
  if (row.click_at_ms && row.precision == TimePrecision::Second) {
    constexpr std::string_view kTold = "at the time of the click that the network tells";
    const TimeRange told{*row.click_at_ms - kClickSlackMs, *row.click_at_ms + kClickSlackMs + 1};
    add(told, kTold);
    add_any(told, kTold);
  }
  // The first instant of the window is out, the order's own is in.
  const TimeRange order = order_time(row, network, order_days);
  const TimeRange usual{order.from_ms - window_ms(network) + 1, order.to_ms};
  add(usual, "in the programme's window");
  if (network == "amazon")
    add({order.from_ms - kCartMs + 1, order.to_ms}, "in the 90 days that a cart is kept");
  add_any(usual, "in the programme's window");
  return tries;
}

}  // namespace candor::attribution
