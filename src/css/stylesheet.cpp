// One pass over each text: a block's declarations are read first, and its selectors only when
// something in it is kept. Recursion follows the nesting of blocks and is bounded; what lies deeper
// is passed over.
#include "css/stylesheet.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "css/declaration.h"
#include "css/token.h"

namespace candor::css {
namespace {

constexpr int kMaxDepth = 24;
constexpr int kMaxImportDepth = 4;
constexpr std::size_t kMaxNestedSelector = 2048;
constexpr std::size_t kMaxPrelude = std::size_t{64} << 10;
constexpr std::size_t kMaxSelectors = 200'000;
constexpr std::size_t kMaxImports = 100;

/// "value !important" as value and flag.
bool strip_important(std::string_view& value) {
  value = ascii::trim(value);
  const std::size_t mark = value.rfind('!');
  if (mark == std::string_view::npos ||
      !ascii::equals_ignoring_case(ascii::trim(value.substr(mark + 1)), "important"))
    return false;
  value = ascii::trim(value.substr(0, mark));
  return true;
}

/// The blocks that are open: a closing mark that is not the innermost one's means nothing.
class OpenBlocks {
 public:
  void see(char mark) {
    if (mark == '(')
      open_.push_back(')');
    else if (mark == '[')
      open_.push_back(']');
    else if (mark == '{')
      open_.push_back('}');
    else if (!open_.empty() && mark == open_.back())
      open_.pop_back();
  }
  void see(const Token& token) {
    if (token.is(TokenKind::Function) || token.is(TokenKind::OpenRound)) see('(');
    if (token.is(TokenKind::OpenSquare)) see('[');
    if (token.is(TokenKind::OpenCurly)) see('{');
    if (token.is(TokenKind::CloseRound)) see(')');
    if (token.is(TokenKind::CloseSquare)) see(']');
    if (token.is(TokenKind::CloseCurly)) see('}');
  }
  bool none() const { return open_.empty(); }

 private:
  std::string open_;
};

bool is_newline(char c) { return c == '\n' || c == '\r' || c == '\f'; }

/// Where a string ends whose opening quote is at `at`: behind its quote, or at the line's end.
std::size_t behind_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size(); ++at) {
    if (text[at] == quote) return at + 1;
    if (text[at] == '\\')
      ++at;
    else if (is_newline(text[at]))
      return at;
  }
  return text.size();
}

/// Whether the parenthesis at `at` opens an address without quotes: nothing in it is a mark.
bool opens_address(std::string_view text, std::size_t at) {
  if (at < 3 || !ascii::equals_ignoring_case(text.substr(at - 3, 3), "url")) return false;
  if (at > 3) {
    const char before = text[at - 4];
    if (ascii::is_alnum(before) || before == '-' || before == '_' || before == '\\' ||
        static_cast<unsigned char>(before) >= 0x80)
      return false;
  }
  const std::size_t first = text.find_first_not_of(" \t\n\r\f", at + 1);
  return first != std::string_view::npos && text[first] != '"' && text[first] != '\'';
}

std::size_t behind_address(std::string_view text, std::size_t at) {
  for (; at < text.size(); ++at) {
    if (text[at] == ')') return at + 1;
    if (text[at] == '\\') ++at;
  }
  return text.size();
}

constexpr std::array<bool, 256> marks() {
  std::array<bool, 256> is_mark{};
  for (const unsigned char c : {';', '{', '}', '(', ')', '[', ']', '"', '\'', '/', '\\'})
    is_mark[c] = true;
  return is_mark;
}

/// From `at` on, gives brackets and semicolons outside of strings, comments and addresses to
/// `stops`, until that says so. Returns where it did, or the text's end. Most of a sheet is passed
/// over here, so it goes by bytes, not by tokens.
template <class Stops>
std::size_t find_mark(std::string_view text, std::size_t at, const Stops& stops) {
  static constexpr std::array<bool, 256> kMarks = marks();
  while (at < text.size()) {
    const char c = text[at];
    if (!kMarks[static_cast<unsigned char>(c)]) {
      ++at;
    } else if (c == '/' && text.substr(at, 2) == "/*") {
      const std::size_t end = text.find("*/", at + 2);
      at = end == std::string_view::npos ? text.size() : end + 2;
    } else if (c == '/') {
      ++at;
    } else if (c == '\\') {
      at += at + 1 < text.size() && !is_newline(text[at + 1]) ? 2 : 1;
    } else if (c == '"' || c == '\'') {
      at = behind_string(text, at);
    } else if (c == '(' && opens_address(text, at)) {
      at = behind_address(text, at + 1);
    } else if (stops(c)) {
      return at;
    } else {
      ++at;
    }
  }
  return text.size();
}

