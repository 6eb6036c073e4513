#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "css/selector.h"

namespace candor::css {
namespace {

using Kind = SimpleSelector::Kind;

Match both(Match a, Match b) {
  if (a == Match::No || b == Match::No) return Match::No;
  return a == Match::Unknown || b == Match::Unknown ? Match::Unknown : Match::Yes;
}

Match as_match(bool matches) { return matches ? Match::Yes : Match::No; }

bool same(std::string_view a, std::string_view b, bool ignore_case) {
  return ignore_case ? ascii::equals_ignoring_case(a, b) : a == b;
}

bool has_word(std::string_view list, std::string_view word, bool ignore_case) {
  if (word.empty()) return false;
  for (std::size_t at = 0; at + word.size() <= list.size();) {
    std::size_t end = at;
    while (end < list.size() && !ascii::is_space(list[end])) ++end;
    if (end - at == word.size() && same(list.substr(at, end - at), word, ignore_case)) return true;
    at = end + 1;
  }
  return false;
}

bool contains(std::string_view text, std::string_view part, bool ignore_case) {
  if (!ignore_case) return text.find(part) != std::string_view::npos;
  return ascii::to_lower(text).find(ascii::to_lower(part)) != std::string::npos;
}

bool passes(const SimpleSelector& simple, std::string_view value) {
  using Test = SimpleSelector::Test;
  const std::string& wanted = simple.value;
  const bool caseless = simple.ignore_case;
  const auto head = [&] { return value.substr(0, std::min(value.size(), wanted.size())); };
  switch (simple.test) {
    case Test::Present:
      return true;
    case Test::Equals:
      return same(value, wanted, caseless);
    case Test::Word:
      return has_word(value, wanted, caseless);
    case Test::Dash:
      return same(head(), wanted, caseless) &&
             (value.size() == wanted.size() || value[wanted.size()] == '-');
    case Test::Begins:
      return !wanted.empty() && same(head(), wanted, caseless);
    case Test::Ends:
      return !wanted.empty() && value.size() >= wanted.size() &&
             same(value.substr(value.size() - wanted.size()), wanted, caseless);
    case Test::Contains:
      return !wanted.empty() && contains(value, wanted, caseless);
  }
  return false;
}

bool is_form_control(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kNames{
      "input", "button", "select", "textarea", "option", "optgroup", "fieldset", "form"};
  return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view each) {
    return ascii::equals_ignoring_case(each, name);
  });
}

class Matcher {
 public:
  Matcher(const Tree& tree, MatchBudget& budget) : tree_(tree), budget_(budget) {}

  Match match(const Selector& selector, Node node) {
    return match_from(selector, selector.compounds.size() - 1, node);
  }

 private:
  Match match_from(const Selector& selector, std::size_t index, Node node) {
    const Match own = match_compound(selector.compounds[index], node);
    if (own == Match::No || index == 0) return own;
    return both(own, match_before(selector, index, node));
  }

  /// What stands left of the compound at `index`.
  Match match_before(const Selector& selector, std::size_t index, Node node) {
    const Combinator combinator = selector.combinators[index - 1];
    const bool up = combinator == Combinator::Descendant || combinator == Combinator::Child;
    const bool far = combinator == Combinator::Descendant || combinator == Combinator::LaterSibling;
    const bool same_kind_before =
        index >= 2 && selector.combinators[index - 2] == Combinator::Descendant;
    Match best = Match::No;
    for (Node at = step(node, up); at != kNoNode; at = step(at, up)) {
      if (!budget_.take()) return Match::Unknown;
      const Match own = match_compound(selector.compounds[index - 1], at);
      Match found = own;
      if (own != Match::No && index >= 2) found = both(own, match_before(selector, index - 1, at));
      if (found == Match::Yes || !far) return found;
      if (found == Match::Unknown) best = Match::Unknown;
      // Farther ancestors have fewer ancestors of their own: what failed here fails there.
      if (own == Match::Yes && found == Match::No && up && same_kind_before) return best;
    }
    return best;
  }

