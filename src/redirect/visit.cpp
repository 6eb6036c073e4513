#include "redirect/visit.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.h"
#include "http/grammar.h"
#include "link/url.h"

namespace candor::redirect {
namespace {

std::uint16_t parse_placement(std::string_view text) {
  std::uint16_t placement = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), placement);
  return error == std::errc() && end == text.data() + text.size() ? placement : 0;
}

/// Host and path of a page's URL as browsers send it.
struct Page {
  std::string_view host;
  std::string_view path;
  std::string_view both;
};

/// Which bytes a table of them names.
constexpr std::array<bool, 256> bytes_of(std::string_view listed) {
  std::array<bool, 256> table{};
  for (const char c : listed) table[static_cast<unsigned char>(c)] = true;
  return table;
}
constexpr auto kPlainHost = bytes_of("abcdefghijklmnopqrstuvwxyz0123456789-.");
constexpr auto kPlainPath =
    bytes_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-._~");

/// How many bytes of `text` the table names before the first that it does not, or that follows
/// `before` and is `behind`.
std::size_t count_plain(std::string_view text, const std::array<bool, 256>& table, char before,
                        char behind) {
  char last = 0;
  std::size_t at = 0;
  for (; at < text.size() && table[static_cast<unsigned char>(text[at])]; ++at) {
    if (text[at] == behind && last == before) break;
    last = text[at];
  }
  return at;
}

bool is_plain_host(std::string_view host) {
  // Its last label begins with a letter, so it is no IPv4 address; no label needs IDNA.
  const std::string_view last = host.substr(host.rfind('.') + 1);
  if (host.size() > 253 || last.empty() || last.front() < 'a' || last.front() > 'z') return false;
  return host.front() != '.' && host.find("--") == std::string_view::npos;
}

/// Most Referers are "https://" and a host and path that the URL parser leaves as they are; these
/// are read without it. Nothing for all others, sound or not.
std::optional<Page> find_plain_page(std::string_view referer) {
  constexpr std::string_view kScheme = "https://";
  if (!referer.starts_with(kScheme)) return std::nullopt;
  referer.remove_prefix(kScheme.size());
  const std::size_t host_end = count_plain(referer, kPlainHost, '.', '.');
  if (host_end == referer.size() || referer[host_end] != '/') return std::nullopt;
  const std::string_view host = referer.substr(0, host_end);
  const std::string_view rest = referer.substr(host_end);
  const std::size_t path_end = count_plain(rest, kPlainPath, '/', '.');
  if (path_end != rest.size() && rest[path_end] != '?' && rest[path_end] != '#')
    return std::nullopt;
  if (!is_plain_host(host)) return std::nullopt;
  return Page{.host = host,
              .path = rest.substr(0, path_end),
              .both = referer.substr(0, host_end + path_end)};
}

bool is_site_host(std::string_view name, const std::vector<std::string>& site_hosts) {
  return std::ranges::any_of(site_hosts, [name](const std::string& host) {
    return ascii::equals_ignoring_case(host, name);
  });
}

bool is_site_host(const Url& url, const std::vector<std::string>& site_hosts) {
  return std::ranges::any_of(site_hosts, [&](const std::string& host) {
    return ascii::equals_ignoring_case(host, url.host) ||
           (!url.port.empty() && ascii::equals_ignoring_case(host, url.host + ":" + url.port));
  });
}

}  // namespace

std::optional<std::string> read_slug(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix)) return std::nullopt;
  return percent_decode(path.substr(prefix.size()));
}

std::optional<std::string> find_prefetch(const http::Request& request) {
  constexpr std::array<std::string_view, 4> kHeaders{"x-moz", "purpose", "x-purpose",
                                                     "sec-purpose"};
  for (const auto& [name, value] : request.headers) {
    // 5, 7, 9 or 11 bytes, in this order.
    const std::size_t which = (name.size() - 5) / 2;
    if (name.size() % 2 == 0 || which >= kHeaders.size() || !http::is_named(name, kHeaders[which]))
      continue;
    const std::string purpose = ascii::to_lower(value);
    if (purpose.find("prefetch") != std::string::npos ||
        purpose.find("prerender") != std::string::npos)
      return (name + ": " + value).substr(0, 100);
  }
  return std::nullopt;
}

Source read_source(const http::Request& request, const LinkTable& table,
                   const std::vector<std::string>& site_hosts) {
  Source source;
  for (std::string_view query = request.query; const auto parameter = take_parameter(query);) {
    if (!source.article && parameter->is_named("a"))
      source.article = table.find_article(parameter->decoded_value());
    if (source.placement == 0 && parameter->is_named("p"))
      source.placement = parse_placement(parameter->decoded_value());
  }
  const auto referer = request.find_header("Referer");
  if (!referer || referer->empty()) return source;
  if (const auto page = find_plain_page(*referer)) {
    source.referrer = page->both.substr(0, kReferrerBytes);
    if (!source.article && is_site_host(page->host, site_hosts))
      source.article = table.find_article(page->path);
    return source;
  }
  const auto url = parse_url(*referer);
  if (!url) return source;
  source.referrer = (url->host + url->path).substr(0, kReferrerBytes);
  if (!source.article && is_site_host(*url, site_hosts))
    source.article = table.find_article(url->path);
  return source;
}

}  // namespace candor::redirect
