#include "css/media.h"

#include <optional>
#include <string>

#include "base/ascii.h"
#include "css/length.h"
#include "css/token.h"

namespace candor::css {
namespace {

constexpr int kMaxDepth = 16;

enum class Order : std::uint8_t { Less, LessOrEqual, Equal, GreaterOrEqual, Greater };

bool holds(double left, Order order, double right) {
  switch (order) {
    case Order::Less:
      return left < right;
    case Order::LessOrEqual:
      return left <= right;
    case Order::Equal:
      return left == right;
    case Order::GreaterOrEqual:
      return left >= right;
    case Order::Greater:
      return left > right;
  }
  return false;
}

/// The size a feature speaks of in pixels, when it is one of sizes.
std::optional<double> size_of(std::string_view name, const Reader& reader) {
  if (name == "width" || name == "device-width" || name == "inline-size") return reader.width;
  if (name == "height" || name == "device-height" || name == "block-size") return reader.height;
  return std::nullopt;
}

/// One plain feature: "orientation: portrait". Nothing for names that are unknown.
std::optional<bool> plain_feature(std::string_view name, std::string_view value,
                                  const Reader& reader) {
  const auto is = [&](std::string_view wanted) {
    return value.empty() || ascii::equals_ignoring_case(value, wanted);
  };
  if (name == "orientation")
    return value.empty() || is(reader.height >= reader.width ? "portrait" : "landscape");
  if (name == "prefers-color-scheme") return is(reader.dark ? "dark" : "light");
  if (name == "prefers-reduced-motion" || name == "prefers-contrast" ||
      name == "prefers-reduced-transparency" || name == "prefers-reduced-data")
    return ascii::equals_ignoring_case(value, "no-preference");
  if (name == "forced-colors" || name == "inverted-colors")
    return ascii::equals_ignoring_case(value, "none");
  if (name == "hover" || name == "any-hover") {
    if (value.empty()) return !reader.touch;
    return is(reader.touch ? "none" : "hover");
  }
  if (name == "pointer" || name == "any-pointer") return is(reader.touch ? "coarse" : "fine");
  if (name == "scripting") return is("enabled");
  if (name == "update") return value.empty() ? !reader.print : is(reader.print ? "none" : "fast");
  if (name == "display-mode") return is("browser");
  if (name == "color") return true;
  if (name == "grid" || name == "monochrome") return !value.empty() && is("0");
  return std::nullopt;
}

class MediaReader {
 public:
  MediaReader(std::string_view text, const Reader& reader) : scanner_(text), reader_(reader) {
    advance();
  }

  bool any() {
    skip_space();
    if (token_.is(TokenKind::End)) return true;
    bool any_holds = false;
    while (true) {
      broken_ = false;
      const bool holds_here = query();
      skip_space();
      const bool whole = token_.is(TokenKind::Comma) || token_.is(TokenKind::End);
      any_holds = any_holds || (holds_here && whole && !broken_);
      while (!token_.is(TokenKind::Comma) && !token_.is(TokenKind::End)) advance();
      if (token_.is(TokenKind::End)) return any_holds;
      advance();
      skip_space();
    }
  }

 private:
  void advance() { token_ = scanner_.next(); }
  void skip_space() {
    while (token_.is(TokenKind::Whitespace)) advance();
  }
  bool accept_word(std::string_view word) {
    if (!token_.is_ident(word)) return false;
    advance();
    skip_space();
    return true;
  }
  bool spoil() {
    broken_ = true;
    return false;
  }

  bool query() {
    if (token_.is(TokenKind::OpenRound) || token_.is(TokenKind::Function)) return condition(0);
    const bool negated = accept_word("not");
    if (negated && token_.is(TokenKind::OpenRound)) return !condition(0);
    accept_word("only");
    if (!token_.is(TokenKind::Ident)) return spoil();
    const std::string type = ascii::to_lower(token_.text);
    advance();
    skip_space();
    bool matches = type == "all" || type == (reader_.print ? "print" : "screen");
    if (accept_word("and")) {
      const bool more = condition(0);
      matches = matches && more;
    }
    return matches != negated;
  }

  /// "(a) and (not (b))"; an unknown part makes the whole unknown, which does not hold.
  bool condition(int depth) {
    if (depth > kMaxDepth) return spoil();
    const bool negated = accept_word("not");
    bool value = part(depth) != negated;
    skip_space();
    const bool conjunction = token_.is_ident("and");
    const std::string_view word = conjunction ? "and" : "or";
    while (accept_word(word)) {
      const bool inner_negated = accept_word("not");
      const bool next = part(depth) != inner_negated;
      value = conjunction ? value && next : value || next;
      skip_space();
    }
    return value;
  }

  bool part(int depth) {
    if (!token_.is(TokenKind::OpenRound)) {
      skip_block();
      return spoil();
    }
    const std::size_t inside = token_.end;
    advance();
    skip_space();
    if (token_.is(TokenKind::OpenRound) || token_.is_ident("not")) {
      const bool value = condition(depth + 1);
      skip_space();
      close();
      return value;
    }
    while (!token_.is(TokenKind::CloseRound) && !token_.is(TokenKind::End)) {
      if (token_.is(TokenKind::Function) || token_.is(TokenKind::OpenRound))
        skip_block();
      else
        advance();
    }
    const std::string_view text =
        ascii::trim(scanner_.text().substr(inside, token_.begin - inside));
    close();
    const auto value = feature(text);
    if (!value) return spoil();
    return *value;
  }

