// Two kinds of edits, two ways back to the page's own reading.
//
// Attributes: the edited tag is read again from the output. Behind it the tokenizer is where it
// was; the tree builder is too, unless the tag's attributes decide something (kReadAttributes), or
// attributes of formatting elements were compared anywhere.
//
// Insertions: the tree builder's part is replayed over the page's own tokens up to the insertion.
// From there a copy of it takes in the insertion, read from the output, and both go on over the
// page's tokens. While they answer alike those are the output's tokens as well; once they are in
// the same state they stay so, and the copy is dropped.
#include "html/edit_resync.h"

#include <algorithm>
#include <optional>

#include "html/edit_verification.h"
#include "html/parse_feedback.h"
#include "html/start_state.h"
#include "html/tokenizer.h"

namespace candor::html {
namespace {

using Intent = EditList::Intent;

/// Tags whose attributes the tree builder looks at.
bool decides_by_attributes(Tag tag) {
  return tag == Tag::Input || tag == Tag::Font || tag == Tag::AnnotationXml;
}

class Resynchronisation {
 public:
  Resynchronisation(const Page& before, std::string_view output, const EditList::Ordered& edits)
      : before_(before),
        output_(output),
        edits_(edits),
        feedback_(before.bytes, before.attributes, before.limits) {
    tag_.bytes = output;
    tag_.limits = before.limits;
  }

  bool run() {
    while (edit_ < edits_.size())
      if (!(edits_[edit_]->markup ? passes_insertions() : passes_attributes())) return false;
    while (copy_ && replayed_ < before_.tokens.size())
      if (!replay()) return false;
    return true;
  }

 private:
  std::size_t moved(std::size_t offset) const { return offset + shift_; }

  void pass_edit() {
    const Edit& edit = edits_[edit_]->edit;
    shift_ += edit.text.size() - edit.range.size();  // wraps around when it shrinks
    ++edit_;
  }

  /// The token that begins at `offset`, or the number of tokens.
  std::size_t token_at(std::size_t offset) const {
    const auto found = std::ranges::lower_bound(before_.tokens, offset, {}, [](const Token& each) {
      return std::size_t{each.range.begin};
    });
    return static_cast<std::size_t>(found - before_.tokens.begin());
  }

  bool passes_attributes() {
    const std::size_t index = token_at(edits_[edit_]->tag);
    if (index == before_.tokens.size()) return false;
    const Token& token = before_.tokens[index];
    attributes_edited_ = true;
    if (token.range.begin != edits_[edit_]->tag || token.kind != TokenKind::StartTag ||
        decides_by_attributes(token.tag) || before_.attributes_compared)
      return false;
    const std::size_t begin = moved(token.range.begin);
    read_start_tag(output_, begin, tag_);
    const Token& read = tag_.tokens.front();
    const std::size_t first = edit_;
    while (edit_ < edits_.size() && edits_[edit_]->edit.range.begin < token.range.end) {
      if (edits_[edit_]->markup || edits_[edit_]->tag != token.range.begin) return false;
      pass_edit();
    }
    return read.kind == token.kind && read.self_closing == token.self_closing &&
           read.name.of(output_) == token.name.of(before_.bytes) &&
           read.range.end == moved(token.range.end) &&
           has_edited_attributes(before_, token, tag_, read,
                                 std::span(edits_).subspan(first, edit_ - first));
  }

  /// All insertions at one border.
  bool passes_insertions() {
    const std::size_t border = edits_[edit_]->edit.range.begin;
    const std::size_t index = token_at(border);
    if (!is_plain_border(index)) return false;
    while (replayed_ < index)
      if (!replay()) return false;
    if (!copy_) copy_ = feedback_;
    while (edit_ < edits_.size() && edits_[edit_]->markup &&
           edits_[edit_]->edit.range.begin == border) {
      const std::size_t begin = moved(border);
      if (!takes_in(output_.substr(begin, edits_[edit_]->edit.text.size()))) return false;
      pass_edit();
    }
    copy_->read_from(before_.bytes, before_.attributes);
    drop_copy_if_same();
    return true;
  }

  /// Whether the tokenizer is in the data state in front of the token, with nothing begun.
  bool is_plain_border(std::size_t index) const {
    if (index == 0) return true;
    const Token& previous = before_.tokens[index - 1];
    switch (previous.kind) {
      case TokenKind::EndTag:
        return true;
      case TokenKind::StartTag:
        return previous.mode == TextMode::Data;
      case TokenKind::Text:
        // The last text of a page may be a tag just begun.
        return previous.mode == TextMode::Data && index < before_.tokens.size();
      default:
        return index < before_.tokens.size();
    }
  }

  /// Reads an insertion into the copy: the same tokens as alone, and the data state behind them.
  bool takes_in(std::string_view markup) {
    const Page alone = tokenize(markup);
    if (alone.certain_until != markup.size()) return false;
    copy_->read_from(alone.bytes, alone.attributes);
    for (const Token& token : alone.tokens) {
      if (token.kind == TokenKind::Unfinished || token.kind == TokenKind::Cdata) return false;
      if (token.kind == TokenKind::Comment && copy_->cdata_allowed(token.range.begin)) return false;
      if (copy_->read(token, alone.attributes_of(token)).mode != mode_behind(token)) return false;
    }
    if (alone.tokens.empty()) return true;
    const Token& last = alone.tokens.back();
    return mode_behind(last) == TextMode::Data &&
           (last.kind != TokenKind::Text || last.mode == TextMode::Data) &&
           last.kind != TokenKind::Comment && copy_->uncertain_from() == feedback_.uncertain_from();
  }

  static TextMode mode_behind(const Token& token) {
    return token.kind == TokenKind::StartTag ? token.mode : TextMode::Data;
  }

  /// The tree builder's part of one more token of the page; false when the copy reads it otherwise.
  bool replay() {
    const Token& token = before_.tokens[replayed_++];
    const std::span<const Attribute> attributes = before_.attributes_of(token);
    if (is_cdata_like(token)) {
      const bool allowed = feedback_.cdata_allowed(token.range.begin);
      if (copy_ && copy_->cdata_allowed(token.range.begin) != allowed) return false;
    }
    const StartTagFeedback answer = feedback_.read(token, attributes);
    if (!copy_) return true;
    const StartTagFeedback other = copy_->read(token, attributes);
    if (answer.mode != other.mode || answer.foreign != other.foreign) return false;
    if (copy_->uncertain_from() != feedback_.uncertain_from()) return false;
    if (copy_->compared_attributes() && attributes_edited_) return false;
    drop_copy_if_same();
    return true;
  }

  bool is_cdata_like(const Token& token) const {
    return token.kind == TokenKind::Cdata ||
           (token.kind == TokenKind::Comment &&
            token.range.of(before_.bytes).starts_with("<![CDATA["));
  }

  void drop_copy_if_same() {
    if (copy_->same_state(feedback_)) copy_.reset();
  }

  const Page& before_;
  std::string_view output_;
  const EditList::Ordered& edits_;
  ParseFeedback feedback_;             ///< of the page, in front of token `replayed_`
  std::optional<ParseFeedback> copy_;  ///< of the output, while it may differ
  std::size_t replayed_ = 0;
  std::size_t edit_ = 0;
  std::size_t shift_ = 0;
  bool attributes_edited_ = false;
  Page tag_;
};

}  // namespace

bool resynchronises(const Page& before, std::string_view output, const EditList::Ordered& edits) {
  if (before.bytes.size() > kLongestPage || output.size() > kLongestPage) return false;
  return Resynchronisation(before, output, edits).run();
}

}  // namespace candor::html
