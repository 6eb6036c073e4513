#pragma once
// The money of whole days, packed: a year of it is read in milliseconds, where its commissions,
// matches and allocations take seconds. A derived copy: what changes a day's money takes the day
// away in the same transaction, and it is read from the commissions until it is packed anew.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sqlite/money_parts.h"

namespace candor::sqlite {

/// A day's bytes; none for a day without money.
///
///   day       = checksum:u64 texts parts imported   ; of from_ms and what follows
///   texts     = count *(length bytes)
///   parts     = count *(network merchant currency status tier article link click placement
///               country device commission sale orders)
///   imported  = count *(currency, an amount for each status, orders)
///
/// Numbers have seven bits a byte, low ones first, and their sign in the lowest bit; a network or
/// merchant is the number of a text, a currency its three letters.
std::string pack_money_day(const MoneyDay& money, std::int64_t from_ms);
/// Parts of `day`, where another day's were before, whose memory they take. False: the bytes are
/// damaged or of another day, and `into` says nothing.
bool unpack_money_day(std::string_view bytes, std::int64_t from_ms, rollup::DayNumber day,
                      MoneyDay& into);

/// Calls `use` for each part of the days' money, from packed days where there are such; what was
/// imported, by currency.
std::vector<report::ImportedLine> walk_money(
    Connection& connection, rollup::DayNumber from, rollup::DayNumber to,
    const rollup::SiteZone& zone, const std::function<void(const report::MoneyPart&)>& use);

/// Days with money (at most the ten years before the last) that are not packed, in order.
std::vector<rollup::DayNumber> list_unpacked_days(Connection& connection,
                                                  const rollup::SiteZone& zone);

/// Days packed from one snapshot, and which state of the ledger it was.
struct PackedMoney {
  std::int64_t changes = 0;
  std::vector<std::pair<TimeRange, std::string>> days;
};
PackedMoney pack_days(Connection& connection, std::span<const rollup::DayNumber> days,
                      const rollup::SiteZone& zone);
/// False, and nothing is kept, when money has changed since the snapshot.
bool keep_days(Connection& connection, const PackedMoney& packed);

/// Collects when money changes, then takes the packed days of these times away.
class ChangedMoney {
 public:
  void add(std::int64_t at_ms);
  /// With the transaction that changes the money.
  void take_days(Connection& connection) const;

 private:
  std::set<std::int64_t> utc_days_;
};

}  // namespace candor::sqlite
