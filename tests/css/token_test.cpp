#include "css/token.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace candor::css {
namespace {

std::vector<TokenKind> kinds_of(std::string_view text) {
  std::vector<TokenKind> kinds;
  Scanner scanner(text);
  for (Token token = scanner.next(); !token.is(TokenKind::End); token = scanner.next())
    kinds.push_back(token.kind);
  return kinds;
}

Token first_of(std::string_view text) { return Scanner(text).next(); }

using enum TokenKind;

TEST(CssTokens, OfARule) {
  EXPECT_EQ(kinds_of("a:hover{color:#fff}"),
            (std::vector{Ident, Colon, Ident, OpenCurly, Ident, Colon, Hash, CloseCurly}));
  EXPECT_EQ(kinds_of("@media (min-width:1.5em)"),
            (std::vector{AtKeyword, Whitespace, OpenRound, Ident, Colon, Dimension, CloseRound}));
}

TEST(CssTokens, LeaveCommentsOut) {
  EXPECT_EQ(kinds_of("a/* b */c"), (std::vector{Ident, Ident}));
  EXPECT_EQ(kinds_of("/**//***/a/*"), (std::vector{Ident}));
}

TEST(CssTokens, ReadNumbersWithTheirUnits) {
  EXPECT_DOUBLE_EQ(first_of("-.5em").number, -0.5);
  EXPECT_EQ(first_of("-.5em").text, "em");
  EXPECT_DOUBLE_EQ(first_of("+3e2%").number, 300);
  EXPECT_EQ(first_of("3e2%").kind, Percentage);
  EXPECT_EQ(first_of("12").kind, Number);
  EXPECT_TRUE(first_of("12").integer);
  EXPECT_FALSE(first_of("1.2").integer);
  EXPECT_EQ(first_of("1e").text, "e");
  EXPECT_EQ(kinds_of("1+2"), (std::vector{Number, Number}));
  EXPECT_DOUBLE_EQ(first_of(std::string(400, '9')).number, 1e30);
}

TEST(CssTokens, TellNamesFromMarks) {
  EXPECT_EQ(kinds_of("--x -y - -- -1"), (std::vector{Ident, Whitespace, Ident, Whitespace, Delim,
                                                     Whitespace, Ident, Whitespace, Number}));
  EXPECT_TRUE(first_of("#a1").is_id);
  EXPECT_FALSE(first_of("#1a").is_id);
  EXPECT_EQ(kinds_of("<!-- a -->"), (std::vector{Cdo, Whitespace, Ident, Whitespace, Cdc}));
}

TEST(CssTokens, ReplaceEscapes) {
  EXPECT_EQ(unescaped(first_of("\\.d\\69 splay").text), ".display");
  EXPECT_EQ(unescaped("\\1F600"), "\xF0\x9F\x98\x80");
  EXPECT_EQ(unescaped("\\0 a\\d800"),
            "\xEF\xBF\xBD"
            "a\xEF\xBF\xBD");
  EXPECT_EQ(unescaped("a\\\nb"), "ab");
  EXPECT_TRUE(first_of("d\\69splay").is(Ident));
}

TEST(CssTokens, ReadStringsAndAddresses) {
  EXPECT_EQ(first_of("\"a\\\"b\"c").text, "a\\\"b");
  EXPECT_EQ(first_of("'a\nb'").kind, BadString);
  EXPECT_EQ(first_of("url( a.png )").text, "a.png");
  EXPECT_EQ(first_of("url('a.png')").kind, Function);
  EXPECT_EQ(first_of("url(a b)").kind, BadUrl);
  EXPECT_EQ(first_of("url()").kind, Url);
  EXPECT_EQ(first_of("URL(data:image/png;base64,AA==)").text, "data:image/png;base64,AA==");
}

TEST(CssTokens, TileAnyTextButItsComments) {
  for (const std::string_view text : {"a{b:c}", "\"", "url(", "\\", "@", "#", "-", "/*", "\\\n"}) {
    Scanner scanner(text);
    std::size_t at = 0;
    for (Token token = scanner.next(); !token.is(End); token = scanner.next()) {
      EXPECT_EQ(token.begin, at) << text;
      EXPECT_GT(token.end, token.begin) << text;
      at = token.end;
    }
    EXPECT_EQ(scanner.position(), text.size()) << text;
  }
}

}  // namespace
}  // namespace candor::css
