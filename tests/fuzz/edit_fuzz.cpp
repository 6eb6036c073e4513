// Edits of any page: none is the page itself; those that are not refused read as the page plus the
// edits; and where the local verification vouches for edits, a reading of the whole output agrees.
#include <array>
#include <cstdint>
#include <string>

#include "fuzz/fuzz_target.h"
#include "html/edit.h"
#include "html/tokenizer.h"

namespace candor::fuzz {
namespace {

constexpr std::array<std::string_view, 16> kMarkup{"<div role=\"note\"><p>x</p></div>\n",
                                                   "<span> (paid)</span>",
                                                   " <span>x</span> ",
                                                   "<p>x",
                                                   "</p>",
                                                   "<b>x</b>",
                                                   "<b>",
                                                   "<a href=y>x</a>",
                                                   "<svg>",
                                                   "<table>",
                                                   "<script>1</script>",
                                                   "<script>",
                                                   "<!-- x -->",
                                                   "<font size=1>",
                                                   "</b>",
                                                   "<template>"};
constexpr std::array<std::string_view, 4> kNames{"rel", "color", "type", "encoding"};

/// What to do at a token, from the bytes it stands behind: the same input makes the same edits.
class Choice {
 public:
  std::size_t next(std::size_t below) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>(state_ >> 33U) % below;
  }
  void stir(std::string_view bytes) {
    for (const char c : bytes.substr(0, 8)) state_ = state_ * 31 + static_cast<unsigned char>(c);
  }

 private:
  std::uint64_t state_ = 1;
};

void add_edits(const html::Page& page, html::EditList& edits) {
  Choice choice;
  for (const html::Token& token : page.tokens) {
    if (token.range.begin >= page.certain_until) return;
    choice.stir(token.range.of(page.bytes));
    if (choice.next(4) == 0)
      edits.insert_markup(token.range.begin, std::string(kMarkup[choice.next(kMarkup.size())]));
    if (token.kind == html::TokenKind::StartTag && choice.next(4) == 0)
      edits.set_attribute(token, kNames[choice.next(kNames.size())], "a \"&<>'");
  }
}

}  // namespace

void try_input(std::string_view bytes) {
  const html::Page page = html::tokenize(bytes);
  must_hold(html::EditList(page).apply() == std::string(bytes), "zero edits return the page");
  html::EditList edits(page);
  add_edits(page, edits);
  const auto edited = edits.apply();
  if (!edited) return;
  must_hold(edits.reads_back(*edited), "what is given out reads as the page plus the edits");
}

}  // namespace candor::fuzz
