#pragma once
// Small pages with paid links, as a site generator writes them.
#include <string>
#include <string_view>

namespace candor {

inline constexpr std::string_view kAwinUrl =
    "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2";

/// A page with one link for each pair of text and (unescaped) URL.
inline std::string page_with(
    std::initializer_list<std::pair<std::string_view, std::string_view>> links,
    std::string_view head = "<title>Kettles</title>") {
  std::string page = "<!doctype html><html lang=\"en\"><head>" + std::string(head) +
                     "</head><body><main><h1>Kettles</h1><p>Tried at home.</p>";
  for (const auto& [text, url] : links) {
    page += "<p><a href=\"";
    for (const char c : url) page += c == '&' ? std::string("&amp;") : std::string(1, c);
    page.append("\">").append(text).append("</a></p>");
  }
  return page + "</main></body></html>\n";
}

}  // namespace candor
