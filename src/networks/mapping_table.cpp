#include "networks/mapping_table.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "networks/report_container.h"

namespace candor::networks {
namespace {

constexpr std::array<char, 4> kDelimiters{',', '\t', ';', '|'};
constexpr int kHeaderLines = 8;

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

bool may_be_header(const std::vector<std::string>& cells) {
  return cells.size() >= 2 && std::ranges::all_of(cells, [](const std::string& cell) {
           const std::string_view text = ascii::trim(cell);
           return !text.empty() && !parse_micro_units(text) &&
                  text.find('\0') == std::string_view::npos;
         });
}

struct Sign {
  std::string_view sign;
  std::string_view code;
};
constexpr std::array<Sign, 7> kSigns{{{"$", "USD"},
                                      {"\xE2\x82\xAC", "EUR"},
                                      {"\xC2\xA3", "GBP"},
                                      {"\xC2\xA5", "JPY"},
                                      {"\xE2\x82\xB9", "INR"},
                                      {"US$", "USD"},
                                      {"Rs.", "INR"}}};

/// Takes a sign or code off the front or the end.
std::optional<Currency> take_currency(std::string_view& amount) {
  for (const Sign& each : kSigns) {
    if (amount.starts_with(each.sign))
      amount.remove_prefix(each.sign.size());
    else if (amount.ends_with(each.sign))
      amount.remove_suffix(each.sign.size());
    else
      continue;
    amount = ascii::trim(amount);
    return find_currency(each.code);
  }
  if (amount.size() < 4) return std::nullopt;
  if (const auto code = find_currency(amount.substr(amount.size() - 3))) {
    amount = ascii::trim(amount.substr(0, amount.size() - 3));
    return code;
  }
  if (const auto code = find_currency(amount.substr(0, 3))) {
    amount = ascii::trim(amount.substr(3));
    return code;
  }
  return std::nullopt;
}

}  // namespace

std::string_view without_currency(std::string_view amount) {
  amount = ascii::trim(amount);
  take_currency(amount);
  return amount;
}

std::optional<Currency> currency_sign(std::string_view amount) {
  amount = ascii::trim(amount);
  const auto currency = take_currency(amount);
  return parse_micro_units(amount, DecimalMark::Point) ||
                 parse_micro_units(amount, DecimalMark::Comma)
             ? currency
             : std::nullopt;
}

Result<TableRows, ReportError> read_any_table(std::string_view bytes) {
  auto texts = open_report(bytes);
  if (!texts) return std::unexpected(texts.error());
  TableRows table;
  table.text = std::move(texts->front().text);
  const std::string_view text = table.text;
  std::string_view rest = text;
  for (int number = 1; number <= kHeaderLines && !rest.empty(); ++number) {
    const std::string_view line = take_line(rest);
    std::string_view below = rest;
    std::string_view next = take_line(below);
    while (!below.empty() && ascii::trim(next).empty()) next = take_line(below);
    for (char delimiter : kDelimiters) {
      std::vector<std::string> cells = read_header_cells(line, delimiter);
      while (!cells.empty() && ascii::trim(cells.back()).empty()) cells.pop_back();
      if (!may_be_header(cells) || cells.size() <= table.header.size()) continue;
      if (read_header_cells(next, delimiter).size() < cells.size()) continue;
      table.header = std::move(cells);
      table.delimiter = delimiter;
      table.body_at = static_cast<std::size_t>(rest.data() - text.data());
      table.first_body_number = number + 1;
    }
  }
  if (table.header.empty())
    return std::unexpected(
        ReportError{ReportError::Kind::UnknownLayout,
                    "this is no table with a header: columns are separated by commas, tabs, "
                    "semicolons or pipes, and their names stand above them"});
  table.rows = read_table(text.substr(table.body_at), table.delimiter, table.header.size(),
                          table.first_body_number);
  return table;
}

}  // namespace candor::networks
