#pragma once
// Clicks and revenue by one dimension over a range of days, beside the days before it: the same
// numbers for screen, CSV, JSON, HTML and mail.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/conversion.h"
#include "report/figures.h"

namespace candor::report {

enum class Dimension : std::uint8_t {
  Article,
  Link,
  Merchant,
  Network,
  Programme,  ///< a merchant at a network
  Placement,
  Country,
  Device,
  Day,
  Week,   ///< by its Monday
  Month,  ///< "2026-11"
};
inline constexpr int kDimensionCount = 11;
std::string_view name_of(Dimension dimension);  ///< "article", "link", ..., "month"
std::optional<Dimension> find_dimension(std::string_view name);
/// Day, week or month: rows stand in their order, and each is compared with its counterpart.
bool is_of_time(Dimension dimension);
/// Article, link, placement, country, device: what a commission does not say itself, only the click
/// it was credited to. Its unattributed money stands in a row of its own.
bool is_told_by_click(Dimension dimension);

/// What stands beside the numbers. Both keep weekdays: Mondays are compared with Mondays.
enum class Comparison : std::uint8_t {
  None,
  Previous,  ///< the days before, moved by whole weeks
  Year,      ///< 364 days before
};
std::string_view name_of(Comparison comparison);  ///< "none", "previous", "year"
std::optional<Comparison> find_comparison(std::string_view name);
/// How many days the compared range lies before one of `days` days: whole weeks; 0: none.
std::int32_t shift_days(Comparison comparison, std::int32_t days);

/// Article, link, merchant, network, programme: what clicks and commissions both can be chosen by.
bool can_filter(Dimension dimension);

/// Only what has one of the values, as rows have them for keys; kUnknown: what is not known.
struct ReportFilter {
  Dimension dimension = Dimension::Merchant;
  std::vector<std::string> values;
};

inline constexpr std::string_view kUnknown = "(unknown)";
inline constexpr std::string_view kUnattributed = "(unattributed)";
inline constexpr std::string_view kTotal = "(total)";

struct ReportRow {
  std::int64_t id = 0;  ///< ArticleId or LinkId; 0 for other dimensions
  std::string key;      ///< "/best-blenders", "DE", "2026-11-23"; kUnknown
  std::string title{};  ///< of an article or link; else empty
  Figures now{};
  Figures before{};  ///< of the compared range; empty figures without a comparison
  friend bool operator==(const ReportRow&, const ReportRow&) = default;
};

/// How far a network's data go.
struct DataThrough {
  std::string network;
  std::string day;          ///< of its newest commission, or empty: none
  std::string imported_on;  ///< day of its newest import
  friend bool operator==(const DataThrough&, const DataThrough&) = default;
};

/// What the commissions themselves say, in one currency.
struct ImportedLine {
  Currency currency{};
  std::array<std::int64_t, kCommissionStatusCount> micro_by_status{};
  std::int64_t orders = 0;
  friend bool operator==(const ImportedLine&, const ImportedLine&) = default;
};

/// The ledger's sums of one currency over all statuses, reversed ones too.
struct BalanceLine {
  Currency currency{};
  std::int64_t attributed_micro = 0;
  std::int64_t unattributed_micro = 0;
  std::int64_t left_out_micro = 0;
  std::int64_t imported_micro = 0;
};

struct DimensionReport {
  Dimension by = Dimension::Article;
  std::string from_day;  ///< "2026-10-26", site's zone, inclusive
  std::string to_day;    ///< inclusive
  std::string zone;      ///< "Europe/Berlin"
  std::string as_of{};   ///< RFC 3339: money as it was known then; empty: now
  std::string site{};    ///< its name, for the heading; or empty
  bool demo = false;     ///< numbers of generated demo data
  Comparison compare = Comparison::None;
  std::string before_from_day{};  ///< with a comparison
  std::string before_to_day{};
  std::vector<ReportFilter> filters{};  ///< all of them hold; no views are known then
  std::string views_since{};            ///< first day with views; empty: views are not counted
  std::vector<ReportRow> rows;          ///< finish(): by earned, then clicks; time in its order
  ReportRow unattributed{};             ///< money nobody is credited with; see is_told_by_click()
  ReportRow total{};   ///< the sums are finish()'s; views and visitor-days are given
  Figures left_out{};  ///< money of the days that the filters leave out
  std::vector<BalanceLine> balance{};
  std::vector<ImportedLine> imported;      ///< straight from the commissions
  std::optional<Conversion> conversion{};  ///< told in one currency; nothing: each in its own
  std::vector<DataThrough> data_through;
  /// attributed + unattributed + left out = imported, per currency and status
  bool balanced = true;

  /// That of the conversion, else the one with the most orders; ties: the first code. No currency
  /// without money.
  Currency main_currency() const;
};

/// Sums the total, sorts the rows, checks the balance.
void finish(DimensionReport& report);

/// JSON (schema "candor.report.dimension/1"; money in micro-units, shares in parts per million,
/// null where not known).
std::string to_json(const DimensionReport& report);
/// One line per row and currency, amounts and shares as exact decimals, formula-guarded.
std::string to_csv(const DimensionReport& report);
/// Aligned, with the definitions of what it shows.
std::string to_table(const DimensionReport& report);
/// One self-contained page: charts as inline SVG, no script, for screen and print.
std::string to_html(const DimensionReport& report);

}  // namespace candor::report
