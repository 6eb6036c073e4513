#include "disclosure/page/own_markup.h"

#include <algorithm>
#include <iterator>
#include <optional>

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

/// Most pages that come in hold nothing of ours.
bool bears_marks(const html::Page& page) {
  return std::ranges::any_of(page.attributes, [&](const html::Attribute& each) {
    const std::string_view name = each.name.of(page.bytes);
    return name.size() >= kMarker.size() &&
           ascii::equals_ignoring_case(name.substr(0, kMarker.size()), kMarker);
  });
}

bool lies_in(const std::vector<ByteRange>& ranges, const ByteRange& token) {
  const auto behind = std::upper_bound(
      ranges.begin(), ranges.end(), token.begin,
      [](std::size_t offset, const ByteRange& range) { return offset < range.begin; });
  return behind != ranges.begin() && token.begin < std::prev(behind)->end;
}

/// The beacon script and the link to the stylesheet: empty, so that nothing of the owner's goes
/// with them.
std::vector<ByteRange> empty_elements_in(const html::Page& page) {
  std::vector<ByteRange> found;
  for (std::size_t i = 0; i < page.tokens.size(); ++i) {
    const Token& open = page.tokens[i];
    if (is_marked(page, open, "link", "style") && open.range.end <= page.certain_until)
      found.push_back(open.range);
    if (i + 1 == page.tokens.size() || !is_marked(page, open, "script", "beacon")) continue;
    const Token& close = page.tokens[i + 1];
    if (close.kind != TokenKind::EndTag || !page.is(close, "script")) continue;
    if (close.range.end <= page.certain_until) found.push_back({open.range.begin, close.range.end});
  }
  return found;
}

bool is_own_block(const html::Page& page, const Token& token) {
  return is_marked(page, token, "div", kDisclosureMark) ||
         is_marked(page, token, "div", kFooterMark) ||
         is_marked(page, token, "div", kDisclaimerMark);
}

/// Finds elements of ours that hold text, empty and other elements of ours only: what would be
/// left of an outer one once the inner are gone is taken with them, so that taking out twice takes
/// nothing more.
class OwnElements {
 public:
  OwnElements(const html::Page& page, const std::vector<ByteRange>& empty)
      : page_(page), empty_(empty) {}

