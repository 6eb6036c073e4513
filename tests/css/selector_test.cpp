#include "css/selector.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace candor::css {
namespace {

struct TestNode {
  std::string name;
  std::map<std::string, std::string, std::less<>> attributes;
  Node parent = kNoNode;
};

class TestTree final : public Tree {
 public:
  Node add(Node parent, std::string name,
           std::map<std::string, std::string, std::less<>> attributes = {}) {
    nodes_.push_back({std::move(name), std::move(attributes), parent});
    return static_cast<Node>(nodes_.size() - 1);
  }
  std::string_view name(Node node) const override { return nodes_[node].name; }
  std::optional<std::string_view> attribute(Node node, std::string_view name) const override {
    const auto found = nodes_[node].attributes.find(name);
    if (found == nodes_[node].attributes.end()) return std::nullopt;
    return found->second;
  }
  Node parent(Node node) const override { return nodes_[node].parent; }
  Node previous(Node node) const override {
    for (Node at = node; at-- > 0;)
      if (nodes_[at].parent == nodes_[node].parent) return at;
    return kNoNode;
  }
  Node next(Node node) const override {
    for (Node at = node + 1; at < nodes_.size(); ++at)
      if (nodes_[at].parent == nodes_[node].parent) return at;
    return kNoNode;
  }
  bool quirks() const override { return quirky; }

  bool quirky = false;

 private:
  std::vector<TestNode> nodes_;
};

/// html > body > main#m > (h1, p.a, p.a.b[lang=en-US] > a[href], div > p)
class CssSelectors : public testing::Test {
 protected:
  CssSelectors() {
    html = tree.add(kNoNode, "html");
    body = tree.add(html, "BODY", {{"class", "home page"}});
    main = tree.add(body, "main", {{"id", "m"}});
    h1 = tree.add(main, "h1");
    first = tree.add(main, "p", {{"class", "a"}});
    second = tree.add(main, "p", {{"class", "a b"}, {"lang", "en-US"}, {"data-x", "Foo bar"}});
    link = tree.add(second, "a", {{"href", "/x"}});
    div = tree.add(main, "div");
    inner = tree.add(div, "p");
  }

