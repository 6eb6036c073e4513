#pragma once
// What a request for a link says of the reader's way: the slug asked for, the article they come
// from, and whether a person asked at all.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/strong_id.h"
#include "http/message.h"
#include "link/link_table.h"

namespace candor::redirect {

/// Longer user agents and referrers are cut in clicks.
inline constexpr std::size_t kUserAgentBytes = 512;
inline constexpr std::size_t kReferrerBytes = 1024;

/// The slug behind the prefix, percent-decoded once; nothing when the path is not below the prefix.
std::optional<std::string> read_slug(std::string_view path, std::string_view prefix);

/// The header and value by which a browser says that it only fetches ahead
/// ("Sec-Purpose: prefetch;prerender"), nothing when a reader asked.
std::optional<std::string> find_prefetch(const http::Request& request);

struct Source {
  ArticleId article;
  std::uint16_t placement = 0;
  std::string referrer;  ///< host and path, no query
};

/// The article is the one stamped into the link (`?a=path`) when the table knows it, else the one
/// the Referer names when its host is one of `site_hosts`, else none: nobody can make one up.
Source read_source(const http::Request& request, const LinkTable& table,
                   const std::vector<std::string>& site_hosts);

}  // namespace candor::redirect
