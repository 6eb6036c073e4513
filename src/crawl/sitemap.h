#pragma once
// Sitemaps and their indexes (https://www.sitemaps.org/protocol.html), plain or gzipped.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candor::crawl {

struct Sitemap {
  std::vector<std::string> pages;     ///< addresses as written, entities decoded
  std::vector<std::string> sitemaps;  ///< of an index
};

/// XML, or text with an address on each line. Nothing when it is neither; `most` addresses at most.
std::optional<Sitemap> parse_sitemap(std::string_view text, std::size_t most);

/// What is in a gzip file; nothing when it is damaged or would be larger than `most_bytes`.
std::optional<std::string> gunzip(std::string_view bytes, std::size_t most_bytes);

}  // namespace candor::crawl
