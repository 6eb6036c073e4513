#pragma once
// Selectors (https://www.w3.org/TR/selectors-4/): read, and matched against a tree somebody else
// holds. A selector that is valid but not decided here (":has()", ":lang()") matches Unknown, never
// Yes; states a reader brings about (":hover", ":target") match No.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace candor::css {

using Node = std::uint32_t;
inline constexpr Node kNoNode = 0xFFFFFFFFU;

/// The elements selectors are matched against.
class Tree {
 public:
  virtual ~Tree() = default;
  virtual std::string_view name(Node node) const = 0;  ///< compared ignoring ASCII case
  /// Decoded; `name` is lower case. Valid as long as the tree.
  virtual std::optional<std::string_view> attribute(Node node, std::string_view name) const = 0;
  virtual Node parent(Node node) const = 0;
  virtual Node previous(Node node) const = 0;  ///< the element before it under the same parent
  virtual Node next(Node node) const = 0;
  /// Classes and ids ignore ASCII case.
  virtual bool quirks() const = 0;
};

enum class Match : std::uint8_t { No, Yes, Unknown };
enum class Combinator : std::uint8_t { Descendant, Child, NextSibling, LaterSibling };
enum class PseudoElement : std::uint8_t { None, Before, After, Other };

struct Selector;

struct SimpleSelector {
  enum class Kind : std::uint8_t {
    Any,
    Type,
    Id,
    Class,
    Attribute,
    Is,  ///< also :where(), :matches()
    Not,
    Root,
    Link,
    Checked,  ///< as the page loads
    Disabled,
    Enabled,
    FormState,  ///< No for what is no form control, else Unknown
    NthChild,
    NthLastChild,
    NthOfType,
    NthLastOfType,
    Always,
    Never,
    Unknown,
  };
  enum class Test : std::uint8_t { Present, Equals, Word, Dash, Begins, Ends, Contains };

  Kind kind = Kind::Any;
  Test test = Test::Present;
  bool ignore_case = false;
  int step = 0;    ///< of Nth*: the A of An+B
  int offset = 0;  ///< of Nth*: the B
  std::string name;
  std::string value;
  std::vector<Selector> arguments;  ///< of Is and Not
};

struct Selector {
  std::vector<std::vector<SimpleSelector>> compounds;  ///< left to right, at least one
  std::vector<Combinator> combinators;                 ///< between them
  PseudoElement pseudo = PseudoElement::None;
  std::uint32_t specificity = 0;  ///< ids << 20 | classes << 10 | types, each at most 1023
};

struct SelectorError {
  std::size_t offset = 0;
  std::string message;
};

/// A list separated by commas. One bad selector spoils the list, as in browsers.
Result<std::vector<Selector>, SelectorError> parse_selectors(std::string_view text);

/// Bounds the work of matching over a whole page; what is beyond it matches Unknown.
struct MatchBudget {
  std::uint64_t steps = 0;
  bool take() { return steps > 0 && (--steps, true); }
};

/// Whether the node is the selector's subject; pseudo-elements are left to the caller.
Match match(const Selector& selector, const Tree& tree, Node node, MatchBudget& budget);

}  // namespace candor::css
