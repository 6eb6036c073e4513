#include "css/length.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/ascii.h"
#include "css/token.h"

namespace candor::css {
namespace {

constexpr int kMaxDepth = 16;

std::optional<double> unit_px(std::string_view unit, const LengthScale& scale) {
  const auto is = [&](std::string_view wanted) {
    return ascii::equals_ignoring_case(unit, wanted);
  };
  if (is("px")) return 1;
  if (is("em")) return scale.em;
  if (is("rem")) return scale.rem;
  if (is("pt")) return 96.0 / 72;
  if (is("pc")) return 16;
  if (is("in")) return 96;
  if (is("cm")) return 96 / 2.54;
  if (is("mm")) return 96 / 25.4;
  if (is("q")) return 96 / 101.6;
  // Half an em is what browsers take where the font does not say.
  if (is("ex") || is("ch") || is("cap") || is("ic")) return scale.em / 2;
  if (is("rex") || is("rch")) return scale.rem / 2;
  if (is("lh")) return scale.em * 1.2;
  if (is("rlh")) return scale.rem * 1.2;
  if (is("vw") || is("svw") || is("lvw") || is("dvw") || is("vi")) return scale.view_width / 100;
  if (is("vh") || is("svh") || is("lvh") || is("dvh") || is("vb")) return scale.view_height / 100;
  if (is("vmin")) return std::min(scale.view_width, scale.view_height) / 100;
  if (is("vmax")) return std::max(scale.view_width, scale.view_height) / 100;
  return std::nullopt;
}

/// A value in a sum: pixels, or a bare number to multiply with.
struct Term {
  double value = 0;
  bool is_length = false;
};

class LengthReader {
 public:
  LengthReader(std::string_view text, const LengthScale& scale) : scanner_(text), scale_(scale) {
    advance();
  }

  std::optional<Term> read() {
    skip_space();
    const auto term = read_value(0);
    skip_space();
    if (!term || !token_.is(TokenKind::End) || !std::isfinite(term->value)) return std::nullopt;
    return term;
  }

 private:
  void advance() { token_ = scanner_.next(); }
  void skip_space() {
    if (token_.is(TokenKind::Whitespace)) advance();
  }

  std::optional<Term> read_value(int depth) {
    const Token token = token_;
    if (depth > kMaxDepth) return std::nullopt;
    advance();
    switch (token.kind) {
      case TokenKind::Number:
        return Term{token.number, false};
      case TokenKind::Percentage:
        return Term{token.number * scale_.whole / 100, true};
      case TokenKind::Dimension: {
        const auto unit = unit_px(token.text, scale_);
        if (!unit) return std::nullopt;
        return Term{token.number * *unit, true};
      }
      case TokenKind::OpenRound:
        return closed(read_sum(depth + 1));
      case TokenKind::Function:
        return read_function(token.text, depth);
      default:
        return std::nullopt;
    }
  }

  std::optional<Term> closed(std::optional<Term> term) {
    skip_space();
    if (token_.is(TokenKind::CloseRound))
      advance();
    else if (!token_.is(TokenKind::End))
      return std::nullopt;
    return term;
  }

  std::optional<Term> read_function(std::string_view name, int depth) {
    const auto is = [&](std::string_view wanted) {
      return ascii::equals_ignoring_case(name, wanted);
    };
    if (is("calc") || is("-webkit-calc")) return closed(read_sum(depth + 1));
    const bool least = is("min");
    const bool most = is("max");
    const bool clamp = is("clamp");
    if (!least && !most && !clamp) return std::nullopt;
    std::vector<Term> terms;
    do {
      if (token_.is(TokenKind::Comma)) advance();
      const auto term = read_sum(depth + 1);
      if (!term) return std::nullopt;
      terms.push_back(*term);
      skip_space();
    } while (token_.is(TokenKind::Comma));
    const auto less = [](const Term& a, const Term& b) { return a.value < b.value; };
    if (least) return closed(*std::min_element(terms.begin(), terms.end(), less));
    if (most) return closed(*std::max_element(terms.begin(), terms.end(), less));
    if (terms.size() != 3) return std::nullopt;
    return closed(Term{std::max(terms[0].value, std::min(terms[1].value, terms[2].value)),
                       terms[1].is_length});
  }

  std::optional<Term> read_sum(int depth) {
    skip_space();
    std::optional<Term> sum = read_product(depth);
    while (sum) {
      skip_space();
      const bool minus = token_.is_delim('-');
      if (!minus && !token_.is_delim('+')) break;
      advance();
      skip_space();
      const auto next = read_product(depth);
      if (!next || next->is_length != sum->is_length) return std::nullopt;
      sum->value += minus ? -next->value : next->value;
    }
    return sum;
  }

  std::optional<Term> read_product(int depth) {
    std::optional<Term> product = read_value(depth);
    while (product) {
      skip_space();
      const bool divide = token_.is_delim('/');
      if (!divide && !token_.is_delim('*')) break;
      advance();
      skip_space();
      const auto next = read_value(depth);
      if (!next || (divide && (next->is_length || next->value == 0))) return std::nullopt;
      product->value = divide ? product->value / next->value : product->value * next->value;
      product->is_length = product->is_length || next->is_length;
    }
    return product;
  }

  Scanner scanner_;
  const LengthScale& scale_;
  Token token_;
};

}  // namespace

std::optional<double> length_px(std::string_view text, const LengthScale& scale) {
  const auto term = LengthReader(text, scale).read();
  if (!term || (!term->is_length && term->value != 0)) return std::nullopt;
  return term->value;
}

std::optional<double> plain_number(std::string_view text) {
  LengthScale scale;
  scale.whole = 1;
  const auto term = LengthReader(text, scale).read();
  if (!term) return std::nullopt;
  return term->value;
}

}  // namespace candor::css
