#include "disclosure/wording/jurisdictions.h"

#include <algorithm>
#include <array>

namespace candor::disclosure {
namespace {

constexpr auto kKnown = std::to_array<std::string_view>(
    {"US", "UK", "IE", "DE", "AT", "FR", "ES", "IT", "NL", "BE", "PL", "SE",
     "FI", "BR", "JP", "KR", "CN", "CA", "AU", "IN", "BG", "CY", "CZ", "DK",
     "EE", "GR", "HR", "HU", "LT", "LU", "LV", "MT", "PT", "RO", "SI", "SK"});

}  // namespace

std::span<const std::string_view> known_jurisdictions() { return kKnown; }

Result<std::string, std::string> parse_jurisdiction(std::string_view text) {
  std::string code(text);
  for (char& c : code)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (code == "GB") code = "UK";
  if (std::ranges::find(kKnown, code) != kKnown.end()) return code;
  std::string why = "\"" + std::string(text) + "\" is no jurisdiction Candor knows; there are";
  for (const std::string_view known : kKnown) why.append(" ").append(known);
  return std::unexpected(std::move(why));
}

}  // namespace candor::disclosure
