#pragma once
// A country as ISO 3166-1 alpha-2 names it.
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace candor {

class Country {
 public:
  constexpr Country() = default;  ///< unknown

  /// "DE" or "de"; nothing when `text` is not two letters. Whether such a country exists is not
  /// looked up: the list changes, and databases have codes of their own ("EU", "XK").
  static std::optional<Country> parse(std::string_view text);
  /// As code() gave it; unknown when the number is no country's.
  static Country from_code(std::uint16_t code);

  /// Upper case; empty when unknown.
  std::string text() const;
  /// The two letters as a number (first * 256 + second), 0 when unknown: what journals and
  /// databases hold.
  std::uint16_t code() const { return code_; }
  explicit operator bool() const { return code_ != 0; }
  friend auto operator<=>(const Country&, const Country&) = default;

 private:
  std::uint16_t code_ = 0;
};

}  // namespace candor
