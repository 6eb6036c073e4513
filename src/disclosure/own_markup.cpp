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

/// Walks over the tokens behind a start tag of ours.
class OwnElement {
 public:
  OwnElement(const html::Page& page, std::size_t start) : page_(page), at_(start + 1) {}

  bool text() {
    while (at_ < page_.tokens.size() && page_.tokens[at_].kind == TokenKind::Text) ++at_;
    return at_ < page_.tokens.size();
  }
  bool tag(TokenKind kind, std::string_view name) {
    if (at_ >= page_.tokens.size()) return false;
    const Token& token = page_.tokens[at_];
    if (token.kind != kind || token.foreign || !page_.is(token, name)) return false;
    ++at_;
    return true;
  }
  /// The index behind the element.
  std::size_t behind() const { return at_; }

 private:
  const html::Page& page_;
  std::size_t at_;
};

/// The index behind the element of ours that begins at `start`; `start` when it is not ours.
std::size_t end_of_own(const html::Page& page, std::size_t start) {
  OwnElement element(page, start);
  if (is_marked(page, page.tokens[start], "span", "label"))
    return element.text() && element.tag(TokenKind::EndTag, "span") ? element.behind() : start;
  if (!is_marked(page, page.tokens[start], "div", "disclosure")) return start;
  if (!element.text()) return start;
  while (element.tag(TokenKind::StartTag, "p")) {
    if (!element.text() || !element.tag(TokenKind::EndTag, "p") || !element.text()) return start;
  }
  return element.tag(TokenKind::EndTag, "div") ? element.behind() : start;
}

bool lies_in(const std::vector<ByteRange>& ranges, const ByteRange& token) {
  const auto behind = std::upper_bound(
      ranges.begin(), ranges.end(), token.begin,
      [](std::size_t offset, const ByteRange& range) { return offset < range.begin; });
  return behind != ranges.begin() && token.begin < std::prev(behind)->end;
}

}  // namespace

std::vector<ByteRange> own_markup_in(const html::Page& page) {
  std::vector<ByteRange> ranges;
  for (std::size_t i = 0; i < page.tokens.size();) {
    const std::size_t end = end_of_own(page, i);
    if (end == i || page.tokens[end - 1].range.end > page.certain_until) {
      ++i;
      continue;
    }
    ranges.push_back({page.tokens[i].range.begin, page.tokens[end - 1].range.end});
    i = end;
  }
  return ranges;
}

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
