#include "report/csv.h"

#include "base/ascii.h"

namespace candor::report {
namespace {

/// "-4.05" is a number to every spreadsheet, "-4.05+1" a formula.
bool is_plain_number(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  std::size_t digits = 0;
  std::size_t points = 0;
  for (char c : text) {
    if (ascii::is_digit(c))
      ++digits;
    else if (c == '.' && digits > 0)
      ++points;
    else
      return false;
  }
  return digits > 0 && points <= 1 && text.back() != '.';
}

/// NUL ends a field for many readers, ESC speaks to the terminal a file is looked at in.
bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\r' && c != '\n') || byte == 0x7F;
}

bool starts_formula(std::string_view field) {
  const std::size_t first = field.find_first_not_of(' ');
  if (first == std::string_view::npos) return false;
  return std::string_view("=+-@\t\r").find(field[first]) != std::string_view::npos;
}

}  // namespace

void append_csv_field(std::string& line, std::string_view field) {
  const bool guard = starts_formula(field) && !is_plain_number(field);
  const bool quote = field.find_first_of(",\"\r\n\t") != std::string_view::npos ||
                     field.starts_with(' ') || field.ends_with(' ');
  if (quote) line += '"';
  if (guard) line += '\'';
  for (char c : field) {
    if (c == '"') line += '"';
    if (is_control(c))
      line += "\uFFFD";
    else
      line += c;
  }
  if (quote) line += '"';
}

}  // namespace candor::report
