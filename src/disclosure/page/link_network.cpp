#include "disclosure/page/link_network.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "networks/link_pattern.h"

namespace candor::disclosure {
namespace {

const networks::LinkPatterns& patterns() {
  static const networks::LinkPatterns instance;
  return instance;
}

bool host_fits(std::string_view pattern, std::string_view host) {
  if (!pattern.starts_with("*.")) return pattern == host || host == "www." + std::string(pattern);
  pattern.remove_prefix(1);
  return host.size() > pattern.size() && host.ends_with(pattern);
}

bool has_parameter(const Url& url, std::string_view name) {
  const auto parameters = parse_query(url.query);
  return std::ranges::any_of(parameters, [&](const QueryParameter& each) {
    return ascii::equals_ignoring_case(each.name, name) && !each.value.empty();
  });
}

std::optional<LinkNetwork> programme_of(const Url& url, const Policy& policy) {
  for (const Programme& programme : policy.programmes)
    for (const std::string& host : programme.hosts)
      if (host_fits(host, url.host) &&
          (programme.parameter.empty() || has_parameter(url, programme.parameter)))
        return LinkNetwork{programme.network, false, true, {}};
  return std::nullopt;
}

std::optional<LinkNetwork> direct_network(const Url& url, const Policy& policy) {
  // "www.amazon.com." is the same host (RFC 1034).
  if (url.host.ends_with('.')) {
    Url plain = url;
    plain.host.pop_back();
    return direct_network(plain, policy);
  }
  if (auto own = programme_of(url, policy)) return own;
  const auto match = patterns().match(url);
  if (!match) return std::nullopt;
  return LinkNetwork{std::string(match->network), false, match->sure, {}};
}

/// Whether a query or path can hold another URL at all.
bool may_wrap(std::string_view text) {
  if (text.size() < 8) return false;
  if (text.find("//") != std::string_view::npos) return true;
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    const std::string_view rest = text.substr(at + 1, 4);
    if (ascii::equals_ignoring_case(rest.substr(0, 2), "2f") ||
        ascii::equals_ignoring_case(rest, "252f"))
      return true;
  }
  return false;
}

std::optional<Url> url_in(std::string_view value) {
  constexpr int kEncodings = 3;
  std::string text(value);
  for (int i = 0; i < kEncodings; ++i) {
    const std::string lower = ascii::to_lower(std::string_view(text).substr(0, 8));
    if (lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("//")) {
      auto url = parse_url(lower.starts_with("//") ? "https:" + text : text);
      if (!url) return std::nullopt;
      return std::move(*url);
    }
    if (text.find('%') == std::string::npos) return std::nullopt;
    text = percent_decode(text);
  }
  return std::nullopt;
}

std::optional<LinkNetwork> wrapped_network(const Url& url, const Policy& policy, int depth) {
  std::optional<LinkNetwork> unsure;
  const auto look = [&](std::string_view value) -> std::optional<LinkNetwork> {
    const auto inner = url_in(value);
    if (!inner) return std::nullopt;
    auto found = direct_network(*inner, policy);
    if ((!found || !found->sure) && depth > 0)
      if (auto deeper = wrapped_network(*inner, policy, depth - 1)) found = std::move(deeper);
    if (!found) return std::nullopt;
    found->wrapped = true;
    if (found->destination.empty()) found->destination = inner->href;
    if (found->sure) return found;
    if (!unsure) unsure = std::move(found);
    return std::nullopt;
  };
  if (may_wrap(url.query)) {
    std::string_view query = url.query;
    while (const auto parameter = take_parameter(query))
      if (auto found = look(parameter->decoded_value())) return found;
  }
  // "/redirect/https://shop.example/?tag=x": what stands behind is the inner URL's query.
  if (url.path.size() > 8 && may_wrap(std::string_view(url.path).substr(1)) &&
      !url.host.ends_with("archive.org")) {
    std::size_t at = url.path.find("/http", 0);
    if (at != std::string::npos)
      if (auto found = look(url.path.substr(at + 1) + (url.has_query ? "?" + url.query : "")))
        return found;
  }
  return unsure;
}

}  // namespace

std::optional<LinkNetwork> network_of(const Url& url, const Policy& policy) {
  auto direct = direct_network(url, policy);
  if (direct && direct->sure) return direct;
  if (auto wrapped = wrapped_network(url, policy)) return wrapped;
  return direct;
}

std::optional<LinkNetwork> wrapped_network(const Url& url, const Policy& policy) {
  constexpr int kDeeper = 2;
  return wrapped_network(url, policy, kDeeper);
}

bool is_amazon_shop(std::string_view host) {
  if (host.starts_with("www.")) host.remove_prefix(4);
  if (host.starts_with("smile.")) host.remove_prefix(6);
  if (!host.starts_with("amazon.")) return false;
  const std::string_view rest = host.substr(7);
  return rest.size() <= 6 && std::ranges::count(rest, '.') <= 1;
}

bool is_short_link(const Url& url) {
  static constexpr std::array<std::string_view, 5> kHosts{"amzn.to", "amzn.eu", "amzn.asia", "a.co",
                                                          "ebay.us"};
  return std::ranges::find(kHosts, url.host) != kHosts.end();
}

std::string_view cloaking_folder(std::string_view path) {
  static constexpr std::array<std::string_view, 17> kFolders{
      "/go/",    "/recommends/", "/recommend/", "/refer/",    "/out/",   "/goto/",
      "/visit/", "/aff/",        "/affiliate/", "/link/",     "/links/", "/ref/",
      "/get/",   "/track/",      "/deal/",      "/redirect/", "/click/"};
  for (const std::string_view folder : kFolders)
    if (path.starts_with(folder) && path.size() > folder.size()) return folder;
  return {};
}

}  // namespace candor::disclosure
