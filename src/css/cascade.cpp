#include "css/cascade.h"

#include <algorithm>

#include "base/ascii.h"

namespace candor::css {
namespace {

constexpr std::uint64_t kSteps = 4'000'000;

std::uint32_t layer_rank(std::uint32_t layer, bool important) {
  // Normal declarations: later layers win, and none over all. Important ones: the other way round.
  if (important) return layer == 0 ? 0 : 0xFFFFFFFFU - layer;
  return layer == 0 ? 0xFFFFFFFFU : layer;
}

}  // namespace

/// The declarations met so far at one element.
struct RuleIndex::Contest {
  Winners winners;
  std::array<std::optional<Precedence>, kPropertyCount> undecided{};

  void enter(const Declaration& declaration, const Precedence& precedence, Match match) {
    if (declaration.property == Property::Custom) {
      if (match != Match::Yes) return;
      Winner& winner = winners.custom[declaration.name];
      if (winner.declaration == nullptr || precedence >= winner.precedence)
        winner = {&declaration, precedence};
      return;
    }
    const auto index = static_cast<std::size_t>(declaration.property);
    if (match == Match::Unknown) {
      undecided[index] = std::max(undecided[index].value_or(precedence), precedence);
      return;
    }
    Winner& winner = winners.of[index];
    if (winner.declaration == nullptr || precedence >= winner.precedence)
      winner = {&declaration, precedence};
  }

  void settle() {
    for (std::size_t i = 0; i < kPropertyCount; ++i)
      if (undecided[i] &&
          (winners.of[i].declaration == nullptr || *undecided[i] > winners.of[i].precedence))
        winners.unsure = true;
  }
};

RuleIndex::RuleIndex(const StyleSheets& sheets, const Tree& tree, const Reader& reader)
    : sheets_(sheets), tree_(tree), budget_{kSteps}, conditions_(decide_conditions(reader)) {
  for (std::uint32_t rule = 0; rule < sheets.rules().size(); ++rule) {
    const StyleRule& each = sheets.rules()[rule];
    for (std::uint32_t i = 0; i < each.selectors.size(); ++i)
      if (each.selectors[i].pseudo != PseudoElement::Other) add({rule, i}, each.selectors[i]);
  }
}

bool RuleIndex::read_as(const Reader& reader) {
  std::vector<Match> decided = decide_conditions(reader);
  if (decided == conditions_) return false;
  conditions_ = std::move(decided);
  return true;
}

std::vector<Match> RuleIndex::decide_conditions(const Reader& reader) const {
  std::vector<Match> conditions;
  // An outer condition stands before its inner ones.
  for (const Condition& each : sheets_.conditions()) {
    Match holds = Match::Unknown;
    if (each.kind == Condition::Kind::Media)
      holds = media_hold(each.queries, reader) ? Match::Yes : Match::No;
    if (each.outer != kNoCondition && conditions[each.outer] != Match::Yes && holds != Match::No)
      holds = conditions[each.outer];
    conditions.push_back(holds);
  }
  return conditions;
}

void RuleIndex::add(Target target, const Selector& selector) {
  using Kind = SimpleSelector::Kind;
  const SimpleSelector* best = nullptr;
  const auto rank = [](Kind kind) {
    return kind == Kind::Id ? 3 : kind == Kind::Class ? 2 : kind == Kind::Type ? 1 : 0;
  };
  for (const SimpleSelector& simple : selector.compounds.back())
    if (rank(simple.kind) > (best == nullptr ? 0 : rank(best->kind))) best = &simple;
  Buckets& all = selector.pseudo == PseudoElement::None ? plain_ : painted_;
  if (best == nullptr) return all.others.push_back(target);
  auto& buckets = best->kind == Kind::Id      ? all.by_id
                  : best->kind == Kind::Class ? all.by_class
                                              : all.by_type;
  buckets[ascii::to_lower(best->name)].push_back(target);
}

void RuleIndex::consider(const Bucket& bucket, Node node, PseudoElement pseudo, Contest& contest) {
  for (const Target& target : bucket) {
    const StyleRule& rule = sheets_.rules()[target.rule];
    const Selector& selector = rule.selectors[target.selector];
    if (selector.pseudo != pseudo) continue;
    if (rule.condition != kNoCondition && conditions_[rule.condition] == Match::No) continue;
    Match found = match(selector, tree_, node, budget_);
    if (found == Match::No) continue;
    if (rule.condition != kNoCondition && conditions_[rule.condition] == Match::Unknown)
      found = Match::Unknown;
    for (std::uint32_t i = 0; i < rule.declaration_count; ++i) {
      const Declaration& declaration = sheets_.declarations()[rule.first_declaration + i];
      contest.enter(declaration,
                    {declaration.important, false, layer_rank(rule.layer, declaration.important),
                     selector.specificity, rule.order},
                    found);
    }
  }
}

Winners RuleIndex::winners_of(Node node, PseudoElement pseudo,
                              const std::vector<Declaration>& attribute) {
  Contest contest;
  const auto look_up = [&](const auto& buckets, std::string_view name) {
    if (buckets.empty()) return;
    if (const auto found = buckets.find(ascii::to_lower(name)); found != buckets.end())
      consider(found->second, node, pseudo, contest);
  };
  const Buckets& all = pseudo == PseudoElement::None ? plain_ : painted_;
  consider(all.others, node, pseudo, contest);
  look_up(all.by_type, tree_.name(node));
  if (const auto id = tree_.attribute(node, "id")) look_up(all.by_id, *id);
  std::string_view classes = tree_.attribute(node, "class").value_or("");
  while (!classes.empty()) {
    std::size_t end = 0;
    while (end < classes.size() && !ascii::is_space(classes[end])) ++end;
    if (end > 0) look_up(all.by_class, classes.substr(0, end));
    classes.remove_prefix(std::min(classes.size(), end + 1));
  }
  for (std::size_t i = 0; i < attribute.size(); ++i)
    contest.enter(attribute[i], {attribute[i].important, true, 0, 0, static_cast<std::uint32_t>(i)},
                  Match::Yes);
  contest.settle();
  return std::move(contest.winners);
}

}  // namespace candor::css
