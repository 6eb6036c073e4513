#include "css/stylesheet.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "css/custom_properties.h"
#include "css/declaration.h"

namespace candor::css {
namespace {

/// "selectors{property:value;...}" of each rule that was kept; "?" for a condition.
std::string kept(const std::string& text, const ImportReader& import = {}) {
  StyleSheets sheets;
  sheets.add(text, "", import);
  std::string out;
  for (const StyleRule& rule : sheets.rules()) {
    out += out.empty() ? "" : " ";
    if (rule.condition != kNoCondition) out += '@';
    out += std::to_string(rule.selectors.size()) + "{";
    for (std::uint32_t i = 0; i < rule.declaration_count; ++i) {
      const Declaration& each = sheets.declarations()[rule.first_declaration + i];
      out += std::to_string(static_cast<int>(each.property)) + ":" + std::string(each.value) +
             (each.important ? "!" : "") + ";";
    }
    out += "}";
  }
  return out;
}

std::string display(const std::string& value) {
  return std::to_string(static_cast<int>(Property::Display)) + ":" + value + ";";
}

TEST(CssSheets, KeepWhatDecidesHowTextIsSeen) {
  EXPECT_EQ(kept("a,b{display:none;cursor:help}c{cursor:help}"), "2{" + display("none") + "}");
  EXPECT_EQ(kept("a{ DISPLAY : none ! important }"), "1{" + display("none!") + "}");
  EXPECT_EQ(kept("a{display:none"), "1{" + display("none") + "}");
  EXPECT_EQ(kept("a{display:block;;display:flex}"),
            "1{" + display("block") + display("flex") + "}");
}

TEST(CssSheets, DropWhatBrowsersDrop) {
  EXPECT_EQ(kept("a{display:bogus;display:none;color:12px}"), "1{" + display("none") + "}");
  EXPECT_EQ(kept("a{display:none !unimportant}"), "");
  EXPECT_EQ(kept("a{b;display:none}"), "1{" + display("none") + "}");
  EXPECT_EQ(kept("a:-moz-x,b{display:none}"), "");
  EXPECT_EQ(kept("a{x:(;display:none}b{display:none}"), "");
  EXPECT_EQ(kept("a;b{display:none}c{display:none}"), "1{" + display("none") + "}");
  EXPECT_EQ(kept("}a{display:none}"), "");
  EXPECT_EQ(kept("<!-- a{display:none} -->"), "1{" + display("none") + "}");
  EXPECT_EQ(kept("@font-face{display:none}@keyframes x{from{display:none}}@page{display:none}"),
            "");
  EXPECT_EQ(kept("@unknown a{b{display:none}}c{display:none}"), "1{" + display("none") + "}");
}

TEST(CssSheets, ReadWhatIsNestedAndConditional) {
  EXPECT_EQ(kept("@media print{a{display:none}}b{display:none}"),
            "@1{" + display("none") + "} 1{" + display("none") + "}");
  EXPECT_EQ(kept("@supports (x){@layer y{a{display:none}}}"), "1{" + display("none") + "}");
  EXPECT_EQ(kept("@supports not (x){a{display:none}}"), "");
  EXPECT_EQ(kept("a{&:hover,.b{display:none}@media print{display:none}}"),
            "2{" + display("none") + "} @1{" + display("none") + "}");
  EXPECT_EQ(kept("@container (x){a{display:none}}"), "@1{" + display("none") + "}");
}

TEST(CssSheets, AskForImports) {
  std::string asked;
  const ImportReader import = [&](std::string_view url) -> std::optional<std::string> {
    asked += std::string(url) + " ";
    if (url == "loop.css") return "@import 'loop.css';i{display:none}";
    return std::nullopt;
  };
  EXPECT_EQ(
      kept("@import url(a.css);@import \"b.css\" print;@import url('c.css') layer(x);p{}", import),
      "");
  EXPECT_EQ(asked, "a.css b.css c.css ");
  asked.clear();
  const std::string loop = kept("@import 'loop.css';", import);
  EXPECT_EQ(asked, "loop.css loop.css loop.css loop.css ");
  EXPECT_NE(loop, "");
}

TEST(CssSheets, TakeShorthandsApart) {
  const auto part = [](std::string_view name, std::string_view value, Property property) {
    return part_of_shorthand(name, value, property).value_or("-");
  };
  EXPECT_EQ(part("background", "url(a.png) #fff no-repeat", Property::BackgroundColour), "#fff");
  EXPECT_EQ(part("background", "none", Property::BackgroundColour), "transparent");
  EXPECT_EQ(part("background", "linear-gradient(red, blue)", Property::BackgroundImage),
            "linear-gradient(red, blue)");
  EXPECT_EQ(part("font", "italic bold .8em/1.2 Arial, sans-serif", Property::FontSize), ".8em");
  EXPECT_EQ(part("font", "700 12px/1 a", Property::FontWeight), "700");
  EXPECT_EQ(part("font", "bold", Property::FontSize), "-");
  EXPECT_EQ(part("text-decoration", "underline dotted red", Property::TextDecorationLine),
            "underline");
  EXPECT_EQ(part("margin", "1px 2px 3px -9999px", Property::MarginLeft), "-9999px");
  EXPECT_EQ(part("overflow", "visible hidden", Property::OverflowY), "hidden");
  EXPECT_EQ(part("inset", "1px auto", Property::Left), "auto");
}

TEST(CssSheets, ReplaceReferences) {
  const CustomProperties properties{
      {"--a", " red"}, {"--b", "var(--a)"}, {"--loop", "var(--loop)"}, {"--empty", ""}};
  const auto replaced = [&](std::string_view value) {
    return with_references_replaced(value, &properties).value_or("-");
  };
  EXPECT_EQ(replaced("1px solid var(--b)"), "1px solid  red");
  EXPECT_EQ(replaced("var(--none, var(--a))"), "red");
  EXPECT_EQ(replaced("var(--none)"), "-");
  EXPECT_EQ(replaced("var(--loop, blue)"), "blue");
  EXPECT_EQ(replaced("var(--empty)"), "");
  EXPECT_EQ(replaced("rgb(var(--none,1,2,3))"), "rgb(1,2,3)");
}

TEST(CssSheets, EndOnHostileText) {
  const auto repeated = [](std::string_view piece, std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += piece;
    return text;
  };
  for (const std::string_view piece : {"{",
                                       "a{",
                                       "a{b",
                                       "@media (",
                                       "@media x{",
                                       "(",
                                       "[",
                                       "a:not(",
                                       "\\",
                                       "\"",
                                       "/*",
                                       "a,",
                                       "&{a{",
                                       "a{display:none}",
                                       "a{&,&,&{",
                                       "@import 'a';",
                                       "--x:{",
                                       "url(",
                                       "a>b ~c+d{left:0}",
                                       ":is(:is("}) {
    const std::string text = repeated(piece, std::size_t{128} << 10);
    StyleSheets sheets;
    sheets.add(text, piece,
               [](std::string_view) { return std::optional<std::string>("a{left:0}"); });
    parse_style_attribute(text);
    for (const Declaration& each : sheets.declarations()) EXPECT_LE(each.value.size(), text.size());
  }
  CustomProperties properties;
  std::vector<std::string> texts;
  texts.reserve(400);
  for (int i = 0; i < 100; ++i) {
    const std::string& name = texts.emplace_back("--a" + std::to_string(i));
    const std::string before = "var(--a" + std::to_string(i - 1) + ")";
    properties[name] = texts.emplace_back(i == 0 ? "" : before + before + before);
  }
  EXPECT_FALSE(with_references_replaced("var(--a99)", &properties));
}

}  // namespace
}  // namespace candor::css
