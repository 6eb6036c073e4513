#include "crawl/sitemap.h"

#include <zlib.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace candor::crawl {
namespace {

/// The five entities of XML, and numbers below 128: addresses are ASCII.
std::string decode_entities(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, char>, 7> kEntities{{{"&amp;", '&'},
                                                                        {"&lt;", '<'},
                                                                        {"&gt;", '>'},
                                                                        {"&quot;", '"'},
                                                                        {"&apos;", '\''},
                                                                        {"&#38;", '&'},
                                                                        {"&#39;", '\''}}};
  std::string out;
  while (!text.empty()) {
    const auto known = std::ranges::find_if(
        kEntities, [&](const auto& entity) { return text.starts_with(entity.first); });
    if (known == kEntities.end()) {
      out += text.front();
      text.remove_prefix(1);
    } else {
      out += known->second;
      text.remove_prefix(known->first.size());
    }
  }
  return out;
}

/// The element's name behind '<' or '</', without its prefix.
std::string_view name_at(std::string_view xml, std::size_t at) {
  const std::size_t end = std::min(xml.find_first_of(" \t\r\n/>", at), xml.size());
  std::string_view name = xml.substr(at, end - at);
  if (const std::size_t colon = name.find(':'); colon != std::string_view::npos)
    name.remove_prefix(colon + 1);
  return name;
}

Sitemap parse_xml(std::string_view xml, std::size_t most) {
  Sitemap out;
  bool in_index_entry = false;
  bool is_own = true;  // loc of an image or a video is none of a page
  for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at)) {
    ++at;
    if (xml.substr(at).starts_with("!--")) {
      at = std::min(xml.find("-->", at), xml.size());
      continue;
    }
    const std::string_view name = name_at(xml, at);
    is_own = xml.substr(at, 4) != "imag" && xml.substr(at, 4) != "vide";
    if (name == "sitemap") in_index_entry = true;
    if (name == "url") in_index_entry = false;
    if (name != "loc" || !is_own) continue;
    const std::size_t begin = xml.find('>', at);
    if (begin == std::string_view::npos) break;
    std::size_t end = std::min(xml.find('<', begin), xml.size());
    std::string_view text = ascii::trim(xml.substr(begin + 1, end - begin - 1));
    constexpr std::string_view kCdata = "<![CDATA[";
    if (xml.substr(end).starts_with(kCdata)) {
      const std::size_t close = std::min(xml.find("]]>", end), xml.size());
      text = ascii::trim(xml.substr(end + kCdata.size(), close - end - kCdata.size()));
      end = close;
    }
    if (!text.empty()) (in_index_entry ? out.sitemaps : out.pages).push_back(decode_entities(text));
    if (out.pages.size() + out.sitemaps.size() >= most) break;
    at = end;
  }
  return out;
}

}  // namespace

std::optional<Sitemap> parse_sitemap(std::string_view text, std::size_t most) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text = ascii::trim(text);
  if (text.starts_with('<')) {
    if (text.find("<urlset") == std::string_view::npos &&
        text.find("<sitemapindex") == std::string_view::npos &&
        text.find(":urlset") == std::string_view::npos)
      return std::nullopt;
    return parse_xml(text, most);
  }
  Sitemap out;
  while (!text.empty() && out.pages.size() < most) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    const std::string_view line = ascii::trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    if (!line.starts_with("http://") && !line.starts_with("https://")) return std::nullopt;
    out.pages.emplace_back(line);
  }
  if (out.pages.empty()) return std::nullopt;
  return out;
}

std::optional<std::string> gunzip(std::string_view bytes, std::size_t most_bytes) {
  z_stream stream{};
  constexpr int kGzip = 16 + MAX_WBITS;
  if (inflateInit2(&stream, kGzip) != Z_OK) return std::nullopt;
  std::string in(bytes);  // zlib takes no const bytes
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  std::string out;
  std::array<char, 64 * 1024> piece{};
  int code = Z_OK;
  while (code == Z_OK && out.size() <= most_bytes) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    code = inflate(&stream, Z_NO_FLUSH);
    out.append(piece.data(), piece.size() - stream.avail_out);
    if (stream.avail_in == 0 && stream.avail_out != 0 && code == Z_OK) break;  // cut off
  }
  inflateEnd(&stream);
  if (code != Z_STREAM_END || out.size() > most_bytes) return std::nullopt;
  return out;
}

}  // namespace candor::crawl
