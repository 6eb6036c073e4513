#include "click/click.h"

#include <algorithm>
#include <array>

namespace candor {
namespace {

constexpr std::array<std::string_view, kVerdictCount> kVerdictNames{
    "human", "bot", "prefetch", "head", "repeat", "preview", "flood", "data-centre", "test"};
constexpr std::array<std::string_view, kClickKindCount> kKindNames{"redirect", "beacon"};
constexpr std::array<std::string_view, kAsnClassCount> kAsnNames{"unknown", "reader",
                                                                 "data-centre"};

}  // namespace

std::string_view name_of(ClickKind kind) { return kKindNames.at(static_cast<std::size_t>(kind)); }
std::string_view name_of(AsnClass asn_class) {
  return kAsnNames.at(static_cast<std::size_t>(asn_class));
}

std::string_view name_of(Verdict verdict) {
  return kVerdictNames.at(static_cast<std::size_t>(verdict));
}

std::optional<Verdict> find_verdict(std::string_view name) {
  const auto* found = std::ranges::find(kVerdictNames, name);
  if (found == kVerdictNames.end()) return std::nullopt;
  return static_cast<Verdict>(found - kVerdictNames.begin());
}

}  // namespace candor