  void close() {
    if (token_.is(TokenKind::CloseRound)) advance();
  }

  /// Over a function or parenthesis and all inside, or over one token.
  void skip_block() {
    std::size_t depth = 0;
    do {
      if (token_.is(TokenKind::Function) || token_.is(TokenKind::OpenRound)) ++depth;
      if (token_.is(TokenKind::CloseRound) && depth > 0) --depth;
      if (token_.is(TokenKind::End)) return;
      advance();
    } while (depth > 0);
  }

  std::optional<bool> feature(std::string_view text) const {
    if (const std::size_t colon = text.find(':'); colon != std::string_view::npos)
      return named(ascii::to_lower(ascii::trim(text.substr(0, colon))),
                   ascii::trim(text.substr(colon + 1)));
    if (text.find_first_of("<>=") != std::string_view::npos) return range(text);
    const std::string name = ascii::to_lower(text);
    if (const auto size = size_of(name, reader_)) return *size > 0;
    return plain_feature(name, {}, reader_);
  }

  std::optional<bool> named(std::string name, std::string_view value) const {
    Order order = Order::Equal;
    if (name.starts_with("-webkit-min-device") || name.starts_with("-webkit-max-device") ||
        name.ends_with("resolution"))
      return sharpness(name, value);
    if (name.starts_with("min-")) order = Order::GreaterOrEqual;
    if (name.starts_with("max-")) order = Order::LessOrEqual;
    if (order == Order::Equal)
      if (const auto plain = plain_feature(name, value, reader_)) return plain;
    if (order != Order::Equal) name.erase(0, 4);
    const auto size = size_of(name, reader_);
    if (size) {
      const auto limit = length_px(value, scale());
      if (!limit) return std::nullopt;
      return holds(*size, order, *limit);
    }
    if (name == "aspect-ratio" || name == "device-aspect-ratio") {
      const std::size_t slash = value.find('/');
      const auto width = plain_number(value.substr(0, slash));
      const auto height =
          slash == std::string_view::npos ? 1.0 : plain_number(value.substr(slash + 1));
      if (!width || !height || *height == 0) return std::nullopt;
      return holds(reader_.width / reader_.height, order, *width / *height);
    }
    if (name == "color") return true;
    return std::nullopt;
  }

  /// Screens are taken for such of one dot a pixel.
  static std::optional<bool> sharpness(std::string_view name, std::string_view value) {
    Scanner scanner(value);
    const Token token = scanner.next();
    if (!token.is(TokenKind::Number) && !token.is(TokenKind::Dimension)) return std::nullopt;
    double dots = token.number;
    if (ascii::equals_ignoring_case(token.text, "dpi")) dots /= 96;
    if (ascii::equals_ignoring_case(token.text, "dpcm")) dots /= 96 / 2.54;
    const bool least = name.find("min-") != std::string_view::npos;
    const bool most = name.find("max-") != std::string_view::npos;
    return holds(1, least ? Order::GreaterOrEqual : most ? Order::LessOrEqual : Order::Equal, dots);
  }

  /// "400px <= width < 50em", "width > 480px".
  std::optional<bool> range(std::string_view text) const {
    const std::size_t first = text.find_first_of("<>=");
    const std::size_t after = text.find_first_not_of("<>=", first);
    if (after == std::string_view::npos) return std::nullopt;
    const auto left_order = order_of(text.substr(first, after - first));
    const std::size_t second = text.find_first_of("<>=", after);
    const std::string_view left = ascii::trim(text.substr(0, first));
    const std::string_view middle = ascii::trim(text.substr(after, second - after));
    if (!left_order) return std::nullopt;
    const auto compared = compare(left, *left_order, middle);
    if (!compared || second == std::string_view::npos) return compared;
    const std::size_t last = text.find_first_not_of("<>=", second);
    if (last == std::string_view::npos) return std::nullopt;
    const auto right_order = order_of(text.substr(second, last - second));
    if (!right_order) return std::nullopt;
    const auto other = compare(middle, *right_order, ascii::trim(text.substr(last)));
    if (!other) return std::nullopt;
    return *compared && *other;
  }

  static std::optional<Order> order_of(std::string_view mark) {
    if (mark == "<") return Order::Less;
    if (mark == "<=") return Order::LessOrEqual;
    if (mark == "=") return Order::Equal;
    if (mark == ">=") return Order::GreaterOrEqual;
    if (mark == ">") return Order::Greater;
    return std::nullopt;
  }

  std::optional<bool> compare(std::string_view left, Order order, std::string_view right) const {
    const auto a = side(left);
    const auto b = side(right);
    if (!a || !b) return std::nullopt;
    return holds(*a, order, *b);
  }

  std::optional<double> side(std::string_view text) const {
    if (const auto size = size_of(ascii::to_lower(text), reader_)) return size;
    return length_px(text, scale());
  }

  LengthScale scale() const {
    LengthScale scale;
    scale.view_width = reader_.width;
    scale.view_height = reader_.height;
    return scale;
  }

  Scanner scanner_;
  const Reader& reader_;
  Token token_;
  bool broken_ = false;
};

}  // namespace

bool media_hold(std::string_view queries, const Reader& reader) {
  return MediaReader(queries, reader).any();
}

}  // namespace candor::css
