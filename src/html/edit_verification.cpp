// Every byte outside of the edits is the same by construction; what can still go wrong is how bytes
// are read. Text lies between the other tokens, so it is the same text when those are the same
// tokens at the same places. So: leave the text out, take the tokens that lie wholly in an
// insertion for the insertion's own, and require the rest to be the page's tokens one by one.
#include "html/edit_verification.h"

#include <algorithm>

#include "base/ascii.h"
#include "html/tokenizer.h"

namespace candor::html {
namespace {

using Intent = EditList::Intent;

class Comparison {
 public:
  Comparison(const Page& before, const Page& after, std::span<const Intent> edits)
      : before_(before), after_(after), edits_(edits) {}

  bool run() {
    for (const Token& token : before_.tokens) {
      if (token.kind == TokenKind::Text) continue;
      if (!skip_insertions_before(token.range.begin)) return false;
      const Token* match = next_after();
      if (match == nullptr || !same_token(token, *match)) return false;
    }
    if (!skip_insertions_before(before_.bytes.size() + 1)) return false;
    const bool certain = before_.certain_until == before_.bytes.size();
    const bool certain_after = after_.certain_until == after_.bytes.size();
    return next_after() == nullptr && edit_ == edits_.size() && certain == certain_after &&
           (certain || after_.certain_until == moved(before_.certain_until));
  }

 private:
  /// Where the byte at `offset` went; edits are passed in page order.
  std::size_t moved(std::size_t offset) const { return offset + shift_; }

  const Token* next_after() {
    while (next_ < after_.tokens.size() && after_.tokens[next_].kind == TokenKind::Text) ++next_;
    return next_ < after_.tokens.size() ? &after_.tokens[next_++] : nullptr;
  }

  void pass(const Intent& edit) {
    shift_ += edit.edit.text.size() - edit.edit.range.size();  // wraps around when it shrinks
    ++edit_;
  }

  /// Insertions up to `offset`: each must give the tokens its markup gives alone.
  bool skip_insertions_before(std::size_t offset) {
    while (edit_ < edits_.size() && edits_[edit_].markup &&
           edits_[edit_].edit.range.begin <= offset) {
      const Intent& insertion = edits_[edit_];
      const std::size_t begin = moved(insertion.edit.range.begin);
      const Page alone = tokenize(insertion.edit.text);
      for (const Token& wanted : alone.tokens) {
        if (wanted.kind == TokenKind::Text) {
          if (wanted.mode == TextMode::Plaintext) return false;
          continue;
        }
        const Token* found = next_after();
        if (found == nullptr || found->kind != wanted.kind || wanted.kind == TokenKind::Unfinished)
          return false;
        if (found->range.begin != begin + wanted.range.begin ||
            found->range.end != begin + wanted.range.end || found->mode != wanted.mode)
          return false;
      }
      pass(insertion);
    }
    return true;
  }

  bool same_token(const Token& token, const Token& other) {
    if (other.kind != token.kind || other.mode != token.mode || other.foreign != token.foreign ||
        other.self_closing != token.self_closing || other.range.begin != moved(token.range.begin))
      return false;
    const bool tag = token.kind == TokenKind::StartTag || token.kind == TokenKind::EndTag;
    if (tag &&
        (other.name.begin != moved(token.name.begin) || other.name.size() != token.name.size()))
      return false;
    const std::size_t first_edit = edit_;
    while (edit_ < edits_.size() && edits_[edit_].edit.range.begin < token.range.end) {
      if (edits_[edit_].markup || edits_[edit_].tag != token.range.begin) return false;
      pass(edits_[edit_]);
    }
    if (other.range.end != moved(token.range.end)) return false;
    // The same bytes from the same start of a tag have the same attributes.
    return edit_ == first_edit ||
           same_attributes(token, other, edits_.subspan(first_edit, edit_ - first_edit));
  }

  struct Wanted {
    std::string_view name;
    std::string_view value;
  };

  /// In the order of the output: added ones stand in front.
  bool same_attributes(const Token& token, const Token& other, std::span<const Intent> edits) {
    wanted_.clear();
    for (const Intent& edit : edits)
      if (edit.edit.range.begin == token.name.end &&
          before_.find_attribute(token, edit.name) == nullptr)
        wanted_.push_back({edit.name, edit.escaped});
    for (const Attribute& attribute : before_.attributes_of(token)) {
      const auto edit = std::ranges::find_if(
          edits, [&](const Intent& each) { return each.edit.range == attribute.value; });
      const std::string_view value =
          edit == edits.end() ? attribute.value.of(before_.bytes) : std::string_view(edit->escaped);
      wanted_.push_back({attribute.name.of(before_.bytes), value});
    }
    // A tag at the limit of attributes shows fewer of its own when one is added.
    if (wanted_.size() > before_.limits.attributes_per_tag)
      wanted_.resize(before_.limits.attributes_per_tag);
    const auto found = after_.attributes_of(other);
    return std::ranges::equal(wanted_, found,
                              [&](const Wanted& wanted, const Attribute& attribute) {
                                return attribute.name.of(after_.bytes) == wanted.name &&
                                       attribute.value.of(after_.bytes) == wanted.value;
                              });
  }

  const Page& before_;
  const Page& after_;
  std::span<const Intent> edits_;
  std::size_t edit_ = 0;
  std::size_t next_ = 0;
  std::size_t shift_ = 0;
  std::vector<Wanted> wanted_;
};

}  // namespace

bool reads_as_edited(const Page& before, const Page& after, std::span<const Intent> edits) {
  return Comparison(before, after, edits).run();
}

}  // namespace candor::html
