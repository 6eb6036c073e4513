#pragma once
// Money as reports by any dimension are made of: every commission in parts.
#include <cstdint>
#include <optional>
#include <vector>

#include "report/dimension_report.h"
#include "report/figures.h"
#include "rollup/site_zone.h"
#include "sqlite/connection.h"

namespace candor::sqlite {

/// Half-open, UTC milliseconds.
struct TimeRange {
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
  friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

struct MoneyDay {
  std::vector<report::MoneyPart> parts;
  std::vector<report::ImportedLine> imported;  ///< by currency; from the commissions alone
};

/// The commissions whose standing event lies in the range, as the rows say; of one snapshot.
/// `as_of_ms`: by what the ledger knew and had booked at that moment.
MoneyDay load_money(Connection& connection, TimeRange range, const rollup::SiteZone& zone,
                    std::optional<std::int64_t> as_of_ms = {});

}  // namespace candor::sqlite
