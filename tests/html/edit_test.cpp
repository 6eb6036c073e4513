#include "html/edit.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "html/corpus.h"
#include "html/token_text.h"
#include "html/tokenizer.h"

namespace candor::html {
namespace {

const Token& tag(const Page& page, std::string_view name) {
  for (const Token& token : page.tokens)
    if (token.kind == TokenKind::StartTag && page.is(token, name)) return token;
  throw std::runtime_error("no such tag");
}

/// The page with `rel` of its first link set.
Result<std::string, EditError> with_rel(const std::string& bytes,
                                        std::string_view rel = "sponsored") {
  const Page page = tokenize(bytes);
  EditList edits(page);
  edits.set_attribute(tag(page, "a"), "rel", rel);
  return edits.apply();
}

/// The page with `rel` of all its links set.
Result<std::string, EditError> with_all_rels(const std::string& bytes) {
  const Page page = tokenize(bytes);
  EditList edits(page);
  for (const Token& token : page.tokens) {
    const bool link = token.kind == TokenKind::StartTag && page.is(token, "a") &&
                      page.find_attribute(token, "href") != nullptr;
    if (link && token.range.begin < page.certain_until)
      edits.set_attribute(token, "rel", "sponsored nofollow");
  }
  return edits.apply();
}

Result<std::string, EditError> with_markup(const std::string& bytes, std::size_t offset,
                                           const std::string& markup) {
  const Page page = tokenize(bytes);
  EditList edits(page);
  edits.insert_markup(offset, markup);
  return edits.apply();
}

TEST(Edit, NoEditsGiveThePage) {
  const std::string bytes = "<p>\xFF<a href=x";
  EXPECT_EQ(EditList(tokenize(bytes)).apply(), bytes);
}

TEST(Edit, ValuesKeepTheirQuotes) {
  EXPECT_EQ(with_rel("<a rel=\"x\"  href=y>"), "<a rel=\"sponsored\"  href=y>");
  EXPECT_EQ(with_rel("<a rel='x' >"), "<a rel='sponsored' >");
  EXPECT_EQ(with_rel("<A REL = x>"), "<A REL = \"sponsored\">");
  EXPECT_EQ(with_rel("<a rel=>"), "<a rel=\"sponsored\">");
  EXPECT_EQ(with_rel("<a rel/>"), "<a rel=\"sponsored\"/>");
  EXPECT_EQ(with_rel("<a rel=''>"), "<a rel='sponsored'>");
}

TEST(Edit, MissingAttributesFollowTheName) {
  EXPECT_EQ(with_rel("<a href=x/>"), "<a rel=\"sponsored\" href=x/>");
  EXPECT_EQ(with_rel("<a\n>"), "<a rel=\"sponsored\"\n>");
  EXPECT_EQ(with_rel("<a/>"), "<a rel=\"sponsored\"/>");
}

TEST(Edit, OnlyTheFirstOfTwoAttributesChanges) {
  EXPECT_EQ(with_rel("<a rel=x REL=y>"), "<a rel=\"sponsored\" REL=y>");
}

TEST(Edit, EqualValuesAreLeftAsTheyAreWritten) {
  EXPECT_EQ(with_rel("<a rel=spons&#111;red>"), "<a rel=spons&#111;red>");
  EXPECT_EQ(with_rel("<a rel>", ""), "<a rel>");
}

TEST(Edit, ValuesAreEscaped) {
  EXPECT_EQ(with_rel("<a rel='x'>", "'\"<&>\xC3\xA4\n"),
            "<a rel='&#39;&quot;&lt;&amp;&gt;&#228;\n'>");
}

TEST(Edit, MarkupGoesBetweenTokens) {
  EXPECT_EQ(with_markup("a<p>b", 1, "<b>x</b>"), "a<b>x</b><p>b");
  EXPECT_EQ(with_markup("a<p>b", 5, " <b>x</b> "), "a<p>b <b>x</b> ");
  EXPECT_EQ(with_markup("", 0, "<b>x</b>"), "<b>x</b>");
}

TEST(Edit, InsertionsAtOnePlaceKeepTheirOrder) {
  const std::string bytes = "<p><a>";
  const Page page = tokenize(bytes);
  EditList edits(page);
  edits.set_attribute(page.tokens[1], "rel", "x");
  edits.insert_markup(3, "<i>");
  edits.set_attribute(page.tokens[1], "class", "y");
  edits.insert_markup(3, "<b>");
  EXPECT_EQ(edits.apply(), "<p><i><b><a rel=\"x\" class=\"y\">");
}

TEST(Edit, PlacesInsideTokensAreRefused) {
  EXPECT_EQ(with_markup("ab<p>", 1, "<b>"), std::unexpected(EditError::OutOfPage));
  EXPECT_EQ(with_markup("ab<p>", 3, "<b>"), std::unexpected(EditError::OutOfPage));
  EXPECT_EQ(with_markup("ab<p>", 6, "<b>"), std::unexpected(EditError::OutOfPage));
}

TEST(Edit, UncertainPartsOfThePageAreRefused) {
  const std::string bytes = "<p><select><style></select><a>";
  EXPECT_EQ(with_markup(bytes, 11, "<b>"), std::unexpected(EditError::OutOfPage));
  EXPECT_EQ(with_markup(bytes, bytes.size(), "<b>"), std::unexpected(EditError::OutOfPage));
  EXPECT_EQ(with_markup(bytes, 3, "<b>"), "<p><b><select><style></select><a>");
}

TEST(Edit, MarkupThatCouldRunIntoTextIsRefused) {
  EXPECT_EQ(with_markup("&am<p>", 3, "p;"), std::unexpected(EditError::BadMarkup));
  EXPECT_EQ(with_markup("<p>p;", 3, "<b>&am"), std::unexpected(EditError::BadMarkup));
  EXPECT_EQ(with_markup("<p>", 3, "<b>\xC3\xA4</b>"), std::unexpected(EditError::BadMarkup));
}

TEST(Edit, OneAttributeIsSetOnce) {
  for (const std::string bytes : {"<a>", "<a rel=x>", "<a rel>"}) {
    const Page page = tokenize(bytes);
    EditList edits(page);
    edits.set_attribute(page.tokens[0], "rel", "y");
    edits.set_attribute(page.tokens[0], "class", "y");
    edits.set_attribute(page.tokens[0], "rel", "z");
    EXPECT_EQ(edits.apply(), std::unexpected(EditError::Overlap));
  }
}

TEST(Edit, OutputThatReadsDifferentlyIsRefused) {
  // Each of these would take in, or take apart, tokens of the page.
  for (const std::string markup :
       {"<script>", "<!--", "<a href=\"", "</b", "<plaintext>", "<style>", "<title>"}) {
    SCOPED_TRACE(markup);
    const auto edited =
        with_markup("<b>x</b><p title='\">'>y</p><title>z</title>", 8, markup + " ");
    EXPECT_FALSE(edited.has_value());
  }
  // A span inside svg is another element than the page's.
  EXPECT_EQ(with_markup("<em>x</em><x-y>", 10, "<svg>"), std::unexpected(EditError::Changed));
  // Text of a title: the markup would be read as text.
  EXPECT_EQ(with_markup("<title></title>", 7, "<b>"), std::unexpected(EditError::Changed));
  EXPECT_EQ(with_markup("<script>x</script>", 8, "<b>"), std::unexpected(EditError::Changed));
  // "</" at the end becomes the start of a comment.
  EXPECT_EQ(with_markup("x</", 3, "<b>"), std::unexpected(EditError::Changed));
}

TEST(Edit, AttributesBeyondTheLimitDoNotStopAnEdit) {
  const std::string bytes = "<a a b c href=x>";
  const Page page = tokenize(bytes, {.depth = 512, .attributes_per_tag = 3});
  EditList edits(page);
  edits.set_attribute(page.tokens[0], "rel", "y");
  EXPECT_EQ(edits.apply(), "<a rel=\"y\" a b c href=x>");
}

TEST(Edit, SettingAnAttributeTwiceOverChangesNothingMore) {
  EXPECT_TRUE(rc::check("set on any tag", [] {
    const auto piece = rc::gen::elementOf(std::vector<std::string>{
        "<a", " ", "/", ">", "rel", "=", "\"", "'", "x", "&amp", ";", "<p>", "\n", "<!--", "-->"});
    std::string bytes = "<a>";
    for (const std::string& each : *rc::gen::container<std::vector<std::string>>(piece))
      bytes += each;
    const auto value = *rc::gen::container<std::string>(rc::gen::inRange<char>(' ', 127));
    const auto once = with_rel(bytes, value);
    RC_ASSERT(once.has_value());
    const Page page = tokenize(*once);
    const Attribute* rel = page.find_attribute(tag(page, "a"), "rel");
    RC_ASSERT(value_text(page, *rel) == value);
    RC_ASSERT((with_rel(*once, value) == *once));
  }));
}

TEST(Edit, EveryLinkOfSavedPagesTakesARel) {
  const auto pages = corpus();
  ASSERT_FALSE(pages.empty());
  std::size_t certain = 0;
  for (const SavedPage& saved : pages) {
    SCOPED_TRACE(saved.name);
    const auto once = with_all_rels(saved.bytes);
    ASSERT_TRUE(once.has_value()) << message_of(once.error());
    EXPECT_GT(once->size(), saved.bytes.size());
    EXPECT_TRUE(with_all_rels(*once) == *once);
    const Page page = tokenize(saved.bytes);
    if (page.certain_until == saved.bytes.size()) ++certain;
  }
  std::cout << certain << " of " << pages.size() << " pages are certain throughout\n";
}

}  // namespace
}  // namespace candor::html
