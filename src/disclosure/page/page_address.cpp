#include "disclosure/page/page_address.h"

#include <algorithm>

#include "base/ascii.h"

namespace candor::disclosure {
namespace {

bool has_scheme(std::string_view href) {
  if (href.empty() || !ascii::is_alpha(href.front())) return false;
  const std::size_t end = href.find_first_of(":/?#");
  return end != std::string_view::npos && href[end] == ':';
}

bool is_slash(char c) { return c == '/' || c == '\\'; }

bool begins_with_host(std::string_view href) {
  return href.size() > 2 && is_slash(href[0]) && is_slash(href[1]);
}

/// An absolute URL without the user and password in front of its host.
std::string without_user(std::string_view href) {
  const std::size_t colon = href.find(':');
  const std::size_t host = href.find_first_not_of("/\\", colon + 1);
  if (host == std::string_view::npos) return std::string(href);
  const std::size_t end = std::min(href.size(), href.find_first_of("/\\?#", host));
  const std::size_t at = href.substr(0, end).rfind('@');
  if (at == std::string_view::npos || at < host) return std::string(href);
  return std::string(href.substr(0, host)) + std::string(href.substr(at + 1));
}

std::string origin_of(const Url& url) {
  return url.scheme + "://" + url.host + (url.port.empty() ? "" : ":" + url.port);
}

std::string folder_of(std::string_view path) {
  path = path.substr(0, path.find_first_of("?#"));
  return std::string(path.substr(0, path.rfind('/') + 1));
}

/// A path that a browser leaves as it is.
bool is_plain_path(std::string_view href) {
  const std::string_view path = href.substr(0, href.find_first_of("?#"));
  return std::ranges::all_of(path,
                             [](char c) {
                               return ascii::is_alnum(c) || c == '/' || c == '-' || c == '_' ||
                                      c == '.' || c == '%' || c == '~';
                             }) &&
         path.find("/.") == std::string_view::npos;
}

LinkTarget target_of(Url url) {
  LinkTarget target;
  target.host = url.host;
  target.path = url.path;
  target.url = std::move(url);
  return target;
}

}  // namespace

PageAddress::PageAddress(std::string_view page, std::string_view base) {
  for (const std::string_view each : {page, base}) {
    if (each.empty()) continue;
    const auto target = resolve(each);
    if (!target) continue;
    if (target->url) origin_ = origin_of(*target->url);
    folder_ = folder_of(target->path);
  }
}

std::optional<LinkTarget> PageAddress::resolve(std::string_view written) const {
  std::string href = as_browsers_read(written);
  if (begins_with_host(href)) href = "https:" + href;
  if (has_scheme(href)) {
    auto url = parse_url(without_user(href));
    if (!url) return std::nullopt;
    return target_of(std::move(*url));
  }
  if (href.empty() || href.front() == '#' || href.front() == '?') return std::nullopt;
  if (!is_slash(href.front())) {
    if (folder_.empty()) return std::nullopt;
    href.insert(0, folder_);
  }
  if (origin_.empty() && is_plain_path(href)) {
    LinkTarget target;
    target.path = href.substr(0, href.find_first_of("?#"));
    return target;
  }
  constexpr std::string_view kAnyHost = "https://page.invalid";
  auto url = parse_url((origin_.empty() ? std::string(kAnyHost) : origin_) + href);
  if (!url) return std::nullopt;
  if (!origin_.empty()) return target_of(std::move(*url));
  LinkTarget target;
  target.path = url->path;
  return target;
}

std::string as_browsers_read(std::string_view href) {
  while (!href.empty() && static_cast<unsigned char>(href.front()) <= ' ') href.remove_prefix(1);
  while (!href.empty() && static_cast<unsigned char>(href.back()) <= ' ') href.remove_suffix(1);
  if (href.find_first_of("\t\n\r") == std::string_view::npos) return std::string(href);
  std::string clean;
  clean.reserve(href.size());
  for (const char c : href)
    if (c != '\t' && c != '\n' && c != '\r') clean.push_back(c);
  return clean;
}

}  // namespace candor::disclosure
