#include "revenue/money.h"

#include <algorithm>

#include "base/ascii.h"

namespace candor {
namespace {

constexpr int kMicroDigits = 6;

// ISO 4217 exponents other than 2 (SIX list one, amendment 176).
constexpr std::array<std::string_view, 17> kWithoutMinorUnit{
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
    "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::array<std::string_view, 7> kThousandths{"BHD", "IQD", "JOD", "KWD",
                                                       "LYD", "OMR", "TND"};
constexpr std::array<std::string_view, 2> kTenThousandths{"CLF", "UYW"};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& codes, std::string_view code) {
  return std::ranges::find(codes, code) != codes.end();
}

/// Removes the mark that separates groups of digits from the front: the other mark, an apostrophe,
/// or a space (also the no-break ones, UTF-8). Returns what was removed.
std::string_view take_separator(std::string_view& text, DecimalMark mark) {
  for (std::string_view each :
       {std::string_view(mark == DecimalMark::Point ? "," : "."), std::string_view("'"),
        std::string_view(" "), std::string_view("\xC2\xA0"), std::string_view("\xE2\x80\xAF"),
        std::string_view("\xE2\x80\x99")}) {
    if (!text.starts_with(each)) continue;
    text.remove_prefix(each.size());
    return each;
  }
  return {};
}

std::string_view take_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && ascii::is_digit(text[count])) ++count;
  const std::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

/// The whole part without its separators. Groups are western (1,250,000) or Indian (12,50,000): the
/// last holds three digits, so that "1,25" is never taken for 125.
std::optional<std::string> take_whole_part(std::string_view& text, DecimalMark mark) {
  std::string digits(take_digits(text));
  const std::size_t first_size = digits.size();
  std::string_view separator;
  std::size_t last_size = 0;
  while (true) {
    std::string_view rest = text;
    const std::string_view taken = take_separator(rest, mark);
    if (taken.empty()) break;
    if (first_size == 0 || first_size > 3 || (!separator.empty() && taken != separator))
      return std::nullopt;
    if (last_size != 0 && last_size != 2 && last_size != 3) return std::nullopt;
    const std::string_view group = take_digits(rest);
    if (group.size() != 2 && group.size() != 3) return std::nullopt;
    separator = taken;
    last_size = group.size();
    digits += group;
    text = rest;
  }
  if (last_size != 0 && last_size != 3) return std::nullopt;
  return digits;
}

bool take_minus(std::string_view& text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    return false;
  }
  for (std::string_view minus : {std::string_view("-"), std::string_view("\xE2\x88\x92")}) {
    if (!text.starts_with(minus)) continue;
    text.remove_prefix(minus.size());
    return true;
  }
  return false;
}

/// Active codes of ISO 4217 (list one, 2025-05), in order, each followed by a space.
constexpr std::string_view kActiveCodes =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD "
    "BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD "
    "EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD "
    "IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL "
    "MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN "
    "PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN "
    "SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES "
    "VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

bool is_iso_4217(std::string_view code) {
  for (std::size_t at = 0; at + 3 <= kActiveCodes.size(); at += 4)
    if (kActiveCodes.substr(at, 3) == code) return true;
  return false;
}

/// A thousand million: no commission is larger, and thousands of such rows still sum without
/// overflow.
constexpr std::int64_t kMostMicroUnits = 1'000'000'000'000'000;

}  // namespace

std::optional<Currency> find_currency(std::string_view code) {
  if (code.size() != 3) return std::nullopt;
  Currency currency;
  for (std::size_t i = 0; i < 3; ++i) {
    if (!ascii::is_alpha(code[i])) return std::nullopt;
    const char lower = ascii::lower(code[i]);
    currency.code[i] = static_cast<char>(lower - 'a' + 'A');
  }
  return is_iso_4217(currency.text()) ? std::optional(currency) : std::nullopt;
}

int minor_digits(Currency currency) {
  const std::string_view code = currency.text();
  if (holds(kWithoutMinorUnit, code)) return 0;
  if (holds(kThousandths, code)) return 3;
  return holds(kTenThousandths, code) ? 4 : 2;
}

std::optional<std::int64_t> parse_micro_units(std::string_view text, DecimalMark mark) {
  text = ascii::trim(text);
  const bool negative = take_minus(text);
  std::optional<std::string> digits = take_whole_part(text, mark);
  if (!digits) return std::nullopt;
  std::string_view decimals;
  if (text.starts_with(mark == DecimalMark::Point ? '.' : ',')) {
    text.remove_prefix(1);
    decimals = take_digits(text);
    if (decimals.empty() || decimals.size() > kMicroDigits) return std::nullopt;
  }
  if (!text.empty() || (digits->empty() && decimals.empty())) return std::nullopt;
  *digits += decimals;
  digits->append(kMicroDigits - decimals.size(), '0');
  // Counted on the side of the sign, because the smallest number has no positive twin.
  std::int64_t micro = 0;
  for (char c : *digits) {
    const std::int64_t digit = negative ? '0' - c : c - '0';
    if (__builtin_mul_overflow(micro, 10, &micro) || __builtin_add_overflow(micro, digit, &micro))
      return std::nullopt;
  }
  if (micro > kMostMicroUnits || micro < -kMostMicroUnits) return std::nullopt;
  return micro;
}

std::string format_amount(std::int64_t micro_units, Currency currency) {
  const bool negative = micro_units < 0;
  const auto bits = static_cast<std::uint64_t>(micro_units);
  std::string digits = std::to_string(negative ? 0 - bits : bits);
  if (digits.size() <= kMicroDigits) digits.insert(0, kMicroDigits + 1 - digits.size(), '0');
  std::string decimals = digits.substr(digits.size() - kMicroDigits);
  digits.resize(digits.size() - kMicroDigits);
  const auto least = static_cast<std::size_t>(minor_digits(currency));
  while (decimals.size() > least && decimals.back() == '0') decimals.pop_back();
  if (!decimals.empty()) digits += '.' + decimals;
  return negative ? '-' + digits : digits;
}

}  // namespace candor
