#include "report/text_table.h"

#include <algorithm>

#include "report/text_width.h"

namespace candor::report {

std::string text_table(const std::vector<std::vector<std::string>>& rows,
                       const std::vector<bool>& right_aligned, std::size_t rule_before) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], text_width(row[i]));
  std::size_t whole = 2 * (widths.size() - 1);
  for (const std::size_t width : widths) whole += width;
  std::string out;
  for (std::size_t n = 0; n < rows.size(); ++n) {
    if (n == 1 || n == rule_before) out += std::string(whole, '-') + '\n';
    std::string text;
    for (std::size_t i = 0; i < rows[n].size(); ++i) {
      const std::string padding(widths[i] - text_width(rows[n][i]), ' ');
      if (i > 0) text += "  ";
      text += right_aligned[i] ? padding + rows[n][i] : rows[n][i] + padding;
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + '\n';
  }
  return out;
}

}  // namespace candor::report
