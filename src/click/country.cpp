#include "click/country.h"

#include "base/ascii.h"

namespace candor {
namespace {

constexpr char upper(char letter) {
  return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 32) : letter;
}

}  // namespace

std::optional<Country> Country::parse(std::string_view text) {
  if (text.size() != 2 || !ascii::is_alpha(text[0]) || !ascii::is_alpha(text[1]))
    return std::nullopt;
  Country country;
  country.code_ = static_cast<std::uint16_t>(upper(text[0]) * 256 + upper(text[1]));
  return country;
}

Country Country::from_code(std::uint16_t code) {
  const std::string letters{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
  return parse(letters).value_or(Country{});
}

std::string Country::text() const {
  if (code_ == 0) return {};
  return {static_cast<char>(code_ >> 8), static_cast<char>(code_ & 0xFF)};
}

}  // namespace candor
