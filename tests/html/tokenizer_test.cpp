#include "html/tokenizer.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <string>
#include <vector>

#include "html/corpus.h"

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

/// Kinds and bytes, one token per line: "StartTag <a>".
std::string listed(const Page& page) {
  constexpr std::array<std::string_view, 7> kNames{"Text",    "StartTag", "EndTag",    "Comment",
                                                   "Doctype", "Cdata",    "Unfinished"};
  std::string out;
  for (const Token& token : page.tokens) {
    out += kNames[static_cast<std::size_t>(token.kind)];
    out += token.foreign ? " foreign " : " ";
    out += token.range.of(page.bytes);
    out += '\n';
  }
  return out;
}

std::string listed(std::string_view bytes) { return listed(tokenize(bytes)); }

TEST(Tokenizer, TagsAndAttributesKeepTheirBytes) {
  const std::string_view bytes = "<A Href = 'x'rel=a/b c  =\"\" d e=>";
  const Page page = tokenize(bytes);
  ASSERT_EQ(page.tokens.size(), 1U);
  const Token& tag = page.tokens[0];
  EXPECT_TRUE(page.is(tag, "a"));
  const auto attributes = page.attributes_of(tag);
  std::string out;
  for (const Attribute& each : attributes) {
    out += each.name.of(bytes);
    out += "=";
    out += each.value.of(bytes);
    out += "#" + std::to_string(static_cast<int>(each.quote)) + " ";
  }
  EXPECT_EQ(out, "Href=x#2 rel=a/b#1 c=#3 d=#0 e=#1 ");
  EXPECT_EQ(page.find_attribute(tag, "href"), &attributes[0]);
  EXPECT_EQ(page.find_attribute(tag, "hre"), nullptr);
}

TEST(Tokenizer, TextModesEndAtTheirOwnEndTag) {
  EXPECT_EQ(listed("<title><b></titles></TITLE/>x"),
            "StartTag <title>\nText <b></titles>\nEndTag </TITLE/>\nText x\n");
  EXPECT_EQ(listed("<noscript><a></noscript>"),
            "StartTag <noscript>\nText <a>\nEndTag </noscript>\n");
  EXPECT_EQ(listed("<plaintext></plaintext><a>"), "StartTag <plaintext>\nText </plaintext><a>\n");
  EXPECT_EQ(listed("<script><!--<script></script>--></script><a>"),
            "StartTag <script>\nText <!--<script></script>-->\nEndTag </script>\nStartTag <a>\n");
}

TEST(Tokenizer, ForeignContentHasNoTextModesButCdata) {
  EXPECT_EQ(listed("<svg><style><a></style><![CDATA[<a>]]></svg><![CDATA[x]]>"),
            "StartTag foreign <svg>\nStartTag foreign <style>\nStartTag foreign <a>\n"
            "EndTag foreign </style>\nCdata <![CDATA[<a>]]>\nEndTag foreign </svg>\n"
            "Comment <![CDATA[x]]>\n");
  EXPECT_EQ(listed("<svg><desc><style><a></style>"),
            "StartTag foreign <svg>\nStartTag foreign <desc>\nStartTag <style>\nText <a>\n"
            "EndTag </style>\n");
  EXPECT_EQ(listed("<svg><p><style><a></style>"),
            "StartTag foreign <svg>\nStartTag <p>\nStartTag <style>\nText <a>\n"
            "EndTag </style>\n");
}

TEST(Tokenizer, WhatIsNoTokenIsUnfinished) {
  EXPECT_EQ(listed("a<b c='"), "Text a\nUnfinished <b c='\n");
  EXPECT_EQ(listed("a</>b</"), "Text a\nUnfinished </>\nText b</\n");
  EXPECT_TRUE(tokenize("<b c='").attributes.empty());
}

TEST(Tokenizer, PagesAreCertainWhereBrowsersAgree) {
  const auto certain_until = [](std::string_view bytes) { return tokenize(bytes).certain_until; };
  EXPECT_EQ(certain_until("<select><option>x</select><style></style>"), 41U);
  EXPECT_EQ(certain_until("<select><script></script><textarea></textarea>"), 46U);
  EXPECT_EQ(certain_until("<p><select><style></style>"), 11U);
  EXPECT_EQ(certain_until("<select><svg><![CDATA[x]]></svg></select>"), 13U);
  EXPECT_EQ(certain_until("<select><input><style></style>"), 30U);
  EXPECT_EQ(certain_until("<frameset><frame></frameset><noframes></noframes>"), 49U);
  EXPECT_EQ(certain_until("<frameset><frame></frameset><style>"), 28U);
  EXPECT_EQ(certain_until("<p>x<frameset><style></style>"), 29U);
}

TEST(Tokenizer, NestingBeyondTheLimitIsUncertainOnlyWhereItMatters) {
  std::string deep;
  for (int level = 0; level < 600; ++level) deep += "<div>";
  EXPECT_EQ(tokenize(deep + "<a><title></title>").certain_until, deep.size() + 18);
  EXPECT_EQ(tokenize(deep + "<a><svg><title></title>").certain_until, deep.size() + 3);
}

TEST(Tokenizer, AttributesBeyondTheLimitStayInTheTag) {
  const Page page = tokenize("<a b c d><e>", {.depth = 512, .attributes_per_tag = 2});
  EXPECT_EQ(page.attributes.size(), 2U);
  EXPECT_EQ(page.tokens.at(0).range.end, 9U);
}

TEST(Tokenizer, SavedPagesAreTiled) {
  for (const SavedPage& saved : corpus()) {
    SCOPED_TRACE(saved.name);
    expect_tiles(tokenize(saved.bytes));
  }
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
