#pragma once
// Who earned what in a range of days, for the articles report: as it stands, or as it was known at
// a moment.
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "report/articles_report.h"
#include "rollup/site_zone.h"
#include "sqlite/connection.h"

namespace candor::sqlite {

using RevenueLines = std::map<Currency, report::RevenueLine>;

/// Who a sum of money is shown under.
struct RevenueAccount {
  std::map<ArticleId, RevenueLines> articles;  ///< the none-id: a click whose article is unknown
  RevenueLines unattributed;

  RevenueLines& of(ArticleId article, bool is_unattributed) {
    return is_unattributed && !article ? unattributed : articles[article];
  }
};

struct ArticlesMoney {
  RevenueAccount account;
  RevenueAccount viewed;  ///< of days since views are counted; orders are left out as of a moment
  RevenueLines imported;  ///< from the commissions alone
};

struct DayRange {
  rollup::DayNumber from = 0;  ///< both included
  rollup::DayNumber to = 0;
  std::optional<rollup::DayNumber> viewed_from{};  ///< the first day with views
};

/// `as_of_ms`: what the ledger knew and had booked then; nothing: now. Of one snapshot.
ArticlesMoney load_articles_money(Connection& connection, const rollup::SiteZone& zone,
                                  DayRange days, std::optional<std::int64_t> as_of_ms);

}  // namespace candor::sqlite