/// Goes over a block whose opening token was just read.
void skip_block(Scanner& scanner, const Token& opening) {
  OpenBlocks blocks;
  blocks.see(opening);
  const std::size_t end = find_mark(scanner.text(), scanner.position(), [&](char mark) {
    blocks.see(mark);
    return blocks.none();
  });
  scanner.seek(std::min(end + 1, scanner.text().size()));
}

/// What ends a prelude or a declaration's value.
struct Stretch {
  std::string_view text;
  Token end;
};

enum class Inside : std::uint8_t { Block, Attribute };

/// Up to ";", "{", "}" or the end outside of parentheses; the ending token is read too. In an
/// attribute "}" is no end.
Stretch take_until_mark(Scanner& scanner, Inside inside = Inside::Block) {
  const std::size_t begin = scanner.position();
  OpenBlocks blocks;
  const std::size_t end = find_mark(scanner.text(), begin, [&](char mark) {
    if (blocks.none() && (mark == ';' || mark == '{' || (mark == '}' && inside == Inside::Block)))
      return true;
    blocks.see(mark);
    return false;
  });
  scanner.seek(end);
  return {scanner.text().substr(begin, end - begin), scanner.next()};
}

/// Whether the stretch before a mark is "name :", and where its value begins.
std::optional<std::pair<std::string_view, std::size_t>> declared_name(std::string_view text) {
  Scanner scanner(text);
  Token token = scanner.next();
  while (token.is(TokenKind::Whitespace)) token = scanner.next();
  if (!token.is(TokenKind::Ident)) return std::nullopt;
  const std::string_view name = token.text;
  do {
    token = scanner.next();
  } while (token.is(TokenKind::Whitespace));
  if (!token.is(TokenKind::Colon)) return std::nullopt;
  return std::pair(name, token.end);
}

}  // namespace

class SheetReader {
 public:
  SheetReader(StyleSheets& sheets, const ImportReader& import) : sheets_(sheets), import_(import) {}

  void read_sheet(std::string text, std::uint32_t condition, std::uint32_t layer, int imports) {
    sheets_.bytes_ += text.size();
    if (sheets_.bytes_ > StyleSheets::kMaxBytes) {
      sheets_.complete_ = false;
      return;
    }
    Scanner scanner(sheets_.texts_.emplace_back(std::move(text)));
    imports_ = imports;
    read_rules(scanner, {condition, layer, {}, 0});
  }

  std::uint32_t add_media(std::string_view queries, std::uint32_t outer) {
    if (ascii::trim(queries).empty()) return outer;
    sheets_.conditions_.push_back({Condition::Kind::Media, queries, outer});
    return static_cast<std::uint32_t>(sheets_.conditions_.size() - 1);
  }

 private:
  /// Where a rule stands.
  struct Place {
    std::uint32_t condition = kNoCondition;
    std::uint32_t layer = 0;
    std::string_view parent;  ///< the selectors of the rule it is nested in
    int depth = 0;
  };

  void read_rules(Scanner& scanner, Place place) {
    while (true) {
      const Token token = scanner.next();
      if (token.is(TokenKind::End)) return;
      if (token.is(TokenKind::CloseCurly) && place.depth > 0) return;
      if (token.is(TokenKind::Whitespace) || token.is(TokenKind::Cdo) || token.is(TokenKind::Cdc) ||
          token.is(TokenKind::Semicolon))
        continue;
      if (token.is(TokenKind::AtKeyword)) {
        read_at_rule(scanner, token, place, nullptr);
        continue;
      }
      scanner.seek(token.begin);
      read_qualified_rule(scanner, place);
    }
  }

  void read_qualified_rule(Scanner& scanner, const Place& place) {
    const std::size_t begin = scanner.position();
    Stretch prelude = take_until_mark(scanner);
    // A semicolon does not end a rule's prelude, nor does a brace that closes nothing: they spoil
    // it.
    while (prelude.end.is(TokenKind::Semicolon) ||
           (prelude.end.is(TokenKind::CloseCurly) && place.depth == 0))
      prelude = take_until_mark(scanner);
    if (prelude.end.is(TokenKind::CloseCurly)) {
      if (place.depth > 0) scanner.seek(prelude.end.begin);
      return;
    }
    if (!prelude.end.is(TokenKind::OpenCurly)) return;
    read_style_rule(scanner, scanner.text().substr(begin, prelude.end.begin - begin), place);
  }

  void read_style_rule(Scanner& scanner, std::string_view selectors, const Place& place) {
    if (place.depth >= kMaxDepth) {
      sheets_.complete_ = false;
      scanner.seek(scanner.position() - 1);  // its opening brace
      return skip_block(scanner, scanner.next());
    }
    const std::uint32_t order = sheets_.order_++;
    std::vector<Declaration> own;
    read_block(scanner, {place.condition, place.layer, selectors, place.depth + 1}, own);
    add_rule(selectors, own, place, order);
  }

