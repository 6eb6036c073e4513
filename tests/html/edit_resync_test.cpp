#include "html/edit_resync.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "html/corpus.h"
#include "html/edit_verification.h"
#include "html/tokenizer.h"

namespace candor::html {
namespace {

using Intent = EditList::Intent;

Intent insertion(std::size_t offset, std::string markup) {
  Intent intent;
  intent.edit = {{offset, offset}, std::move(markup)};
  intent.markup = true;
  return intent;
}

Intent added_attribute(const Token& tag, const std::string& name, const std::string& value) {
  Intent intent;
  intent.tag = tag.range.begin;
  intent.name = name;
  intent.edit = {{tag.name.end, tag.name.end}, " " + name + "=\"" + value + "\""};
  intent.value_begin = static_cast<std::uint32_t>(name.size() + 3);
  intent.value_size = static_cast<std::uint32_t>(value.size());
  return intent;
}

struct Edited {
  EditList::Ordered edits;
  std::string output;
};

Edited edited(const std::string& bytes, const std::vector<Intent>& intents) {
  Edited out;
  for (const Intent& each : intents) out.edits.push_back(&each);
  std::ranges::stable_sort(out.edits, {},
                           [](const Intent* each) { return each->edit.range.begin; });
  std::size_t at = 0;
  for (const Intent* each : out.edits) {
    out.output.append(bytes, at, each->edit.range.begin - at);
    out.output += each->edit.text;
    at = each->edit.range.end;
  }
  out.output.append(bytes, at);
  return out;
}

/// Whether the local reading vouches for the edits; where it does, the whole one must agree.
bool vouches(const Page& page, const Edited& edit) {
  if (!resynchronises(page, edit.output, edit.edits)) return false;
  RC_ASSERT(reads_as_edited(page, tokenize(edit.output, page.limits), edit.edits));
  return true;
}

/// Tags that open, close and move what is open around them.
std::string page_of_pieces() {
  const auto piece = rc::gen::elementOf(std::vector<std::string>{"<p>",
                                                                 "</p>",
                                                                 "<b>",
                                                                 "</b>",
                                                                 "<i>",
                                                                 "</i>",
                                                                 "<a href=x>",
                                                                 "</a>",
                                                                 "<div>",
                                                                 "</div>",
                                                                 "<table>",
                                                                 "<tr>",
                                                                 "<td>",
                                                                 "</table>",
                                                                 "<svg>",
                                                                 "</svg>",
                                                                 "<math><mi>",
                                                                 "</mi></math>",
                                                                 "<li>",
                                                                 "<ul>",
                                                                 "</ul>",
                                                                 "<select>",
                                                                 "<option>",
                                                                 "</select>",
                                                                 "<template>",
                                                                 "</template>",
                                                                 "<button>",
                                                                 "</button>",
                                                                 "<title>",
                                                                 "</title>",
                                                                 "<script>",
                                                                 "</script>",
                                                                 "<font>",
                                                                 "<font color=x>",
                                                                 "</font>",
                                                                 "<body>",
                                                                 "<frameset>",
                                                                 "<html>",
                                                                 "<head>",
                                                                 "</head>",
                                                                 "<form>",
                                                                 "</form>",
                                                                 "<input>",
                                                                 "<input type=hidden>",
                                                                 "<h1>",
                                                                 "</h1>",
                                                                 "text",
                                                                 " ",
                                                                 "<",
                                                                 "</",
                                                                 "<!-- x -->",
                                                                 "<![CDATA[x]]>",
                                                                 "<x-y>",
                                                                 "</x-y>",
                                                                 "<style>",
                                                                 "</style>",
                                                                 "<textarea>",
                                                                 "</textarea>",
                                                                 "<noscript>",
                                                                 "</noscript>",
                                                                 "<nobr>",
                                                                 "<applet>",
                                                                 "</applet>",
                                                                 "<!doctype html>",
                                                                 "<desc>",
                                                                 "<foreignObject>",
                                                                 "<annotation-xml>",
                                                                 "<plaintext>"});
  std::string bytes;
  for (const std::string& each : *rc::gen::container<std::vector<std::string>>(piece))
    bytes += each;
  return bytes;
}

std::string some_markup() {
  return *rc::gen::elementOf(std::vector<std::string>{"<div><p>x</p></div>\n",
                                                      "<span> (paid)</span>",
                                                      " <span>x</span> ",
                                                      "<p>x",
                                                      "</p>",
                                                      "<b>",
                                                      "<b>x</b>",
                                                      "<a href=y>x</a>",
                                                      "<svg>",
                                                      "<table>",
                                                      "<script>1</script>",
                                                      "<script>",
                                                      "<!-- x -->",
                                                      "<![CDATA[x]]>",
                                                      " ",
                                                      "<div hidden>x</div>",
                                                      "<select>",
                                                      "<font size=1>",
                                                      "<style>x</style>",
                                                      "</b>",
                                                      "</x-y>",
                                                      "<x-y>",
                                                      "<template>",
                                                      "</table>",
                                                      "<tr>"});
}

TEST(EditResync, WhatItVouchesForReadsAsEdited) {
  std::size_t vouched = 0;
  std::size_t tried = 0;
  EXPECT_TRUE(rc::check("any edits of any page", [&] {
    const std::string bytes = page_of_pieces();
    const Page page = tokenize(bytes);
    std::vector<Intent> intents;
    for (const Token& token : page.tokens) {
      if (token.range.begin >= page.certain_until) break;
      if (*rc::gen::inRange(0, 4) == 0)
        intents.push_back(insertion(token.range.begin, some_markup()));
      if (token.kind == TokenKind::StartTag && *rc::gen::inRange(0, 4) == 0)
        intents.push_back(added_attribute(
            token, *rc::gen::element<std::string>("rel", "color", "type", "encoding"),
            *rc::gen::element<std::string>("x", "hidden", "text/html")));
    }
    if (page.certain_until == bytes.size() && *rc::gen::inRange(0, 4) == 0)
      intents.push_back(insertion(bytes.size(), some_markup()));
    if (vouches(page, edited(bytes, intents))) ++vouched;
    ++tried;
  }));
  EXPECT_GT(vouched, tried / 20);
}

TEST(EditResync, SavedPagesNeedNoSecondReading) {
  const std::string block = "<div role=\"note\"><p>We earn a commission.</p></div>\n";
  std::size_t tried = 0;
  std::size_t vouched = 0;
  for (const SavedPage& saved : corpus()) {
    SCOPED_TRACE(saved.name);
    const Page page = tokenize(saved.bytes);
    std::vector<Intent> intents;
    for (std::size_t index = 0; index < page.tokens.size(); ++index) {
      const Token& token = page.tokens[index];
      if (token.range.begin >= page.certain_until) break;
      if (token.kind != TokenKind::StartTag || token.foreign) continue;
      if (page.is(token, "a")) intents.push_back(added_attribute(token, "data-x", "y"));
      if (page.is(token, "h2")) intents.push_back(insertion(token.range.begin, block));
    }
    const Edited edit = edited(saved.bytes, intents);
    const bool whole = reads_as_edited(page, tokenize(edit.output), edit.edits);
    const bool local = resynchronises(page, edit.output, edit.edits);
    EXPECT_TRUE(whole || !local);
    tried += whole ? 1 : 0;
    vouched += local ? 1 : 0;
  }
  std::cout << vouched << " of " << tried << " edited pages vouched for without a second reading\n";
  EXPECT_GE(vouched * 10, tried * 8);
}

}  // namespace
}  // namespace candor::html
