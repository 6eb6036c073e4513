#include "html/tokenizer.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

namespace candor::html {
namespace {

/// Pieces that meet the tokenizer's decisions more often than random bytes would.
std::string markup_like_bytes() {
  const auto piece =
      rc::gen::elementOf(std::vector<std::string>{"<",
                                                  ">",
                                                  "</",
                                                  "<!--",
                                                  "-->",
                                                  "--!>",
                                                  "<![CDATA[",
                                                  "]]>",
                                                  "<!doctype ",
                                                  "<?",
                                                  "\"",
                                                  "'",
                                                  "=",
                                                  "/",
                                                  " ",
                                                  "\n",
                                                  "<a href=",
                                                  "<p>",
                                                  "</p>",
                                                  "<b>",
                                                  "</b>",
                                                  "<svg>",
                                                  "</svg>",
                                                  "<math>",
                                                  "<mi>",
                                                  "<desc>",
                                                  "<title>",
                                                  "</title>",
                                                  "<style>",
                                                  "</style>",
                                                  "<script>",
                                                  "</script>",
                                                  "<table>",
                                                  "<tr>",
                                                  "<td>",
                                                  "</td>",
                                                  "</table>",
                                                  "<select>",
                                                  "<option>",
                                                  "</select>",
                                                  "<template>",
                                                  "</template>",
                                                  "<div>",
                                                  "</div>",
                                                  "<frameset>",
                                                  "<noframes>",
                                                  "<textarea>",
                                                  "</textarea>",
                                                  "text",
                                                  "&amp;",
                                                  "<plaintext",
                                                  "<font size=1>",
                                                  "<form>",
                                                  "</form>",
                                                  "<li>",
                                                  "<col>",
                                                  "<annotation-xml encoding='text/html'>",
                                                  "<caption>",
                                                  "</br>",
                                                  "<body>",
                                                  "</body>",
                                                  "</html>",
                                                  std::string("\0", 1),
                                                  "\xFF",
                                                  "\xC3\xA4"});
  const auto pieces = *rc::gen::container<std::vector<std::string>>(piece);
  std::string bytes;
  for (const std::string& each : pieces) bytes += each;
  return bytes;
}

void expect_tiles(const Page& page) {
  std::size_t at = 0;
  for (const Token& token : page.tokens) {
    ASSERT_EQ(token.range.begin, at);
    ASSERT_GT(token.range.end, token.range.begin);
    if (token.kind == TokenKind::StartTag || token.kind == TokenKind::EndTag) {
      ASSERT_LT(token.range.begin, token.name.begin);
      ASSERT_LT(token.name.end, token.range.end);
    }
    for (const Attribute& attribute : page.attributes_of(token)) {
      ASSERT_LE(token.name.end, attribute.name.begin);
      ASSERT_LE(attribute.name.end, attribute.value.begin);
      ASSERT_LT(attribute.value.end, token.range.end);
    }
    at = token.range.end;
  }
  ASSERT_EQ(at, page.bytes.size());
}

TEST(Tokenizer, TokensTileAnyBytes) {
  EXPECT_TRUE(rc::check("random bytes", [] {
    const auto bytes = *rc::gen::arbitrary<std::string>();
    expect_tiles(tokenize(bytes));
  }));
  EXPECT_TRUE(rc::check("markup-like bytes", [] {
    const std::string bytes = markup_like_bytes();
    expect_tiles(tokenize(bytes));
    expect_tiles(tokenize(bytes, {.depth = 9, .attributes_per_tag = 1}));
  }));
}

}  // namespace
}  // namespace candor::html
