#pragma once
// What one line of a report says: counts, money by currency, and the figures made of them. Whole
// numbers all the way: counts, micro-units, parts per million.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/strong_id.h"
#include "click/click_id.h"
#include "click/country.h"
#include "click/device.h"
#include "revenue/commission.h"

namespace candor::report {

/// Evidence tiers as attribution numbers them, 1 (click token) to 5 (unattributed).
inline constexpr int kTierCount = 5;
inline constexpr int kUnattributedTier = 5;

/// What a click says of its reader and its place; zeros: not known.
struct ClickTraits {
  std::uint16_t placement = 0;
  Country country{};
  Device device = Device::Unknown;
  friend bool operator==(const ClickTraits&, const ClickTraits&) = default;
};

/// A piece of one commission: what it says, and the click, link and article it was credited to.
struct MoneyPart {
  std::int32_t day = 0;  ///< of the commission's event, days since 1970-01-01 in the site's zone
  std::string network{};
  std::string merchant{};  ///< as the network's report names it
  Currency currency{};
  CommissionStatus status = CommissionStatus::Pending;
  int tier = kUnattributedTier;
  ArticleId article{};
  LinkId link{};
  ClickId click{};
  ClickTraits traits{};  ///< of the click
  std::int64_t commission_micro = 0;
  std::int64_t sale_micro = 0;
  std::int64_t orders = 0;
  friend bool operator==(const MoneyPart&, const MoneyPart&) = default;
};

/// Money in one currency.
struct MoneyLine {
  Currency currency{};
  std::array<std::int64_t, kCommissionStatusCount> micro_by_status{};
  std::array<std::int64_t, kTierCount> earned_by_tier{};  ///< [0] is tier 1
  std::int64_t sale_micro = 0;                            ///< order value of what is not reversed
  std::int64_t orders = 0;
  std::int64_t booked_micro = 0;    ///< positive amounts, whatever became of them
  std::int64_t returned_micro = 0;  ///< reversed ones and negative amounts, without their sign
  std::int64_t viewed_micro = 0;    ///< earned on days since views are counted

  /// pending + approved + paid.
  std::int64_t earned_micro() const;
  std::int64_t of(CommissionStatus status) const {
    return micro_by_status[static_cast<std::size_t>(status)];
  }
  /// Order value per order, micro-units; nothing without orders.
  std::optional<std::int64_t> aov_micro() const;
  /// Earned per order value; nothing without any.
  std::optional<std::int64_t> effective_rate_ppm() const;
  /// returned / booked; nothing when nothing was booked.
  std::optional<std::int64_t> reversal_rate_ppm() const;
  /// The tier's part of what is earned; nothing when that is not above 0.
  std::optional<std::int64_t> tier_ppm(int tier) const;
  friend bool operator==(const MoneyLine&, const MoneyLine&) = default;
};

struct Figures {
  std::optional<std::int64_t> views{};  ///< by people; nothing: not known, never 0 for that
  std::int64_t clicks = 0;              ///< human
  std::int64_t gross_clicks = 0;
  std::optional<std::int64_t> visitor_days{};  ///< an estimate of people; nothing: not known
  std::int64_t viewed_clicks = 0;              ///< human, on days since views are counted
  std::vector<MoneyLine> money{};              ///< by currency code, ascending

  const MoneyLine* find(Currency currency) const;
  std::int64_t orders() const;  ///< over all currencies
  /// viewed_clicks / views.
  std::optional<std::int64_t> ctr_ppm() const;
  /// Orders per human click.
  std::optional<std::int64_t> conversion_ppm() const;
  /// Earned per human click, micro-units.
  std::optional<std::int64_t> epc_micro(Currency currency) const;
  /// Earned per thousand views, micro-units.
  std::optional<std::int64_t> rpm_micro(Currency currency) const;
  friend bool operator==(const Figures&, const Figures&) = default;
};

/// Adds a part of a commission; `viewed`: its day is one of those in which views were counted.
void add(Figures& figures, const MoneyPart& part, bool viewed);
/// Adds money line by line, and clicks; views and visitor-days, which do not add up over every
/// dimension, are left alone.
void add(Figures& figures, const Figures& more);

/// amount * scale / count, rounded half to even; nothing when `count` is not above 0, or when the
/// answer is beyond what 64 bits hold.
std::optional<std::int64_t> ratio(std::int64_t amount, std::int64_t scale, std::int64_t count);
/// (now - before) / before in parts per million; nothing when `before` is not above 0.
std::optional<std::int64_t> change_ppm(std::int64_t now, std::int64_t before);

}  // namespace candor::report