  Match matches(std::string_view text, Node node) {
    const auto selectors = parse_selectors(text);
    EXPECT_TRUE(selectors) << text << ": " << selectors.error().message;
    if (!selectors) return Match::No;
    MatchBudget budget{100'000};
    return match(selectors->front(), tree, node, budget);
  }

  TestTree tree;
  Node html = 0, body = 0, main = 0, h1 = 0, first = 0, second = 0, link = 0, div = 0, inner = 0;
};

TEST_F(CssSelectors, MatchNamesClassesAndIds) {
  EXPECT_EQ(matches("p", first), Match::Yes);
  EXPECT_EQ(matches("P.a.b", second), Match::Yes);
  EXPECT_EQ(matches("p.a.b", first), Match::No);
  EXPECT_EQ(matches("#m", main), Match::Yes);
  EXPECT_EQ(matches("#M", main), Match::No);
  EXPECT_EQ(matches("*|*", main), Match::Yes);
  EXPECT_EQ(matches("body.home", body), Match::Yes);
  tree.quirky = true;
  EXPECT_EQ(matches("#M", main), Match::Yes);
}

TEST_F(CssSelectors, MatchAttributes) {
  EXPECT_EQ(matches("[lang]", second), Match::Yes);
  EXPECT_EQ(matches("[lang|=en]", second), Match::Yes);
  EXPECT_EQ(matches("[lang|=e]", second), Match::No);
  EXPECT_EQ(matches("[data-x~=bar]", second), Match::Yes);
  EXPECT_EQ(matches("[data-x^=foo]", second), Match::No);
  EXPECT_EQ(matches("[data-x^=foo i]", second), Match::Yes);
  EXPECT_EQ(matches("[data-x$='bar']", second), Match::Yes);
  EXPECT_EQ(matches("[data-x*=\"o b\"]", second), Match::Yes);
  EXPECT_EQ(matches("[data-x*='']", second), Match::No);
  EXPECT_EQ(matches("[class='a b']", second), Match::Yes);
}

TEST_F(CssSelectors, MatchByRelation) {
  EXPECT_EQ(matches("html p", inner), Match::Yes);
  EXPECT_EQ(matches("main > p", inner), Match::No);
  EXPECT_EQ(matches("main>div>p", inner), Match::Yes);
  EXPECT_EQ(matches("h1 + p", first), Match::Yes);
  EXPECT_EQ(matches("h1 + p", second), Match::No);
  EXPECT_EQ(matches("h1 ~ p", second), Match::Yes);
  EXPECT_EQ(matches("body > main p.a + p a", link), Match::Yes);
  EXPECT_EQ(matches("body main > h1 ~ div p", inner), Match::Yes);
  EXPECT_EQ(matches("div main p", inner), Match::No);
}

TEST_F(CssSelectors, MatchByPlace) {
  EXPECT_EQ(matches("h1:first-child", h1), Match::Yes);
  EXPECT_EQ(matches("p:first-child", first), Match::No);
  EXPECT_EQ(matches("p:first-of-type", first), Match::Yes);
  EXPECT_EQ(matches("p:last-of-type", second), Match::Yes);
  EXPECT_EQ(matches("div:last-child", div), Match::Yes);
  EXPECT_EQ(matches(":only-child", link), Match::Yes);
  EXPECT_EQ(matches(":only-child", first), Match::No);
  EXPECT_EQ(matches(":nth-child(2)", first), Match::Yes);
  EXPECT_EQ(matches(":nth-child(odd)", second), Match::Yes);
  EXPECT_EQ(matches(":nth-child( -n + 2 )", first), Match::Yes);
  EXPECT_EQ(matches(":nth-child(-n+2)", second), Match::No);
  EXPECT_EQ(matches(":nth-last-child(1)", div), Match::Yes);
  EXPECT_EQ(matches("p:nth-of-type(2)", second), Match::Yes);
  EXPECT_EQ(matches(":root", html), Match::Yes);
  EXPECT_EQ(matches(":root", body), Match::No);
}

TEST_F(CssSelectors, MatchLists) {
  EXPECT_EQ(matches(":is(h1, .b)", second), Match::Yes);
  EXPECT_EQ(matches(":where(main, div) > p", inner), Match::Yes);
  EXPECT_EQ(matches("p:not(.b)", first), Match::Yes);
  EXPECT_EQ(matches("p:not(.b, .a)", first), Match::No);
  EXPECT_EQ(matches("p:not(:hover)", first), Match::Yes);
  EXPECT_EQ(matches(":is(:has(b), .a)", first), Match::Yes);
  EXPECT_EQ(matches(":is(:has(b), .z)", first), Match::Unknown);
  EXPECT_EQ(matches(":is(:unknown-thing, .a)", first), Match::Yes);
  EXPECT_EQ(matches(":is(!, .a)", first), Match::Yes);
}

TEST_F(CssSelectors, SayWhatTheyDoNotDecide) {
  EXPECT_EQ(matches("p:has(a)", second), Match::Unknown);
  EXPECT_EQ(matches("p.z:has(a)", second), Match::No);
  EXPECT_EQ(matches("p:not(:has(a))", second), Match::Unknown);
  EXPECT_EQ(matches("p:hover", second), Match::No);
  EXPECT_EQ(matches("a:link", link), Match::Yes);
  EXPECT_EQ(matches("p:nth-child(2 of .a)", second), Match::Unknown);
}

TEST(CssSelectorText, WeighsSpecificity) {
  const auto weight = [](std::string_view text) {
    return parse_selectors(text).value().front().specificity;
  };
  EXPECT_EQ(weight("*"), 0U);
  EXPECT_EQ(weight("li"), 1U);
  EXPECT_EQ(weight("ul ol+li"), 3U);
  EXPECT_EQ(weight("h1 + *[rel=up]"), (1U << 10) + 1);
  EXPECT_EQ(weight("li.red.level"), (2U << 10) + 1);
  EXPECT_EQ(weight("#s12:not(foo)"), (1U << 20) + 1);
  EXPECT_EQ(weight(".foo :is(.bar, #baz)"), (1U << 20) + (1U << 10));
  EXPECT_EQ(weight(":where(#a) p::before"), 2U);
}

TEST(CssSelectorText, RecognisesPseudoElements) {
  EXPECT_EQ(parse_selectors("a::before").value()[0].pseudo, PseudoElement::Before);
  EXPECT_EQ(parse_selectors("a:after").value()[0].pseudo, PseudoElement::After);
  EXPECT_EQ(parse_selectors("a::first-line").value()[0].pseudo, PseudoElement::Other);
  EXPECT_EQ(parse_selectors("a::after:hover").value()[0].pseudo, PseudoElement::Other);
}

TEST(CssSelectorText, RefusesWhatIsNoSelector) {
  for (const std::string_view text :
       {"", "p,", "p >", "> p", "#1", ".", "p[", "p[a=]", "a b {", "a)", "!", ":-moz-thing",
        ":unknown-thing", ":unknown(a)", "p::before a", ":not(", ":not(!)", "a & b"})
    EXPECT_FALSE(parse_selectors(text)) << text;
  // The end closes what is open.
  EXPECT_TRUE(parse_selectors("p[a"));
  EXPECT_TRUE(parse_selectors(":is(p"));
}

TEST(CssSelectorText, BoundsItsDepthAndTheWork) {
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += ":not(";
  EXPECT_TRUE(parse_selectors(deep));
  std::string long_list = "a";
  for (int i = 0; i < 5'000; ++i) long_list += " a";
  EXPECT_FALSE(parse_selectors(long_list));

  TestTree tree;
  Node node = kNoNode;
  for (int i = 0; i < 500; ++i) node = tree.add(node, "div");
  MatchBudget budget{10'000};
  EXPECT_NE(match(parse_selectors("b > div div > div div > div div > div div").value().front(),
                  tree, node, budget),
            Match::Yes);
}

}  // namespace
}  // namespace candor::css