  void add_rule(std::string_view selectors, const std::vector<Declaration>& own, const Place& place,
                std::uint32_t order) {
    if (own.empty()) return;
    if (selectors.size() > kMaxPrelude || sheets_.selectors_ > kMaxSelectors) {
      sheets_.complete_ = false;
      return;
    }
    auto list = parse_selectors(selectors);
    if (!list) return;
    sheets_.selectors_ += list->size();
    StyleRule rule;
    rule.selectors = std::move(*list);
    rule.first_declaration = static_cast<std::uint32_t>(sheets_.declarations_.size());
    rule.declaration_count = static_cast<std::uint32_t>(own.size());
    rule.condition = place.condition;
    rule.layer = place.layer;
    rule.order = order;
    sheets_.declarations_.insert(sheets_.declarations_.end(), own.begin(), own.end());
    sheets_.rules_.push_back(std::move(rule));
  }

  /// A style rule's block: declarations, and rules nested in it.
  void read_block(Scanner& scanner, const Place& place, std::vector<Declaration>& own) {
    while (true) {
      const Token token = scanner.next();
      if (token.is(TokenKind::End) || token.is(TokenKind::CloseCurly)) return;
      if (token.is(TokenKind::Whitespace) || token.is(TokenKind::Semicolon)) continue;
      if (token.is(TokenKind::AtKeyword)) {
        read_at_rule(scanner, token, place, &own);
        continue;
      }
      scanner.seek(token.begin);
      const Stretch stretch = take_until_mark(scanner);
      const auto name = declared_name(stretch.text);
      const bool custom = name && name->first.starts_with("--");
      if (stretch.end.is(TokenKind::OpenCurly)) {
        if (custom)
          skip_block(scanner, stretch.end);  // "--x: { ... }"
        else
          read_style_rule(scanner, nested(stretch.text, place.parent), place);
        continue;
      }
      if (name) {
        std::string_view value = stretch.text.substr(name->second);
        const bool important = strip_important(value);
        add_declarations(name->first, value, important, own);
      }
      if (!stretch.end.is(TokenKind::Semicolon)) return;
    }
  }

  /// A nested rule's selectors, with the outer rule's put in for "&" (CSS Nesting 1, section 3).
  std::string_view nested(std::string_view selectors, std::string_view parent) {
    std::string text;
    Scanner scanner(selectors);
    const std::string outer = ":is(" + std::string(ascii::trim(parent)) + ")";
    OpenBlocks blocks;
    std::string item;
    bool named = false;
    const auto finish = [&] {
      if (!text.empty()) text += ',';
      text += named ? item : outer + ' ' + item;
      item.clear();
      named = false;
    };
    for (Token token = scanner.next(); !token.is(TokenKind::End); token = scanner.next()) {
      if (text.size() + item.size() > kMaxNestedSelector) {
        sheets_.complete_ = false;
        return "!";
      }
      if (token.is(TokenKind::Comma) && blocks.none()) {
        finish();
        continue;
      }
      blocks.see(token);
      if (token.is_delim('&')) {
        named = true;
        item += outer;
      } else if (!token.is(TokenKind::Whitespace) || !item.empty()) {
        item += selectors.substr(token.begin, token.end - token.begin);
      }
    }
    finish();
    sheets_.bytes_ += text.size();
    if (sheets_.bytes_ > StyleSheets::kMaxBytes) {
      sheets_.complete_ = false;
      return "!";
    }
    return sheets_.texts_.emplace_back(std::move(text));
  }

  /// `own` is where declarations go that stand directly in a rule nested in a style rule.
  void read_at_rule(Scanner& scanner, const Token& at, const Place& place,
                    const std::vector<Declaration>* own) {
    const std::string name = ascii::to_lower(at.text);
    const Stretch prelude = take_until_mark(scanner);
    if (prelude.end.is(TokenKind::CloseCurly)) scanner.seek(prelude.end.begin);
    const bool block = prelude.end.is(TokenKind::OpenCurly);
    if (name == "import" && !block) return read_import(prelude.text, place);
    if (name == "layer" && !block) return name_layers(prelude.text);
    if (!block) return;
    const std::optional<Place> inside = place_inside(name, ascii::trim(prelude.text), place);
    if (!inside) return skip_block(scanner, prelude.end);
    if (own == nullptr) return read_rules(scanner, *inside);
    std::vector<Declaration> direct;
    const std::uint32_t order = sheets_.order_++;
    read_block(scanner, *inside, direct);
    add_rule(place.parent, direct, *inside, order);
  }

