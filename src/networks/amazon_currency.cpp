#include "networks/amazon_currency.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace candor::networks {
namespace {

/// What stands in brackets behind a header: "$" of "Ad Fees($)".
std::string_view bracketed(std::string_view header) {
  header = ascii::trim(header);
  const std::size_t open = header.rfind('(');
  if (open == std::string_view::npos || !header.ends_with(')')) return {};
  return ascii::trim(header.substr(open + 1, header.size() - open - 2));
}

/// "-20" of "candor-20"; empty when the rows do not agree.
std::string_view common_tag_end(const FieldTable& table, std::size_t tag_field) {
  std::string_view common;
  for (std::size_t row = 0; row < table.size(); ++row) {
    const std::string_view tag = table.cell(row, tag_field).text;
    const std::size_t dash = tag.rfind('-');
    if (dash == std::string_view::npos || tag == "-") continue;
    if (!common.empty() && common != tag.substr(dash)) return {};
    common = tag.substr(dash);
  }
  return common;
}

bool counts_in_dollars(Currency currency) {
  constexpr std::array<std::string_view, 5> kDollars{"USD", "CAD", "AUD", "SGD", "MXN"};
  return std::ranges::find(kDollars, currency.text()) != kDollars.end();
}

}  // namespace

std::optional<Currency> amazon_currency(const FieldTable& table, std::size_t amount_field,
                                        std::optional<std::size_t> tag_field, DecimalMark mark,
                                        const ReportOptions& options) {
  const std::string_view sign = bracketed(table.header(amount_field));
  if (sign == "$") {
    const bool said = options.currency && counts_in_dollars(*options.currency);
    return said ? options.currency : find_currency("USD");
  }
  if (ascii::to_lower(sign) == "rs." || sign == "\xE2\x82\xB9") return find_currency("INR");
  if (sign == "\xC2\xA3") return find_currency("GBP");
  if (sign == "\xE2\x82\xAC") return find_currency("EUR");
  if (sign == "\xC2\xA5" || sign == "\xEF\xBF\xA5") return find_currency("JPY");
  if (const auto named = find_currency(sign)) return named;
  if (options.currency) return options.currency;
  const std::string_view tag_end = tag_field ? common_tag_end(table, *tag_field) : "";
  if (tag_end == "-20") return find_currency("USD");
  if (tag_end == "-21") return find_currency(mark == DecimalMark::Comma ? "EUR" : "GBP");
  return std::nullopt;
}

}  // namespace candor::networks
