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
  Comparison(const Page& before, const Page& after, const EditList::Ordered& edits)
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
    while (edit_ < edits_.size() && edits_[edit_]->markup &&
           edits_[edit_]->edit.range.begin <= offset) {
      const Intent& insertion = *edits_[edit_];
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
    while (edit_ < edits_.size() && edits_[edit_]->edit.range.begin < token.range.end) {
      if (edits_[edit_]->markup || edits_[edit_]->tag != token.range.begin) return false;
      pass(*edits_[edit_]);
    }
    if (other.range.end != moved(token.range.end)) return false;
    // The same bytes from the same start of a tag have the same attributes.
    return edit_ == first_edit ||
           has_edited_attributes(before_, token, after_, other,
                                 std::span(edits_).subspan(first_edit, edit_ - first_edit));
  }

  const Page& before_;
  const Page& after_;
  const EditList::Ordered& edits_;
  std::size_t edit_ = 0;
  std::size_t next_ = 0;
  std::size_t shift_ = 0;
};

}  // namespace

bool reads_as_edited(const Page& before, const Page& after, const EditList::Ordered& edits) {
  return Comparison(before, after, edits).run();
}

/// Walks both lists at once. Added attributes stand in front, in the order of the edits; a tag at
/// the limit of attributes shows fewer of its own when one is added.
bool has_edited_attributes(const Page& before, const Token& token, const Page& output,
                           const Token& other, std::span<const Intent* const> edits) {
  const std::span<const Attribute> found = output.attributes_of(other);
  const std::size_t limit = before.limits.attributes_per_tag;
  std::size_t next = 0;
  const auto matches = [&](std::string_view name, std::string_view value) {
    if (next == limit) return true;
    if (next == found.size()) return false;
    const Attribute& attribute = found[next++];
    return attribute.name.of(output.bytes) == name && attribute.value.of(output.bytes) == value;
  };
  for (const Intent* edit : edits)
    if (edit->edit.range.begin == token.name.end &&
        before.find_attribute(token, edit->name) == nullptr && !matches(edit->name, edit->value()))
      return false;
  for (const Attribute& attribute : before.attributes_of(token)) {
    const auto edit = std::ranges::find_if(
        edits, [&](const Intent* each) { return each->edit.range == ByteRange(attribute.value); });
    const std::string_view value =
        edit == edits.end() ? attribute.value.of(before.bytes) : (*edit)->value();
    if (!matches(attribute.name.of(before.bytes), value)) return false;
  }
  return next == found.size();
}

}  // namespace candor::html
