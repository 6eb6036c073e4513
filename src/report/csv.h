#pragma once
// Writing CSV (RFC 4180) that no spreadsheet takes for a formula.
#include <string>
#include <string_view>

namespace candor::report {

/// Appends one field, quoted where needed; a leading = + - @ TAB CR (also behind spaces) gets an
/// apostrophe unless the field is a plain number.
void append_csv_field(std::string& line, std::string_view field);

}  // namespace candor::report
