// Work grows as pages do: sixteen times the page may take sixteen times as long, and some more for
// what no longer fits the caches; work that grows with the square would take 256 times.
#include <gtest/gtest.h>

#include <string>

#include "html/edit.h"
#include "html/tokenizer.h"
#include "support/hostile_pages.h"
#include "support/own_time.h"

namespace candor::html {
namespace {

constexpr std::size_t kSmall = std::size_t{8} << 10;
constexpr double kMost = 56;

TEST(HostilePages, AreReadInProportionToTheirSize) {
  for (const hostile::Shape& shape : hostile::markup()) {
    const double times = times_as_long([](const std::string& page) { tokenize(page); },
                                       shape.page(kSmall), shape.page(16 * kSmall));
    EXPECT_LT(times, kMost) << shape.name;
  }
}

TEST(HostilePages, AreEditedInProportionToTheirSize) {
  const auto edit = [](const std::string& bytes) {
    const Page page = tokenize(bytes);
    EditList edits(page);
    for (const Token& token : page.tokens) {
      if (token.range.begin >= page.certain_until) break;
      if (token.kind != TokenKind::StartTag) continue;
      edits.set_attribute(token, "rel", "x");
      if (edits.size() % 16 == 1) edits.insert_markup(token.range.begin, "<div><p>x</p></div>");
    }
    (void)edits.apply();
  };
  for (const hostile::Shape& shape : hostile::markup()) {
    const double times = times_as_long(edit, shape.page(kSmall), shape.page(16 * kSmall));
    EXPECT_LT(times, kMost) << shape.name;
  }
}

}  // namespace
}  // namespace candor::html
