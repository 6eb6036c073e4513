#include "disclosure/own_markup.h"

#include <algorithm>

#include "base/ascii.h"
#include "html/character_reference.h"

namespace candor::disclosure {
namespace {

using html::Token;
using html::TokenKind;

constexpr std::string_view kMarker = "data-candor";

bool is_marked(const html::Page& page, const Token& token, std::string_view tag,
               std::string_view value) {
  if (token.kind != TokenKind::StartTag || token.foreign || !page.is(token, tag)) return false;
  const html::Attribute* marker = page.find_attribute(token, kMarker);
  return marker != nullptr && marker->value.of(page.bytes) == value;
}

/// Finds elements of ours that hold text and other elements of ours only: what would be left of an
/// outer one once the inner are gone is taken with them, so that taking out twice takes nothing
/// more.
class OwnElements {
 public:
  explicit OwnElements(const html::Page& page) : page_(page) {}

  std::vector<ByteRange> find() {
    for (const Token& token : page_.tokens) {
      if (token.kind == TokenKind::Text) continue;
      if (!open(token) && !close(token)) frames_.clear();
    }
    return std::move(found_);
  }

 private:
  struct Frame {
    std::size_t begin;
    bool is_block;
    bool in_paragraph = false;
  };

  bool open(const Token& token) {
    if (is_marked(page_, token, "span", "label") || is_marked(page_, token, "div", "disclosure")) {
      frames_.push_back({token.range.begin, page_.is(token, "div")});
      return true;
    }
    const bool paragraph = token.kind == TokenKind::StartTag && page_.is(token, "p");
    if (!paragraph || frames_.empty() || !frames_.back().is_block || frames_.back().in_paragraph)
      return false;
    return frames_.back().in_paragraph = true;
  }

  bool close(const Token& token) {
    if (token.kind != TokenKind::EndTag || frames_.empty()) return false;
    Frame& frame = frames_.back();
    if (frame.in_paragraph && page_.is(token, "p")) {
      frame.in_paragraph = false;
      return true;
    }
    if (frame.in_paragraph || !page_.is(token, frame.is_block ? "div" : "span")) return false;
    if (token.range.end <= page_.certain_until) {
      while (!found_.empty() && found_.back().begin > frame.begin) found_.pop_back();
      found_.push_back({frame.begin, token.range.end});
    }
    frames_.pop_back();
    return true;
  }

  const html::Page& page_;
  std::vector<Frame> frames_;
  std::vector<ByteRange> found_;
};

bool lies_in(const std::vector<ByteRange>& ranges, const ByteRange& token) {
  const auto behind = std::upper_bound(
      ranges.begin(), ranges.end(), token.begin,
      [](std::size_t offset, const ByteRange& range) { return offset < range.begin; });
  return behind != ranges.begin() && token.begin < std::prev(behind)->end;
}

}  // namespace

std::vector<ByteRange> own_markup_in(const html::Page& page) { return OwnElements(page).find(); }

std::string without(std::string_view bytes, const std::vector<ByteRange>& ranges) {
  std::string out;
  out.reserve(bytes.size());
  std::size_t at = 0;
  for (const ByteRange& range : ranges) {
    out += bytes.substr(at, range.begin - at);
    at = range.end;
  }
  out += bytes.substr(at);
  return out;
}

bool reads_as_without(const html::Page& before, const html::Page& after,
                      const std::vector<ByteRange>& ranges) {
  auto next = after.tokens.begin();
  const auto skip_text = [&] {
    while (next != after.tokens.end() && next->kind == TokenKind::Text) ++next;
  };
  for (const Token& token : before.tokens) {
    if (token.kind == TokenKind::Text || lies_in(ranges, token.range)) continue;
    skip_text();
    if (next == after.tokens.end() || next->kind != token.kind || next->mode != token.mode ||
        next->foreign != token.foreign ||
        next->range.of(after.bytes) != token.range.of(before.bytes))
      return false;
    ++next;
  }
  skip_text();
  return next == after.tokens.end();
}

std::string block_markup(const Template& text, const BlockText& content) {
  std::string markup = "<div data-candor=\"disclosure\" role=\"note\" lang=\"" + text.locale +
                       "\"><p>" + html::escape_ascii(content.statement) + "</p>";
  if (!content.amazon.empty()) markup += "<p>" + html::escape_ascii(content.amazon) + "</p>";
  return markup + "</div>";
}

std::string label_markup(const Template& text) {
  return "<span data-candor=\"label\"> " + html::escape_ascii(text.label) + "</span>";
}

}  // namespace candor::disclosure