  std::vector<ByteRange> find() {
    for (const Token& token : page_.tokens) {
      if (token.kind == TokenKind::Text || lies_in(empty_, token.range)) continue;
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
    if (is_marked(page_, token, "span", "label") || is_own_block(page_, token)) {
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
  const std::vector<ByteRange>& empty_;
  std::vector<Frame> frames_;
  std::vector<ByteRange> found_;
};

/// The attribute with the one blank in front of it; nothing where taking it out would join what
/// stands around it.
std::optional<ByteRange> cut_of(const html::Page& page, const Token& tag,
                                const html::Attribute& attribute) {
  if (attribute.quote != html::Quote::Double) return std::nullopt;
  const ByteRange cut{attribute.name.begin - 1, attribute.value.end + 1};
  if (page.bytes[cut.begin] != ' ' || cut.end >= tag.range.end) return std::nullopt;
  const char next = page.bytes[cut.end];
  if (!ascii::is_space(next) && next != '>' && next != '/') return std::nullopt;
  return cut;
}

void add_attributes(const html::Page& page, std::vector<ByteRange>& found) {
  for (const Token& token : page.tokens) {
    if (token.kind != TokenKind::StartTag || token.range.end > page.certain_until) continue;
    if (!page.is(token, "a") && !page.is(token, "area")) continue;
    if (page.find_attribute(token, kBeaconMark) == nullptr) continue;
    for (const html::Attribute& attribute : page.attributes_of(token)) {
      const std::string_view name = attribute.name.of(page.bytes);
      const bool ping = ascii::equals_ignoring_case(name, "ping") &&
                        attribute.value.of(page.bytes).find(kPingPath) != std::string_view::npos;
      if (!ping && !ascii::equals_ignoring_case(name, kBeaconMark)) continue;
      if (const auto cut = cut_of(page, token, attribute)) found.push_back(*cut);
    }
  }
}

/// The words of rel that are among ours, each with the blanks in front of it: all of them with the
/// attribute.
void add_rel_words(const html::Page& page, const Token& tag, std::string_view ours,
                   std::vector<ByteRange>& found) {
  const html::Attribute* rel = page.find_attribute(tag, "rel");
  if (rel == nullptr || rel->value.empty()) return;
  const std::string_view value = rel->value.of(page.bytes);
  std::vector<ByteRange> words;
  bool all = true;
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t begin = std::min(value.size(), value.find_first_not_of(" \t\n\f\r", at));
    const std::size_t end = std::min(value.size(), value.find_first_of(" \t\n\f\r", begin));
    const bool is_ours = has_word(ours, value.substr(begin, end - begin));
    if (is_ours) words.push_back({rel->value.begin + at, rel->value.begin + end});
    all = all && (is_ours || begin == end);
    at = end;
  }
  if (words.empty()) return;
  const auto whole = all ? cut_of(page, tag, *rel) : std::nullopt;
  if (whole)
    found.push_back(*whole);
  else
    std::ranges::move(words, std::back_inserter(found));
}

/// A token's bytes as they are once the ranges inside of it are gone.
bool same_but_for(const html::Page& before, const Token& token, const html::Page& after,
                  const Token& other, const std::vector<ByteRange>& ranges) {
  const std::string_view bytes = token.range.of(before.bytes);
  const auto first = std::lower_bound(
      ranges.begin(), ranges.end(), token.range.begin,
      [](const ByteRange& range, std::size_t offset) { return range.begin < offset; });
  if (first == ranges.end() || first->begin >= token.range.end)
    return bytes == other.range.of(after.bytes);
  std::vector<ByteRange> inside;
  for (auto each = first; each != ranges.end() && each->end <= token.range.end; ++each)
    inside.push_back({each->begin - token.range.begin, each->end - token.range.begin});
  return token.attribute_count >= other.attribute_count &&
         token.attribute_count <= other.attribute_count + inside.size() &&
         without(bytes, inside) == other.range.of(after.bytes);
}

}  // namespace

std::vector<ByteRange> own_markup_in(const html::Page& page) {
  if (!bears_marks(page)) return {};
  const std::vector<ByteRange> empty = empty_elements_in(page);
  std::vector<ByteRange> found = OwnElements(page, empty).find();
  const std::vector<ByteRange> elements = found;
  for (const ByteRange& each : empty)
    if (!lies_in(elements, each)) found.push_back(each);
  add_attributes(page, found);
  std::ranges::sort(found, {}, &ByteRange::begin);
  return found;
}

std::vector<ByteRange> own_rel_in(const html::Page& page, const std::vector<PageLink>& paid) {
  if (!bears_marks(page)) return {};
  std::vector<bool> pays(page.tokens.size());
  for (const PageLink& link : paid) pays[link.token] = true;
  std::vector<ByteRange> found;
  for (std::size_t i = 0; i < page.tokens.size(); ++i) {
    const Token& tag = page.tokens[i];
    if (pays[i] || tag.kind != TokenKind::StartTag || tag.range.end > page.certain_until) continue;
    const html::Attribute* mark = page.find_attribute(tag, kRelMark);
    if (mark == nullptr || !(page.is(tag, "a") || page.is(tag, "area"))) continue;
    std::vector<ByteRange> cuts;
    bool clean = true;
    for (const html::Attribute& each : page.attributes_of(tag)) {
      if (!ascii::equals_ignoring_case(each.name.of(page.bytes), kRelMark)) continue;
      const auto cut = cut_of(page, tag, each);
      clean = clean && cut.has_value();
      if (cut) cuts.push_back(*cut);
    }
    if (!clean) continue;
    add_rel_words(page, tag, mark->value.of(page.bytes), cuts);
    std::ranges::move(cuts, std::back_inserter(found));
  }
  std::ranges::sort(found, {}, &ByteRange::begin);
  return found;
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
        next->foreign != token.foreign || !same_but_for(before, token, after, *next, ranges))
      return false;
    ++next;
  }
  skip_text();
  return next == after.tokens.end();
}

}  // namespace candor::disclosure
