#include "css/selector.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/ascii.h"
#include "css/token.h"

namespace candor::css {
namespace {

using Kind = SimpleSelector::Kind;

constexpr int kMaxNesting = 16;
constexpr std::size_t kMaxCompounds = 256;

struct NamedKind {
  std::string_view name;
  Kind kind;
};

/// Pseudo-classes without arguments. What a reader's action or a script brings about is Never.
constexpr std::array<NamedKind, 46> kPseudoClasses{{
    {"root", Kind::Root},
    {"scope", Kind::Root},
    {"link", Kind::Link},
    {"any-link", Kind::Link},
    {"-webkit-any-link", Kind::Link},
    {"hover", Kind::Never},
    {"active", Kind::Never},
    {"focus", Kind::Never},
    {"focus-within", Kind::Never},
    {"focus-visible", Kind::Never},
    {"visited", Kind::Never},
    {"target", Kind::Never},
    {"target-within", Kind::Never},
    {"fullscreen", Kind::Never},
    {"-webkit-full-screen", Kind::Never},
    {"modal", Kind::Never},
    {"popover-open", Kind::Never},
    {"picture-in-picture", Kind::Never},
    {"autofill", Kind::Never},
    {"-webkit-autofill", Kind::Never},
    {"user-invalid", Kind::Never},
    {"user-valid", Kind::Never},
    {"host", Kind::Never},
    {"paused", Kind::Unknown},
    {"playing", Kind::Unknown},
    {"defined", Kind::Unknown},
    {"empty", Kind::Unknown},
    {"checked", Kind::Checked},
    {"indeterminate", Kind::FormState},
    {"default", Kind::FormState},
    {"enabled", Kind::Enabled},
    {"disabled", Kind::Disabled},
    {"required", Kind::FormState},
    {"optional", Kind::FormState},
    {"valid", Kind::FormState},
    {"invalid", Kind::FormState},
    {"in-range", Kind::FormState},
    {"out-of-range", Kind::FormState},
    {"read-only", Kind::Unknown},
    {"read-write", Kind::FormState},
    {"placeholder-shown", Kind::FormState},
    {"open", Kind::Unknown},
    {"first-child", Kind::NthChild},
    {"last-child", Kind::NthLastChild},
    {"first-of-type", Kind::NthOfType},
    {"last-of-type", Kind::NthLastOfType},
}};

/// Attributes whose values HTML compares ignoring case (HTML standard, 4.16.2).
bool has_caseless_value(std::string_view name) {
  static constexpr std::array<std::string_view, 22> kNames{
      "align",    "bgcolor", "charset",  "checked",    "clear", "color",    "dir",   "disabled",
      "enctype",  "face",    "hreflang", "http-equiv", "lang",  "language", "media", "method",
      "multiple", "rel",     "rev",      "shape",      "type",  "valign"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

class SelectorParser {
 public:
  explicit SelectorParser(std::string_view text) : text_(text) {
    constexpr std::size_t kUsual = 16;
    tokens_.reserve(kUsual);
    Scanner scanner(text);
    do {
      tokens_.push_back(scanner.next());
    } while (!tokens_.back().is(TokenKind::End));
  }

  Result<std::vector<Selector>, SelectorError> parse() {
    std::vector<Selector> list;
    do {
      skip_space();
      std::optional<Selector> selector = parse_complex(0);
      if (!selector) return std::unexpected(SelectorError{error_at_, error_});
      list.push_back(std::move(*selector));
    } while (accept(TokenKind::Comma));
    if (!here().is(TokenKind::End)) {
      fail("a selector cannot go on like this");
      return std::unexpected(SelectorError{error_at_, error_});
    }
    return list;
  }

 private:
  const Token& here() const { return tokens_[at_]; }
  const Token& ahead() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }
  void advance() {
    if (at_ + 1 < tokens_.size()) ++at_;
  }
  bool accept(TokenKind kind) {
    if (!here().is(kind)) return false;
    advance();
    return true;
  }
  bool skip_space() { return accept(TokenKind::Whitespace); }
  bool fail(std::string message) {
    if (error_.empty()) {
      error_ = std::move(message);
      error_at_ = here().begin;
    }
    return false;
  }

  static std::uint32_t add(std::uint32_t a, std::uint32_t b) {
    std::uint32_t sum = 0;
    for (const std::uint32_t shift : {0U, 10U, 20U})
      sum |= std::min(((a >> shift) & 1023U) + ((b >> shift) & 1023U), 1023U) << shift;
    return sum;
  }
  static constexpr std::uint32_t kIdWeight = 1U << 20;
  static constexpr std::uint32_t kClassWeight = 1U << 10;

  bool ends_selector() const {
    return here().is(TokenKind::End) || here().is(TokenKind::Comma) ||
           here().is(TokenKind::CloseRound);
  }

  std::optional<Combinator> take_combinator() {
    const bool space = skip_space();
    if (ends_selector()) return std::nullopt;
    std::optional<Combinator> found;
    if (here().is_delim('>')) found = Combinator::Child;
    if (here().is_delim('+')) found = Combinator::NextSibling;
    if (here().is_delim('~')) found = Combinator::LaterSibling;
    if (found) {
      advance();
      skip_space();
      return found;
    }
    if (space) return Combinator::Descendant;
    return std::nullopt;
  }

  std::optional<Selector> parse_complex(int depth) {
    Selector selector;
    while (true) {
      std::vector<SimpleSelector> compound;
      if (!parse_compound(compound, selector, depth)) return std::nullopt;
      selector.compounds.push_back(std::move(compound));
      const std::optional<Combinator> combinator = take_combinator();
      if (!combinator) {
        if (ends_selector()) return selector;
        fail("a selector cannot go on like this");
        return std::nullopt;
      }
      if (selector.pseudo != PseudoElement::None || selector.compounds.size() >= kMaxCompounds) {
        fail("nothing can follow here");
        return std::nullopt;
      }
      selector.combinators.push_back(*combinator);
    }
  }

  bool parse_compound(std::vector<SimpleSelector>& compound, Selector& selector, int depth) {
    const std::size_t begin = at_;
    parse_type(compound, selector);
    while (true) {
      bool more = true;
      if (here().is(TokenKind::Hash)) {
        more = here().is_id || fail("an id cannot begin like this");
        if (more) add_name(compound, Kind::Id, here().text, selector, kIdWeight);
        advance();
      } else if (here().is_delim('.')) {
        advance();
        more = here().is(TokenKind::Ident) || fail("a class has a name");
        if (more) add_name(compound, Kind::Class, here().text, selector, kClassWeight);
        advance();
      } else if (here().is(TokenKind::OpenSquare)) {
        more = parse_attribute(compound, selector);
      } else if (here().is(TokenKind::Colon)) {
        more = parse_pseudo(compound, selector, depth);
      } else {
        break;
      }
      if (!more) return false;
      if (compound.size() > kMaxCompounds) return fail("the selector is too long");
    }
    return at_ > begin || fail("a selector is missing");
  }

  void add_name(std::vector<SimpleSelector>& compound, Kind kind, std::string_view name,
                Selector& selector, std::uint32_t weight) {
    SimpleSelector simple;
    simple.kind = kind;
    simple.name = unescaped(name);
    compound.push_back(std::move(simple));
    selector.specificity = add(selector.specificity, weight);
  }

  void parse_type(std::vector<SimpleSelector>& compound, Selector& selector) {
    const bool any = here().is_delim('*');
    if (!any && !here().is(TokenKind::Ident)) return;
    if (ahead().is_delim('|') && !tokens_[std::min(at_ + 2, tokens_.size() - 1)].is_delim('=')) {
      // A namespace: "svg|a" is not an element of the page's own; "*|a" is.
      const bool any_namespace = any;
      advance();
      advance();
      if (!any_namespace) compound.push_back(made(Kind::Unknown));
      return parse_type(compound, selector);
    }
    if (any)
      compound.push_back(made(Kind::Any));
    else
      add_name(compound, Kind::Type, ascii::to_lower(here().text), selector, 1);
    advance();
  }

  static SimpleSelector made(Kind kind) {
    SimpleSelector simple;
    simple.kind = kind;
    return simple;
  }

  bool parse_attribute(std::vector<SimpleSelector>& compound, Selector& selector) {
    advance();
    skip_space();
    SimpleSelector simple = made(Kind::Attribute);
    if (!here().is(TokenKind::Ident)) return fail("an attribute has a name");
    simple.name = ascii::to_lower(unescaped(here().text));
    simple.ignore_case = has_caseless_value(simple.name);
    advance();
    skip_space();
    // The end of the text closes what is open (CSS Syntax 5.4.8).
    if (!here().is(TokenKind::CloseSquare) && !here().is(TokenKind::End)) {
      if (!parse_test(simple)) return false;
      skip_space();
      if (!here().is(TokenKind::Ident) && !here().is(TokenKind::String))
        return fail("an attribute's value is a name or stands in quotes");
      simple.value = unescaped(here().text);
      advance();
      skip_space();
      if (here().is_ident("i") || here().is_ident("s")) {
        simple.ignore_case = here().is_ident("i");
        advance();
        skip_space();
      }
    }
    if (!accept(TokenKind::CloseSquare) && !here().is(TokenKind::End))
      return fail("\"]\" is missing");
    compound.push_back(std::move(simple));
    selector.specificity = add(selector.specificity, kClassWeight);
    return true;
  }

  bool parse_test(SimpleSelector& simple) {
    using Test = SimpleSelector::Test;
    static constexpr std::array<std::pair<char, Test>, 5> kTests{{{'~', Test::Word},
                                                                  {'|', Test::Dash},
                                                                  {'^', Test::Begins},
                                                                  {'$', Test::Ends},
                                                                  {'*', Test::Contains}}};
    simple.test = Test::Equals;
    for (const auto& [mark, test] : kTests) {
      if (!here().is_delim(mark)) continue;
      simple.test = test;
      advance();
      break;
    }
    if (!here().is_delim('=')) return fail("\"=\" is missing");
    advance();
    return true;
  }

  bool parse_pseudo(std::vector<SimpleSelector>& compound, Selector& selector, int depth) {
    advance();
    const bool element = accept(TokenKind::Colon);
    const bool function = here().is(TokenKind::Function);
    if (!function && !here().is(TokenKind::Ident)) return fail("a pseudo-class has a name");
    const std::string name = ascii::to_lower(unescaped(here().text));
    const bool old_element =
        name == "before" || name == "after" || name == "first-line" || name == "first-letter";
    if (element || (old_element && !function)) return parse_pseudo_element(name, selector);
    if (selector.pseudo != PseudoElement::None) {
      // "::after:hover": a state of what is not asked about.
      selector.pseudo = PseudoElement::Other;
    }
    return function ? parse_function(name, compound, selector, depth)
                    : parse_plain(name, compound, selector);
  }

  bool parse_pseudo_element(const std::string& name, Selector& selector) {
    if (selector.pseudo != PseudoElement::None)
      selector.pseudo = PseudoElement::Other;
    else if (name == "before")
      selector.pseudo = PseudoElement::Before;
    else if (name == "after")
      selector.pseudo = PseudoElement::After;
    else if (!is_known_prefix(name))
      return fail("\"::" + name + "\" is unknown");
    else
      selector.pseudo = PseudoElement::Other;
    if (here().is(TokenKind::Function)) skip_arguments();
    advance();
    selector.specificity = add(selector.specificity, 1);
    return true;
  }

  /// A vendor's own names spoil a rule in the browsers of others; of those, readers use WebKit's
  /// and Chromium's.
  static bool is_known_prefix(std::string_view name) {
    return !name.starts_with('-') || name.starts_with("-webkit-");
  }

  /// Names of functions that browsers know and this does not decide.
  static bool is_undecided_function(std::string_view name) {
    static constexpr std::array<std::string_view, 8> kNames{
        "has", "lang", "dir", "state", "host", "host-context", "nth-col", "nth-last-col"};
    return name.starts_with("-webkit-") ||
           std::find(kNames.begin(), kNames.end(), name) != kNames.end();
  }

  bool parse_plain(const std::string& name, std::vector<SimpleSelector>& compound,
                   Selector& selector) {
    const auto* known = std::find_if(kPseudoClasses.begin(), kPseudoClasses.end(),
                                     [&](const NamedKind& each) { return each.name == name; });
    if (known == kPseudoClasses.end() && !name.starts_with("-webkit-") &&
        !name.starts_with("only-"))
      return fail("\":" + name + "\" is unknown");
    SimpleSelector simple = made(known == kPseudoClasses.end() ? Kind::Unknown : known->kind);
    simple.offset = 1;
    const bool only_child = name == "only-child";
    if (only_child || name == "only-of-type") {
      simple.kind = only_child ? Kind::NthChild : Kind::NthOfType;
      compound.push_back(simple);
      simple.kind = only_child ? Kind::NthLastChild : Kind::NthLastOfType;
    }
    compound.push_back(std::move(simple));
    selector.specificity = add(selector.specificity, kClassWeight);
    advance();
    return true;
  }

  /// From a Function token to its closing parenthesis.
  void skip_arguments() {
    std::size_t depth = 0;
    for (; !here().is(TokenKind::End); advance()) {
      if (here().is(TokenKind::Function) || here().is(TokenKind::OpenRound)) ++depth;
      if (here().is(TokenKind::CloseRound) && --depth == 0) return;
    }
  }

  bool parse_function(const std::string& name, std::vector<SimpleSelector>& compound,
                      Selector& selector, int depth) {
    static constexpr std::array<NamedKind, 4> kNth{{{"nth-child", Kind::NthChild},
                                                    {"nth-last-child", Kind::NthLastChild},
                                                    {"nth-of-type", Kind::NthOfType},
                                                    {"nth-last-of-type", Kind::NthLastOfType}}};
    if (name == "is" || name == "where" || name == "not" || name == "matches" ||
        name == "-webkit-any")
      return parse_list(name, compound, selector, depth);
    SimpleSelector simple = made(Kind::Unknown);
    const auto* nth = std::find_if(kNth.begin(), kNth.end(),
                                   [&](const NamedKind& each) { return each.name == name; });
    if (nth == kNth.end() && !is_undecided_function(name))
      return fail("\":" + name + "()\" is unknown");
    const std::size_t begin = here().end;
    skip_arguments();
    const std::string_view inside = text_.substr(begin, here().begin - begin);
    if (nth != kNth.end()) {
      simple.kind = nth->kind;
      // "2n of .a" counts some siblings only: not decided.
      if (!read_nth(inside, simple)) simple.kind = Kind::Unknown;
    } else if (name == "host" || name == "host-context") {
      simple.kind = Kind::Never;
    }
    advance();
    compound.push_back(std::move(simple));
    selector.specificity = add(selector.specificity, kClassWeight);
    return true;
  }

  /// The arguments of :is(), :where() and :not(). The first two pass over what they cannot read.
  bool parse_list(const std::string& name, std::vector<SimpleSelector>& compound,
                  Selector& selector, int depth) {
    const bool negated = name == "not";
    SimpleSelector simple = made(negated ? Kind::Not : Kind::Is);
    if (depth >= kMaxNesting) {
      skip_arguments();
      advance();
      compound.push_back(made(Kind::Unknown));
      return true;
    }
    advance();
    std::uint32_t most = 0;
    do {
      skip_space();
      std::optional<Selector> argument = parse_complex(depth + 1);
      if (!argument && negated) return false;
      if (!argument) {
        error_.clear();
        skip_argument();
        continue;
      }
      most = std::max(most, argument->specificity);
      // Pseudo-elements cannot stand in a list; they match nothing there.
      if (argument->pseudo == PseudoElement::None) simple.arguments.push_back(std::move(*argument));
    } while (accept(TokenKind::Comma));
    if (!accept(TokenKind::CloseRound) && !here().is(TokenKind::End))
      return fail("\")\" is missing");
    compound.push_back(std::move(simple));
    if (name != "where") selector.specificity = add(selector.specificity, most);
    return true;
  }

  /// To the comma or parenthesis that ends an argument.
  void skip_argument() {
    while (!ends_selector()) {
      if (here().is(TokenKind::Function) || here().is(TokenKind::OpenRound)) skip_arguments();
      advance();
    }
  }

  static bool read_number(std::string_view digits, int& into) {
    if (digits.starts_with('+')) digits.remove_prefix(1);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), into);
    return read.ec == std::errc() && read.ptr == digits.data() + digits.size() &&
           std::abs(into) < 1'000'000;
  }

  /// "2n+1", "odd", "-n + 3" (CSS Syntax 6).
  static bool read_nth(std::string_view text, SimpleSelector& simple) {
    std::string plain = ascii::to_lower(text);
    std::erase_if(plain, ascii::is_space);
    if (plain == "odd") plain = "2n+1";
    if (plain == "even") plain = "2n";
    const std::size_t n = plain.find('n');
    if (n == std::string::npos) return read_number(plain, simple.offset);
    std::string step = plain.substr(0, n);
    if (step.empty() || step == "+" || step == "-") step += '1';
    const std::string offset = plain.substr(n + 1);
    return read_number(step, simple.step) && (offset.empty() || read_number(offset, simple.offset));
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::size_t error_at_ = 0;
  std::string error_;
};

}  // namespace

Result<std::vector<Selector>, SelectorError> parse_selectors(std::string_view text) {
  return SelectorParser(text).parse();
}

}  // namespace candor::css
