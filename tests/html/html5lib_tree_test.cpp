// The parse feedback against the html5lib suite's trees. There is no tree here to compare, so each
// case asks what the tokens must agree on with it:
//  - its svg and math elements are the foreign start tags, one each;
//  - its text elements (title, script, ...) are the start tags that begin a text mode, with the
//  same
//    text;
//  - its comments are the comments;
//  - every other element that stands in the source has a start tag with its attributes.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <set>

#include "html/html5lib_files.h"
#include "html/start_state.h"
#include "html/token_text.h"
#include "html/tokenizer.h"
#include "html/tree_dump.h"

namespace candor::html {
namespace {

using Words = std::multiset<std::string>;

const std::set<std::string> kTextElements{"title",   "textarea", "style",    "xmp",    "iframe",
                                          "noembed", "noframes", "noscript", "script", "plaintext"};
/// Elements a tree may hold without a start tag: implied ones, and copies of formatting elements.
const std::set<std::string> kUnwritten{
    "html", "head", "body",   "tbody", "tr", "colgroup", "a",      "b",  "big", "code", "em",
    "font", "i",    "strong", "nobr",  "s",  "small",    "strike", "tt", "u",   "p",    "br"};

std::string text_element(const std::string& name, std::string text) {
  if (name == "textarea" && text.starts_with('\n')) text.erase(0, 1);
  return name + ": " + text;
}

/// An svg name's and attribute's adjusted case and namespace prefix are left out.
std::string with_attributes(const std::string& name,
                            const std::map<std::string, std::string>& attributes) {
  std::string out = name;
  for (const auto& [key, value] : attributes) out += " " + key + "=" + value;
  return out;
}

struct Seen {
  Words foreign;
  Words text;
  Words comments;
  Words others;
};

Seen seen_in(const TreeCase& test) {
  Seen seen;
  for (const TreeElement& element : test.elements) {
    if (!element.space.empty())
      seen.foreign.insert(element.name);
    else if (kTextElements.contains(element.name))
      seen.text.insert(text_element(element.name, element.text));
    else if (!kUnwritten.contains(element.name))
      seen.others.insert(with_attributes(element.name, element.attributes));
  }
  seen.comments.insert(test.comments.begin(), test.comments.end());
  return seen;
}

std::map<std::string, std::string> attributes_of(const Page& page, const Token& token) {
  std::map<std::string, std::string> out;
  for (const Attribute& attribute : page.attributes_of(token))
    out.emplace(name_text(page, attribute), value_text(page, attribute));
  return out;
}

Seen seen_in(const Page& page) {
  Seen seen;
  for (std::size_t index = 0; index < page.tokens.size(); ++index) {
    const Token& token = page.tokens[index];
    if (token.kind == TokenKind::Comment) seen.comments.insert(comment_text(page, token));
    if (token.kind != TokenKind::StartTag) continue;
    std::string name = name_text(page, token);
    if (token.foreign) {
      seen.foreign.insert(name);
    } else if (token.mode != TextMode::Data) {
      const bool has_text =
          index + 1 < page.tokens.size() && page.tokens[index + 1].kind == TokenKind::Text;
      seen.text.insert(text_element(
          name, has_text ? character_text(page, page.tokens[index + 1]) : std::string()));
    } else {
      if (name == "image") name = "img";
      seen.others.insert(with_attributes(name, attributes_of(page, token)));
    }
  }
  return seen;
}

Page tokenize_case(const TreeCase& test) {
  if (!test.fragment) return tokenize(test.data);
  StartState start;
  FragmentContext context;
  context.name = *test.fragment;
  if (context.name.starts_with("svg ")) context = {Namespace::Svg, context.name.substr(4)};
  if (context.name.starts_with("math ")) context = {Namespace::MathMl, context.name.substr(5)};
  start.fragment = context;
  return tokenize_from(test.data, start);
}

std::string listed(const Words& words) {
  std::string out;
  for (const std::string& word : words) out += "  [" + word + "]\n";
  return out;
}

/// Empty when tokens and tree agree.
std::string difference(const TreeCase& test) {
  const Page page = tokenize_case(test);
  const Seen want = seen_in(test);
  const Seen got = seen_in(page);
  std::string out;
  const auto compare = [&](const char* what, const Words& wanted, const Words& found, bool same) {
    if (!same)
      out += std::string(what) + " of the tree:\n" + listed(wanted) + " of the tokens:\n" +
             listed(found);
  };
  // A frameset takes the body so far, and what was in it, out of the tree.
  const bool framed = want.others.contains("frameset");
  compare("foreign elements", want.foreign, got.foreign,
          framed ? std::ranges::includes(got.foreign, want.foreign) : want.foreign == got.foreign);
  compare("text elements", want.text, got.text, want.text == got.text);
  compare("comments", want.comments, got.comments, want.comments == got.comments);
  compare("elements", want.others, got.others, std::ranges::includes(got.others, want.others));
  return out;
}

TEST(Html5libTree, TokensAgreeWithTheTree) {
  const Html5libFiles files = html5lib_files("tree-construction", ".dat");
  if (files.paths.empty() && !html5lib_files("tokenizer", ".test").paths.empty())
    GTEST_SKIP() << files.folder << " holds tokenizer cases only";
  int passed = 0;
  int total = 0;
  for (const auto& path : files.paths) {
    int passed_here = 0;
    int total_here = 0;
    for (const TreeCase& test : parse_tree_cases(read_whole(path))) {
      if (test.script_off) continue;  // the tokenizer reads as a browser that runs scripts
      ++total_here;
      const std::string differs = difference(test);
      if (differs.empty()) ++passed_here;
      EXPECT_EQ(differs, "") << path.filename() << ":" << test.line << "\n" << test.data;
    }
    std::cout << path.filename().string() << ": " << passed_here << " of " << total_here << "\n";
    passed += passed_here;
    total += total_here;
  }
  std::cout << "trees of " << files.folder << ": " << passed << " of " << total << " agree\n";
  EXPECT_GT(total, 0) << "no tree-construction cases in " << files.folder;
}

}  // namespace
}  // namespace candor::html