  Node step(Node node, bool up) const { return up ? tree_.parent(node) : tree_.previous(node); }

  Match match_compound(const std::vector<SimpleSelector>& compound, Node node) {
    Match all = Match::Yes;
    for (const SimpleSelector& simple : compound) {
      all = both(all, match_simple(simple, node));
      if (all == Match::No) return all;
    }
    return all;
  }

  Match match_simple(const SimpleSelector& simple, Node node) {
    switch (simple.kind) {
      case Kind::Any:
      case Kind::Always:
        return Match::Yes;
      case Kind::Never:
        return Match::No;
      case Kind::Unknown:
        return Match::Unknown;
      case Kind::Type:
        return as_match(ascii::equals_ignoring_case(tree_.name(node), simple.name));
      case Kind::Id: {
        const auto id = tree_.attribute(node, "id");
        return as_match(id && same(*id, simple.name, tree_.quirks()));
      }
      case Kind::Class: {
        const auto classes = tree_.attribute(node, "class");
        return as_match(classes && has_word(*classes, simple.name, tree_.quirks()));
      }
      case Kind::Attribute: {
        const auto value = tree_.attribute(node, simple.name);
        return as_match(value && passes(simple, *value));
      }
      case Kind::Root:
        return as_match(tree_.parent(node) == kNoNode);
      case Kind::Link:
        return as_match((ascii::equals_ignoring_case(tree_.name(node), "a") ||
                         ascii::equals_ignoring_case(tree_.name(node), "area")) &&
                        tree_.attribute(node, "href"));
      case Kind::Checked:
        return as_match(is_form_control(tree_.name(node)) &&
                        (tree_.attribute(node, "checked") || tree_.attribute(node, "selected")));
      case Kind::Disabled:
        return as_match(is_form_control(tree_.name(node)) && tree_.attribute(node, "disabled"));
      case Kind::Enabled:
        return as_match(is_form_control(tree_.name(node)) && !tree_.attribute(node, "disabled"));
      case Kind::FormState:
        return is_form_control(tree_.name(node)) ? Match::Unknown : Match::No;
      case Kind::Is:
        return match_any(simple.arguments, node);
      case Kind::Not:
        return match_none(simple.arguments, node);
      default:
        return match_nth(simple, node);
    }
  }

  Match match_any(const std::vector<Selector>& list, Node node) {
    Match any = Match::No;
    for (const Selector& each : list) {
      if (!budget_.take()) return Match::Unknown;
      const Match one = match(each, node);
      if (one == Match::Yes) return one;
      if (one == Match::Unknown) any = one;
    }
    return any;
  }

  Match match_none(const std::vector<Selector>& list, Node node) {
    const Match any = match_any(list, node);
    if (any == Match::Unknown) return any;
    return as_match(any == Match::No);
  }

  Match match_nth(const SimpleSelector& simple, Node node) {
    const bool backwards = simple.kind == Kind::NthLastChild || simple.kind == Kind::NthLastOfType;
    const bool of_type = simple.kind == Kind::NthOfType || simple.kind == Kind::NthLastOfType;
    const std::string_view name = tree_.name(node);
    int position = 1;
    Node at = node;
    while ((at = backwards ? tree_.next(at) : tree_.previous(at)) != kNoNode) {
      if (!budget_.take()) return Match::Unknown;
      if (of_type && !ascii::equals_ignoring_case(tree_.name(at), name)) continue;
      ++position;
      // "first-child" and the like need not count on.
      if (simple.step == 0 && position > simple.offset) return Match::No;
    }
    const int rest = position - simple.offset;
    if (simple.step == 0) return as_match(rest == 0);
    return as_match(rest % simple.step == 0 && rest / simple.step >= 0);
  }

  const Tree& tree_;
  MatchBudget& budget_;
};

}  // namespace

Match match(const Selector& selector, const Tree& tree, Node node, MatchBudget& budget) {
  if (!budget.take()) return Match::Unknown;
  return Matcher(tree, budget).match(selector, node);
}

}  // namespace candor::css
