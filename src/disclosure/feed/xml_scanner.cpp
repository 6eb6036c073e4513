#include "disclosure/feed/xml_scanner.h"

#include <array>
#include <charconv>
#include <utility>

#include "base/ascii.h"
#include "html/utf8.h"

namespace candor::disclosure {
namespace {

bool is_name_char(char c) {
  return ascii::is_alnum(c) || c == ':' || c == '_' || c == '-' || c == '.' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string decoded(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto reference = text.front() == '&' ? read_xml_reference(text) : std::nullopt;
    out += reference ? reference->text : std::string(text.substr(0, 1));
    text.remove_prefix(reference ? reference->length : 1);
  }
  return out;
}

}  // namespace

std::optional<XmlToken> XmlScanner::next() {
  if (malformed_ || at_ == bytes_.size()) return std::nullopt;
  if (bytes_[at_] == '<') return scan_markup();
  const std::size_t end = std::min(bytes_.size(), bytes_.find('<', at_));
  const ByteRange range{std::exchange(at_, end), end};
  return XmlToken{XmlPart::Text, range, range, false};
}

std::optional<XmlToken> XmlScanner::scan_markup() {
  const std::string_view rest = bytes_.substr(at_);
  if (rest.starts_with("<![CDATA[")) return scan_until("]]>", XmlPart::CData, 9);
  if (rest.starts_with("<!--")) return scan_until("-->", XmlPart::Other, 4);
  if (rest.starts_with("<?")) return scan_until("?>", XmlPart::Other, 2);
  if (rest.starts_with("<!")) return scan_declaration();
  return scan_tag();
}

std::optional<XmlToken> XmlScanner::scan_until(std::string_view end, XmlPart part,
                                               std::size_t opening) {
  const std::size_t inside = at_ + opening;
  const std::size_t close = bytes_.find(end, inside);
  if (close == std::string_view::npos) return fail();
  const ByteRange range{at_, close + end.size()};
  at_ = range.end;
  return XmlToken{part, range, part == XmlPart::CData ? ByteRange{inside, close} : range, false};
}

/// A document type; one that declares entities gives texts a meaning this scanner cannot know.
std::optional<XmlToken> XmlScanner::scan_declaration() {
  const std::size_t end = bytes_.find_first_of("[>", at_);
  if (end == std::string_view::npos || bytes_[end] == '[') return fail();
  const ByteRange range{at_, end + 1};
  at_ = range.end;
  return XmlToken{XmlPart::Other, range, range, false};
}

std::optional<XmlToken> XmlScanner::scan_tag() {
  const bool closes = bytes_.substr(at_).starts_with("</");
  const std::size_t name = at_ + (closes ? 2 : 1);
  std::size_t end = name;
  while (end < bytes_.size() && is_name_char(bytes_[end])) ++end;
  const ByteRange inside{name, end};
  char quote = 0;
  for (; end < bytes_.size(); ++end) {
    const char c = bytes_[end];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>' || c == '<') {
      break;
    }
  }
  if (inside.empty() || end == bytes_.size() || bytes_[end] != '>') return fail();
  const bool empty = !closes && bytes_[end - 1] == '/';
  const ByteRange range{std::exchange(at_, end + 1), end + 1};
  return XmlToken{closes ? XmlPart::EndTag : XmlPart::StartTag, range, inside, empty};
}

std::optional<XmlToken> XmlScanner::fail() {
  malformed_ = true;
  return std::nullopt;
}

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view prefix_of(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? "" : name.substr(0, colon);
}

std::vector<std::pair<std::string, std::string>> xml_attributes(std::string_view tag) {
  std::vector<std::pair<std::string, std::string>> found;
  std::size_t at = tag.find_first_of(" \t\r\n");
  while (at < tag.size()) {
    at = tag.find_first_not_of(" \t\r\n", at);
    if (at == std::string_view::npos) break;
    std::size_t end = at;
    while (end < tag.size() && is_name_char(tag[end])) ++end;
    if (end == at) break;
    const std::size_t open = tag.find_first_of("\"'", end);
    if (open == std::string_view::npos) break;
    const std::size_t close = tag.find(tag[open], open + 1);
    if (close == std::string_view::npos) break;
    found.emplace_back(tag.substr(at, end - at), decoded(tag.substr(open + 1, close - open - 1)));
    at = close + 1;
  }
  return found;
}

std::optional<std::string> xml_attribute(std::string_view tag, std::string_view name) {
  if (tag.find(name) == std::string_view::npos) return std::nullopt;
  for (auto& [found, value] : xml_attributes(tag))
    if (found == name) return std::move(value);
  return std::nullopt;
}

std::optional<XmlReference> read_xml_reference(std::string_view text) {
  constexpr std::size_t kLongest = 12;
  const std::size_t end = text.substr(0, kLongest).find(';');
  if (end == std::string_view::npos || end < 2) return std::nullopt;
  std::string_view name = text.substr(1, end - 1);
  static constexpr std::array<std::pair<std::string_view, char>, 5> kNames{
      {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}}};
  for (const auto& [known, c] : kNames)
    if (name == known) return XmlReference{std::string(1, c), end + 1};
  if (name.front() != '#') return std::nullopt;
  name.remove_prefix(1);
  const bool hex = name.starts_with('x');
  if (hex) name.remove_prefix(1);
  std::uint32_t code = 0;
  const auto [stop, error] =
      std::from_chars(name.data(), name.data() + name.size(), code, hex ? 16 : 10);
  const bool whole = error == std::errc() && stop == name.data() + name.size() && !name.empty();
  if (!whole || code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
    return std::nullopt;
  XmlReference made{"", end + 1};
  html::utf8::append(made.text, code);
  return made;
}

}  // namespace candor::disclosure
