#pragma once
// Money at risk: articles that are clicked and earn nothing, or whose links do not lead to money.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/strong_id.h"

namespace candor::report {

enum class RiskKind : std::uint8_t {
  DeadLink,    ///< a link of ours in the page that is removed, switched off, over, or leads nowhere
  MissingTag,  ///< a link to Amazon that names no tracking id: its sales are nobody's
  NoRevenue,   ///< clicked often, and nothing earned by it
};
std::string_view name_of(RiskKind kind);  ///< "dead-link", "missing-tag", "no-revenue"

struct Risk {
  RiskKind kind = RiskKind::NoRevenue;
  std::string detail;  ///< a sentence: which link, what is wrong with it
  friend bool operator==(const Risk&, const Risk&) = default;
};

struct RiskRow {
  ArticleId article;
  std::string path;
  std::string title;
  std::int64_t clicks = 0;  ///< human
  std::vector<Risk> risks;  ///< in the page's order, no revenue last
};

struct RiskReport {
  std::string from_day;  ///< site's zone, both included
  std::string to_day;
  std::string zone;
  bool demo = false;
  std::int64_t least_clicks = 0;  ///< from how many clicks on no revenue is a risk
  std::vector<RiskRow> rows;      ///< most clicks first, then path
};

/// Sorts the rows.
void finish(RiskReport& report);

/// Schema "candor.report.risk/1".
std::string to_json(const RiskReport& report);
/// One line a risk: path, title, clicks, risk, detail; formula-guarded.
std::string to_csv(const RiskReport& report);
/// One line a risk, aligned.
std::string to_table(const RiskReport& report);

}  // namespace candor::report
