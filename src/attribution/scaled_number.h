#pragma once
// Positive numbers of any size in whole-number arithmetic: the same bits on every machine. Only
// what never cancels: adding, multiplying and dividing. Each of them is off by less than 2^-62 of
// its answer, so n of them in a row by less than n * 2^-62.
#include <bit>
#include <compare>
#include <cstdint>

namespace candor::attribution {

/// mantissa * 2^exponent; 0, or a mantissa with its highest bit set.
class ScaledNumber {
 public:
  constexpr ScaledNumber() = default;
  constexpr explicit ScaledNumber(std::uint64_t value) : ScaledNumber(value, 0) {}

  constexpr bool is_zero() const { return mantissa_ == 0; }
  constexpr std::uint64_t mantissa() const { return mantissa_; }
  constexpr std::int64_t exponent() const { return exponent_; }

  friend constexpr ScaledNumber operator+(ScaledNumber a, ScaledNumber b) {
    if (a.is_zero()) return b;
    if (b.is_zero()) return a;
    if (a.exponent_ < b.exponent_) {
      const ScaledNumber swapped = a;
      a = b;
      b = swapped;
    }
    const std::int64_t shift = a.exponent_ - b.exponent_;
    if (shift >= 64) return a;
    const std::uint64_t addend = b.mantissa_ >> shift;
    const std::uint64_t sum = a.mantissa_ + addend;
    if (sum >= addend) return normal(sum, a.exponent_);
    return normal((sum >> 1) | kHighestBit, a.exponent_ + 1);
  }
  friend constexpr ScaledNumber operator*(ScaledNumber a, ScaledNumber b) {
    if (a.is_zero() || b.is_zero()) return {};
    const Wide product = static_cast<Wide>(a.mantissa_) * b.mantissa_;
    const std::int64_t exponent = a.exponent_ + b.exponent_ + 64;
    const auto high = static_cast<std::uint64_t>(product >> 64);
    if ((high & kHighestBit) != 0) return normal(high, exponent);
    return normal(static_cast<std::uint64_t>(product >> 63), exponent - 1);
  }
  /// `b` is not 0.
  friend constexpr ScaledNumber operator/(ScaledNumber a, ScaledNumber b) {
    if (a.is_zero()) return {};
    const bool fits = a.mantissa_ < b.mantissa_;
    const Wide dividend = static_cast<Wide>(a.mantissa_) << (fits ? 64 : 63);
    return normal(static_cast<std::uint64_t>(dividend / b.mantissa_),
                  a.exponent_ - b.exponent_ - (fits ? 64 : 63));
  }
  friend constexpr std::strong_ordering operator<=>(ScaledNumber a, ScaledNumber b) {
    if (a.is_zero() || b.is_zero()) return a.mantissa_ <=> b.mantissa_;
    if (a.exponent_ != b.exponent_) return a.exponent_ <=> b.exponent_;
    return a.mantissa_ <=> b.mantissa_;
  }
  friend constexpr bool operator==(ScaledNumber a, ScaledNumber b) = default;

 private:
  __extension__ using Wide = unsigned __int128;
  static constexpr std::uint64_t kHighestBit = std::uint64_t{1} << 63;

  constexpr ScaledNumber(std::uint64_t value, std::int64_t exponent) {
    if (value == 0) return;
    const int shift = std::countl_zero(value);
    mantissa_ = value << shift;
    exponent_ = exponent - shift;
  }
  static constexpr ScaledNumber normal(std::uint64_t mantissa, std::int64_t exponent) {
    ScaledNumber number;
    number.mantissa_ = mantissa;
    number.exponent_ = exponent;
    return number;
  }

  std::uint64_t mantissa_ = 0;
  std::int64_t exponent_ = 0;
};

/// `part` for `whole` = 2^48, to the nearest whole number; `part` is at most `whole`, which is not
/// 0. Equal parts that arithmetic brought a little apart become equal again.
constexpr std::int64_t rounded_share(ScaledNumber part, ScaledNumber whole) {
  constexpr int kBits = 48;
  const ScaledNumber share = part / whole;  // at most 1 = 2^63 * 2^-63
  const std::int64_t shift = -share.exponent() - kBits;
  if (share.is_zero() || shift > 64) return 0;
  if (shift == 64) return static_cast<std::int64_t>(share.mantissa() >> 63);
  const std::uint64_t half = std::uint64_t{1} << (shift - 1);
  const std::uint64_t kept = share.mantissa() >> shift;
  const std::uint64_t rest = share.mantissa() & ((half << 1) - 1);
  return static_cast<std::int64_t>(rest >= half ? kept + 1 : kept);
}

}  // namespace candor::attribution
