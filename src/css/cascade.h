#pragma once
// Internal: which declarations win at an element (https://www.w3.org/TR/css-cascade-5/, 6.1).
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "css/media.h"
#include "css/selector.h"
#include "css/stylesheet.h"

namespace candor::css {

/// Greater wins.
struct Precedence {
  bool important = false;
  bool in_attribute = false;
  std::uint32_t layer = 0;
  std::uint32_t specificity = 0;
  std::uint32_t order = 0;

  auto operator<=>(const Precedence&) const = default;
};

struct Winner {
  const Declaration* declaration = nullptr;
  Precedence precedence;
};

struct Winners {
  std::array<Winner, kPropertyCount> of{};
  std::unordered_map<std::string_view, Winner> custom;
  /// Something undecided would win over what is known to.
  bool unsure = false;

  const Declaration* operator[](Property property) const {
    return of[static_cast<std::size_t>(property)].declaration;
  }
};

class RuleIndex {
 public:
  /// All must outlive this. Not for several threads at once.
  RuleIndex(const StyleSheets& sheets, const Tree& tree, const Reader& reader);

  /// From here on for another reader. False when nothing changes by it.
  bool read_as(const Reader& reader);

  /// `attribute` are the declarations of the element's style attribute.
  Winners winners_of(Node node, PseudoElement pseudo, const std::vector<Declaration>& attribute);
  bool exhausted() const { return budget_.steps == 0; }

 private:
  struct Target {
    std::uint32_t rule = 0;
    std::uint32_t selector = 0;
  };
  using Bucket = std::vector<Target>;
  struct Contest;

  std::vector<Match> decide_conditions(const Reader& reader) const;
  void add(Target target, const Selector& selector);
  void consider(const Bucket& bucket, Node node, PseudoElement pseudo, Contest& contest);

  const StyleSheets& sheets_;
  const Tree& tree_;
  MatchBudget budget_;
  std::vector<Match> conditions_;
  /// Targets by what a selector's subject must have.
  struct Buckets {
    std::unordered_map<std::string, Bucket> by_id, by_class, by_type;
    Bucket others;
  };
  Buckets plain_;
  Buckets painted_;  ///< of ::before and ::after, which few rules speak of
};

}  // namespace candor::css
