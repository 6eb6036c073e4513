#pragma once
// A network's report file, read: commissions in our words, and the rows that could not be read
// beside them.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "revenue/commission.h"

namespace candor::networks {

/// How sure the layout is: met in real exports, described by the network, or put together from
/// its other reports.
enum class LayoutCertainty : unsigned char { Seen, Documented, Inferred };
std::string_view name_of(LayoutCertainty certainty);  ///< "seen", "documented", "inferred"

/// ById: each row carries the network's own id and takes the place of what was known of it.
/// ByRange: the file is the whole truth of its network, report, account and days, and takes the
/// place of every row known there.
enum class RowIdentity : unsigned char { ById, ByRange };

/// What a summary report counts for one tag, link type, product or day. Never booked as money.
struct ReportTotal {
  std::string report;               ///< that counts it: an archive may hold several
  std::string tag;                  ///< tracking id, or empty
  std::string kind;                 ///< link type (Fee-LinkType), or empty
  std::string product;              ///< ASIN (Fee-Orders), or empty
  std::optional<std::int32_t> day;  ///< days since 1970-01-01
  std::int64_t clicks = 0;
  std::int64_t ordered = 0;  ///< items
  std::int64_t shipped = 0;
  std::int64_t sale_micro = 0;  ///< ordered (Fee-Orders, Fee-LinkType) or shipped (Fee-Tracking)
  std::int64_t ad_fees_micro = 0;
  Currency currency;  ///< XXX where the file tells none
  friend bool operator==(const ReportTotal&, const ReportTotal&) = default;
};

struct ReportFile {
  std::string network;  ///< "amazon", "awin"
  std::string report;   ///< "fee-earnings", "transactions"
  std::vector<CommissionRow> rows;
  std::vector<RowError> errors;
  LayoutCertainty certainty = LayoutCertainty::Seen;
  RowIdentity identity = RowIdentity::ById;
  /// Both inclusive, days since 1970-01-01 on the network's clock: of the title line where it tells
  /// them, else from the first to the last row. Nothing for a file without days.
  std::optional<std::int32_t> from_day, to_day;
  std::vector<ReportTotal> totals;
  /// Not empty: these rows are the same money as that report's, summed up. They may be booked only
  /// where (network, account, days) hold none of it, nor of another report with the same name here.
  std::string aggregate_of;
  std::string mapping;  ///< the owner's that it was read by, or empty
};

struct ReportError {
  enum class Kind : unsigned char {
    UnknownLayout,
    WrongNetwork,
    CurrencyNeeded,
    RangeNeeded,  ///< the file names no days: from_day and to_day must be said
    NotText,
    Empty
  } kind;
  std::string message;  ///< what is wrong and what to do; names the nearest layout
};

struct ReportOptions {
  std::string network;               ///< expected network; empty: sniffed from the file
  std::optional<Currency> currency;  ///< for files that carry none (Awin's CSV)
  std::string account;
  std::optional<std::int32_t> from_day{};  ///< for files that name no days
  std::optional<std::int32_t> to_day{};
};

/// Recognises the layout (BOM, UTF-16, delimiter, title line) and reads it. A zip archive or Excel
/// workbook may hold one report of commissions and, beside it, those that only count: their totals
/// are added. Pure: same bytes, same answer.
Result<ReportFile, ReportError> read_report(std::string_view bytes, const ReportOptions& options);

}  // namespace candor::networks
