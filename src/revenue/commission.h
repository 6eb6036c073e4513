#pragma once
// What a network says it owes: one commission, seen once or many times as its status changes.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "revenue/money.h"

namespace candor {

/// Numbers are stored: never renumber.
enum class CommissionStatus : std::uint8_t { Pending = 0, Approved = 1, Reversed = 2, Paid = 3 };
inline constexpr int kCommissionStatusCount = 4;
std::string_view name_of(CommissionStatus status);  ///< "pending", "approved", "reversed", "paid"
std::optional<CommissionStatus> find_commission_status(std::string_view name);

enum class TimePrecision : std::uint8_t { Second = 0, Day = 1 };

/// One row of a network's report, in our words. Amounts may be negative (returns).
struct CommissionRow {
  std::string identity;  ///< the network's row id; else fingerprint '#' ordinal, so two genuine
                         ///< equal rows stay two
  std::string parent;    ///< what several rows of one sale share (CJ: originalActionId, eBay: the
                         ///< transaction whose deltas they are), the first of them too: they take
                         ///< one another's weights, so that a full reversal nets to 0. Else empty
  std::string account;   ///< store id, publisher id or empty
  std::int64_t event_at_ms = 0;
  std::optional<std::int64_t> click_at_ms;
  std::optional<std::int64_t>
      posted_at_ms;  ///< when the network booked this row or last changed it
  TimePrecision precision = TimePrecision::Second;
  CommissionStatus status = CommissionStatus::Pending;
  Currency currency;
  std::int64_t sale_micro = 0;
  std::int64_t commission_micro = 0;
  std::int64_t quantity = 1;  ///< orders or items; negative for returns
  std::string sub_id;         ///< as returned: may hold a click token
  std::string tag;            ///< tracking id (Amazon) or empty
  std::string product;        ///< ASIN, SKU or empty
  std::string order_id;       ///< the merchant's or the network's order, or empty
  std::string merchant;
  std::string referring_url;  ///< page the network says the click came from, or empty
  friend bool operator==(const CommissionRow&, const CommissionRow&) = default;
};

/// A row that could not be read: 1-based row and column in the file as a person counts them.
struct RowError {
  std::int64_t row = 0;
  std::string column;
  std::string reason;
  std::string text;  ///< the cell as it stood
  friend bool operator==(const RowError&, const RowError&) = default;
};

}  // namespace candor
