#pragma once
// Money as networks report it: whole micro-units (millionths of the currency's main unit) and an
// ISO 4217 code. No floating point anywhere near it.
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace candor {

struct Currency {
  std::array<char, 3> code{'X', 'X', 'X'};  ///< ISO 4217, upper case; XXX: no currency
  friend auto operator<=>(const Currency&, const Currency&) = default;
  std::string_view text() const { return {code.data(), 3}; }
};
/// Active codes of ISO 4217 only, in any case.
std::optional<Currency> find_currency(std::string_view code);
/// Digits after the point in everyday writing (ISO 4217): USD 2, JPY 0, KWD 3; 2 for codes we do
/// not know.
int minor_digits(Currency currency);

struct Money {
  std::int64_t micro_units = 0;
  Currency currency;
  friend auto operator<=>(const Money&, const Money&) = default;
};

enum class DecimalMark : std::uint8_t { Point, Comma };

/// "1,250.00" or "1.250,00" or "-4.05" to micro-units, exactly. Up to 6 decimals; nothing when the
/// text is not a number, has more, or is beyond a thousand million.
std::optional<std::int64_t> parse_micro_units(std::string_view text,
                                              DecimalMark mark = DecimalMark::Point);

/// Shortest exact decimal with at least the currency's own digits: "62.50", "2.999".
std::string format_amount(std::int64_t micro_units, Currency currency);

}  // namespace candor
