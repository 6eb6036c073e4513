#pragma once
// Charts as SVG text for pages without a script: bars with an axis, a legend and words for those
// who do not see them. Places are whole numbers.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candor::report {

/// Text for HTML and SVG, element and attribute alike: & < > " ' as references; control characters
/// and what is not UTF-8 as '?'.
std::string escape_markup(std::string_view text);

struct ChartBar {
  std::string label;  ///< as it is; escaped here
  std::int64_t value = 0;
  std::optional<std::int64_t> before{};  ///< shown as a mark beside it
};

struct Chart {
  std::string id;     ///< unique in the page, of letters and '-'
  std::string title;  ///< "Earned by article, EUR"
  std::vector<ChartBar> bars;
  std::string value_name;   ///< legend: "Earned"
  std::string before_name;  ///< legend: "Earned before"; empty: no marks
  /// How a value is written.
  std::function<std::string(std::int64_t)> text_of;
};

/// Bars upright, from left to right: time.
std::string column_chart(const Chart& chart);
/// Bars lying, from top to bottom, each with its label and value: a ranking.
std::string ranking_chart(const Chart& chart);

/// A round number at or above `value`: 1, 2, 4, 6 or 8 and zeros, which
/// four marks divide well; 1 for anything below.
std::int64_t round_up(std::int64_t value);

}  // namespace candor::report
