#pragma once
// Tables of aligned text, for terminals.
#include <cstddef>
#include <string>
#include <vector>

namespace candor::report {

/// The first row is the heading; a rule stands below it and before the row `rule_before` (beyond
/// the last: none). All rows have as many cells.
std::string text_table(const std::vector<std::vector<std::string>>& rows,
                       const std::vector<bool>& right_aligned, std::size_t rule_before);

}  // namespace candor::report