  /// Nothing for blocks that hold no rules for elements (@font-face, @keyframes, @page).
  std::optional<Place> place_inside(std::string_view name, std::string_view prelude,
                                    const Place& place) {
    if (place.depth >= kMaxDepth) {
      sheets_.complete_ = false;
      return std::nullopt;
    }
    Place inside = place;
    ++inside.depth;
    if (name == "media") {
      inside.condition = add_media(prelude, place.condition);
      return inside;
    }
    if (name == "supports") {
      // Readers' browsers are recent: they can what sheets ask for.
      const bool negated =
          prelude.size() >= 3 && ascii::equals_ignoring_case(prelude.substr(0, 3), "not");
      if (negated) return std::nullopt;
      return inside;
    }
    if (name == "layer") {
      inside.layer = layer_of(prelude);
      return inside;
    }
    if (name == "container" || name == "scope" || name == "starting-style") {
      sheets_.conditions_.push_back({Condition::Kind::Unknown, {}, place.condition});
      inside.condition = static_cast<std::uint32_t>(sheets_.conditions_.size() - 1);
      if (name == "starting-style") return std::nullopt;
      return inside;
    }
    return std::nullopt;
  }

  std::uint32_t layer_of(std::string_view name) {
    const std::string key = name.empty() ? "\n" + std::to_string(sheets_.layers_.size())
                                         : std::string(ascii::trim(name));
    constexpr std::size_t kMaxLayers = 1000;
    const auto found = std::find(sheets_.layers_.begin(), sheets_.layers_.end(), key);
    if (found != sheets_.layers_.end())
      return static_cast<std::uint32_t>(found - sheets_.layers_.begin()) + 1;
    if (sheets_.layers_.size() >= kMaxLayers) return kMaxLayers;
    sheets_.layers_.push_back(key);
    return static_cast<std::uint32_t>(sheets_.layers_.size());
  }

  void name_layers(std::string_view names) {
    while (!names.empty()) {
      const std::size_t comma = std::min(names.size(), names.find(','));
      if (const auto name = ascii::trim(names.substr(0, comma)); !name.empty()) layer_of(name);
      names.remove_prefix(std::min(names.size(), comma + 1));
    }
  }

  void read_import(std::string_view prelude, const Place& place) {
    Scanner scanner(prelude);
    Token token = scanner.next();
    while (token.is(TokenKind::Whitespace)) token = scanner.next();
    std::string url;
    if (token.is(TokenKind::String) || token.is(TokenKind::Url)) {
      url = unescaped(token.text);
    } else if (token.is_function("url")) {
      token = scanner.next();
      while (token.is(TokenKind::Whitespace)) token = scanner.next();
      if (token.is(TokenKind::String)) url = unescaped(token.text);
      while (!token.is(TokenKind::CloseRound) && !token.is(TokenKind::End)) token = scanner.next();
    }
    if (url.empty() || place.depth > 0) return;
    if (imports_ >= kMaxImportDepth || !import_ || ++sheets_.imports_ > kMaxImports) {
      sheets_.complete_ = false;
      return;
    }
    std::string_view media = ascii::trim(prelude.substr(scanner.position()));
    Place inside = place;
    if (media.starts_with("layer")) {
      inside.layer = layer_of({});
      media = media.starts_with("layer(")
                  ? media.substr(std::min(media.size(), media.find(')') + 1))
                  : media.substr(5);
    }
    auto text = import_(url);
    if (!text) return;  // whoever was asked keeps count of it
    SheetReader reader(sheets_, import_);
    reader.read_sheet(std::move(*text), add_media(media, place.condition), inside.layer,
                      imports_ + 1);
  }

  StyleSheets& sheets_;
  const ImportReader& import_;
  int imports_ = 0;
};

void StyleSheets::add(std::string text, std::string_view media, const ImportReader& import) {
  SheetReader reader(*this, import);
  const std::string_view kept = texts_.emplace_back(media);
  const std::uint32_t condition = reader.add_media(kept, kNoCondition);
  reader.read_sheet(std::move(text), condition, 0, 0);
}

std::vector<Declaration> parse_style_attribute(std::string_view text) {
  std::vector<Declaration> declarations;
  Scanner scanner(text);
  while (true) {
    const Stretch stretch = take_until_mark(scanner, Inside::Attribute);
    if (stretch.end.is(TokenKind::OpenCurly)) {
      skip_block(scanner, stretch.end);
      continue;
    }
    if (const auto name = declared_name(stretch.text)) {
      std::string_view value = stretch.text.substr(name->second);
      const bool important = strip_important(value);
      add_declarations(name->first, value, important, declarations);
    }
    if (stretch.end.is(TokenKind::End)) return declarations;
  }
}

}  // namespace candor::css
