// Any text is a style sheet, a style attribute, a selector, a media query, a colour and a length:
// each is read to its end, tokens tile it, and what is computed stays in its bounds.
#include <string>
#include <vector>

#include "css/computed_style.h"
#include "css/length.h"
#include "css/token.h"
#include "fuzz/fuzz_target.h"

namespace candor::fuzz {
namespace {

/// html > body > p.a#b > a[href], with a style attribute of the input's.
class SmallTree final : public css::Tree {
 public:
  explicit SmallTree(std::string_view style) : style_(style) {}

  std::string_view name(css::Node node) const override { return kNames[node]; }
  std::optional<std::string_view> attribute(css::Node node, std::string_view name) const override {
    if (node == 2 && name == "class") return "a x";
    if (node == 2 && name == "id") return "b";
    if (node == 2 && name == "style") return style_;
    if (node == 3 && name == "href") return "/";
    return std::nullopt;
  }
  css::Node parent(css::Node node) const override { return node == 0 ? css::kNoNode : node - 1; }
  css::Node previous(css::Node) const override { return css::kNoNode; }
  css::Node next(css::Node) const override { return css::kNoNode; }
  bool quirks() const override { return false; }

  static constexpr std::string_view kNames[] = {"html", "body", "p", "a"};

 private:
  std::string_view style_;
};

void try_tokens(std::string_view bytes) {
  css::Scanner scanner(bytes);
  std::size_t at = 0;
  for (css::Token token = scanner.next(); !token.is(css::TokenKind::End); token = scanner.next()) {
    must_hold(token.begin >= at && token.end > token.begin && token.end <= bytes.size(),
              "tokens follow each other inside of the text");
    at = token.end;
    css::unescaped(token.text);
  }
  must_hold(scanner.position() == bytes.size(), "the text is read to its end");
}

void try_values(std::string_view bytes) {
  const auto colour = css::parse_colour(bytes);
  if (colour && colour->kind == css::ColourValue::Kind::Plain) {
    for (const double channel : {colour->colour.red, colour->colour.green, colour->colour.blue})
      must_hold(channel >= -0.001 && channel <= 255.001, "a channel is a byte");
    const double ratio = css::contrast(css::over(colour->colour, css::kWhite), css::kBlack);
    must_hold(ratio >= 1 && ratio <= 21.001, "contrasts are from 1 to 21");
  }
  css::length_px(bytes, {});
  css::media_hold(bytes, {});
}

void try_styles(std::string_view bytes) {
  css::StyleSheets sheets;
  sheets.add(std::string(bytes), "", [&](std::string_view) {
    return std::optional<std::string>(bytes.substr(0, bytes.size() / 2));
  });
  const SmallTree tree(bytes);
  css::Styles styles(sheets, tree, {});
  for (css::Node node = 0; node < 4; ++node) {
    const css::ComputedStyle& style = styles.of(node);
    must_hold(style.opacity >= 0 && style.opacity <= 1, "opacity is a share");
    must_hold(style.font_px >= 0, "a font has no negative size");
    styles.content_of(node, css::PseudoElement::After);
  }
  css::Reader paper;
  paper.print = true;
  if (styles.read_as(paper)) styles.of(3);
}

}  // namespace

void try_input(std::string_view bytes) {
  try_tokens(bytes);
  try_values(bytes);
  try_styles(bytes);
  const auto selectors = css::parse_selectors(bytes);
  if (!selectors) return;
  const SmallTree tree("");
  css::MatchBudget budget{10'000};
  for (const css::Selector& each : *selectors) css::match(each, tree, 3, budget);
}

}  // namespace candor::fuzz
