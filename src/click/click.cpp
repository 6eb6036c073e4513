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

ClickFacts facts_of(const Click& click) {
  return {.id = click.id,
          .link = click.link,
          .article = click.article,
          .visitor = click.visitor,
          .skew_ms = click.skew_ms,
          .placement = click.placement,
          .country = click.country,
          .verdict = click.verdict,
          .device = click.device,
          .os = click.os,
          .asn_class = click.asn_class,
          .kind = click.kind,
          .variant = click.variant};
}

Click click_of(const ClickFacts& facts) {
  Click click;
  click.id = facts.id;
  click.link = facts.link;
  click.article = facts.article;
  click.placement = facts.placement;
  click.visitor = facts.visitor;
  click.verdict = facts.verdict;
  click.country = facts.country;
  click.device = facts.device;
  click.os = facts.os;
  click.asn_class = facts.asn_class;
  click.variant = facts.variant;
  click.kind = facts.kind;
  click.skew_ms = facts.skew_ms;
  return click;
}

}  // namespace candor
