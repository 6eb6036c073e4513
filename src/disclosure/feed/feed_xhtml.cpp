#include "disclosure/feed/feed_xhtml.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "html/character_reference.h"

namespace candor::disclosure {
namespace {

/// HTML knows no others that need no end tag; of "<a/>" it reads a start.
bool is_void(std::string_view name) {
  static constexpr std::array<std::string_view, 14> kNames{
      "area", "base", "br",    "col",   "embed",  "hr",    "img",
      "link", "meta", "input", "param", "source", "track", "wbr"};
  return std::ranges::find(kNames, name) != kNames.end();
}

std::size_t prefix_bytes(std::string_view name) { return name.size() - local_name(name).size(); }

}  // namespace

FeedXhtml::Kind FeedXhtml::kind_of(std::string_view name, const XmlNamespaces& namespaces) const {
  const auto found = namespaces.of(name);
  if (found == kXhtmlNamespace) return Kind::Html;
  if (found == "http://www.w3.org/2000/svg" || found == "http://www.w3.org/1998/Math/MathML")
    return Kind::Drawing;
  // Feeds forget to say that their div is XHTML's; readers take it for that.
  return prefix_of(name).empty() && found == inherited_ ? Kind::Html : Kind::Other;
}

void FeedXhtml::check(const XmlToken& token, const XmlNamespaces& namespaces, Kind kind) {
  const std::string_view name = token.inside.of(feed_);
  if (kind == Kind::Html && kind_of(part_.prefix + "div", namespaces) != Kind::Html) sound_ = false;
  if (kind != Kind::Other) return;
  if (prefix_of(name).empty()) sound_ = false;
  for (const auto& [attribute, value] : xml_attributes(token.range.of(feed_)))
    if (local_name(attribute) == "href" || local_name(attribute) == "src") sound_ = false;
}

/// A block of ours beside the root was put there before it went inside.
void FeedXhtml::see_outermost(const XmlToken& token, Kind kind) {
  if (token.part == XmlPart::Text || token.part == XmlPart::CData)
    root_can_be_ = root_can_be_ && ascii::trim(token.inside.of(feed_)).empty();
  if (token.part != XmlPart::StartTag) return;
  if (xml_attribute(token.range.of(feed_), "data-candor")) return;
  const std::string_view name = token.inside.of(feed_);
  const bool fits = local_name(name) == "div" || local_name(name) == "body";
  if (kind != Kind::Html || !fits || token.empty_element || !outermost_.empty())
    root_can_be_ = false;
  if (kind == Kind::Html && outermost_.empty()) part_.prefix = name.substr(0, prefix_bytes(name));
  outermost_.push_back(token.range);
}

void FeedXhtml::add(const XmlToken& token, const XmlNamespaces& namespaces) {
  const bool is_tag = token.part == XmlPart::StartTag || token.part == XmlPart::EndTag;
  const Kind kind = is_tag ? kind_of(token.inside.of(feed_), namespaces) : Kind::Html;
  pieces_.push_back({token, kind});
  if (depth_ == 0) see_outermost(token, kind);
  if (token.part == XmlPart::StartTag) check(token, namespaces, kind);
  if (token.part == XmlPart::StartTag && !token.empty_element) ++depth_;
  if (token.part != XmlPart::EndTag || depth_ == 0) return;
  if (--depth_ == 0 && outermost_.size() == 1) outermost_.push_back(token.range);
}

std::optional<FeedPart> FeedXhtml::take() {
  root_can_be_ = root_can_be_ && outermost_.size() == 2;
  part_.is_markup = true;
  for (const Piece& each : pieces_) write(each);
  if (!sound_) return std::nullopt;
  return std::move(part_);
}

bool FeedXhtml::is_root(const XmlToken& token) const {
  return root_can_be_ && (token.range.begin == outermost_.front().begin ||
                          token.range.begin == outermost_.back().begin);
}

void FeedXhtml::append(FeedRun::Kind kind, std::string_view html, ByteRange source) {
  if (html.empty()) return;
  part_.runs.push_back({kind, part_.html.size(), source});
  part_.html += html;
}

void FeedXhtml::write(const Piece& piece) {
  const XmlToken& token = piece.token;
  if (token.part == XmlPart::StartTag || token.part == XmlPart::EndTag) return write_tag(piece);
  if (token.part == XmlPart::CData)
    return append(FeedRun::Kind::Reference, html::escape_ascii(token.inside.of(feed_)),
                  token.range);
  append(FeedRun::Kind::Raw, token.range.of(feed_), token.range);
}

void FeedXhtml::write_tag(const Piece& piece) {
  const XmlToken& token = piece.token;
  const std::string_view name = token.inside.of(feed_);
  const bool closes = token.part == XmlPart::EndTag;
  ByteRange rest = token.range;
  if (is_root(token)) {
    if (!closes) part_.root.begin = part_.html.size();
    rest.begin = token.inside.end;
    append(FeedRun::Kind::Reference, closes ? "</body" : "<body", {token.range.begin, rest.begin});
  } else if (piece.kind != Kind::Other && prefix_bytes(name) > 0) {
    rest.begin = token.inside.begin + prefix_bytes(name);
    append(FeedRun::Kind::Reference, closes ? "</" : "<", {token.range.begin, rest.begin});
  }
  append(FeedRun::Kind::Raw, rest.of(feed_), rest);
  if (is_root(token) && closes) part_.root.end = part_.html.size();
  if (token.empty_element && piece.kind != Kind::Drawing && !is_void(local_name(name)))
    append(FeedRun::Kind::Reference,
           "</" + std::string(piece.kind == Kind::Html ? local_name(name) : name) + ">",
           {token.range.end, token.range.end});
}

}  // namespace candor::disclosure
