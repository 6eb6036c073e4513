#include <algorithm>
#include <charconv>
#include <optional>

#include "base/ascii.h"
#include "networks/workbook.h"

namespace candor::networks {
namespace {

constexpr std::size_t kShownDigits = 15;

/// A decimal number as digits and the place of its point: 0.0113 is "113" and -1.
struct Decimal {
  bool negative = false;
  std::string digits;  ///< without zeros at its ends
  int point = 0;       ///< digits before the point; may be negative
};

std::optional<Decimal> parse(std::string_view text) {
  Decimal decimal;
  if (text.starts_with('-')) {
    decimal.negative = true;
    text.remove_prefix(1);
  }
  bool behind_point = false;
  std::size_t i = 0;
  for (; i < text.size() && text[i] != 'E' && text[i] != 'e'; ++i) {
    if (text[i] == '.' && !behind_point) {
      behind_point = true;
    } else if (ascii::is_digit(text[i])) {
      decimal.digits += text[i];
      if (!behind_point) ++decimal.point;
    } else {
      return std::nullopt;
    }
  }
  if (decimal.digits.empty()) return std::nullopt;
  if (i < text.size()) {
    std::string_view exponent = text.substr(i + 1);
    if (exponent.starts_with('+')) exponent.remove_prefix(1);
    int value = 0;
    const auto [end, error] =
        std::from_chars(exponent.data(), exponent.data() + exponent.size(), value);
    if (error != std::errc() || end != exponent.data() + exponent.size() || value < -300 ||
        value > 300)
      return std::nullopt;
    decimal.point += value;
  }
  const std::size_t zeros = std::min(decimal.digits.find_first_not_of('0'), decimal.digits.size());
  decimal.digits.erase(0, zeros);
  decimal.point -= static_cast<int>(zeros);
  return decimal;
}

/// Half up, in the decimal digits.
void round(Decimal& decimal) {
  if (decimal.digits.size() > kShownDigits) {
    const bool up = decimal.digits[kShownDigits] >= '5';
    decimal.digits.resize(kShownDigits);
    std::size_t i = kShownDigits;
    while (up && i > 0 && decimal.digits[i - 1] == '9') decimal.digits[--i] = '0';
    if (up && i > 0) ++decimal.digits[i - 1];
    if (up && i == 0) {
      decimal.digits.insert(0, 1, '1');
      ++decimal.point;
    }
  }
  while (decimal.digits.ends_with('0')) decimal.digits.pop_back();
}

std::string written(const Decimal& decimal) {
  if (decimal.digits.empty()) return "0";
  std::string out = decimal.negative ? "-" : "";
  const auto size = static_cast<int>(decimal.digits.size());
  if (decimal.point <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-decimal.point), '0');
    return out + decimal.digits;
  }
  if (decimal.point >= size) {
    out += decimal.digits;
    out.append(static_cast<std::size_t>(decimal.point - size), '0');
    return out;
  }
  const auto point = static_cast<std::size_t>(decimal.point);
  return out + decimal.digits.substr(0, point) + '.' + decimal.digits.substr(point);
}

}  // namespace

std::string tidy_number(std::string_view text) {
  auto decimal = parse(text);
  if (!decimal) return std::string(text);
  round(*decimal);
  return written(*decimal);
}

}  // namespace candor::networks
