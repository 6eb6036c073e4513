#include "proxy/forwarding.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/ascii.h"
#include "proxy/codings.h"
#include "redirect/forwarded_list.h"

namespace candor::proxy {
namespace {

using ascii::equals_ignoring_case;

constexpr std::array<std::string_view, 10> kOfConnection{"connection",
                                                         "keep-alive",
                                                         "proxy-connection",
                                                         "te",
                                                         "trailer",
                                                         "upgrade",
                                                         "transfer-encoding",
                                                         "content-length",
                                                         "proxy-authorization",
                                                         "proxy-authenticate"};

template <class Take>
void each_entry(std::string_view list, Take take) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    take(ascii::trim(list.substr(0, comma)));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
}

bool names(std::string_view list, std::string_view wanted) {
  bool found = false;
  each_entry(list,
             [&](std::string_view entry) { found = found || equals_ignoring_case(entry, wanted); });
  return found;
}

/// What we say ourselves, whatever the reader said.
bool is_replaced(std::string_view name) {
  constexpr std::array<std::string_view, 10> kReplaced{
      "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "accept-encoding",
      "if-none-match",   "if-modified-since", "expect",           "x-real-ip",
      "x-candor-pages",  "forwarded"};
  return std::ranges::any_of(kReplaced,
                             [name](auto each) { return equals_ignoring_case(name, each); });
}

std::string_view known_scheme(std::string_view text) {
  for (const std::string_view scheme : {"https", "http"})
    if (equals_ignoring_case(text, scheme)) return scheme;
  return {};
}

/// What the trusted proxy itself put into X-Forwarded-Proto: the last entry of the last one.
std::string_view proto_of(const http::Request& request) {
  std::string_view last;
  for (const auto& [name, value] : request.headers)
    if (equals_ignoring_case(name, "x-forwarded-proto")) last = value;
  return known_scheme(ascii::trim(last.substr(last.rfind(',') + 1)));
}

/// The same of Forwarded (RFC 7239 5.4).
std::string_view forwarded_proto(const http::Request& request) {
  std::string_view last;
  for (const auto& [name, value] : request.headers)
    if (equals_ignoring_case(name, "forwarded")) last = value;
  redirect::ForwardedList list(last);
  std::string_view entry = list.take_last().value_or("");
  while (!entry.empty()) {
    const std::size_t end = std::min(entry.find(';'), entry.size());
    const std::string_view pair = ascii::trim(entry.substr(0, end));
    entry.remove_prefix(std::min(end + 1, entry.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (!equals_ignoring_case(pair.substr(0, equals), "proto")) continue;
    std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    if (value.size() > 1 && value.starts_with('"') && value.ends_with('"'))
      value = value.substr(1, value.size() - 2);
    return known_scheme(value);
  }
  return {};
}

/// A trusted proxy's word counts for what it writes itself, at the end of a list. Host is the one
/// name of the site it always sets: web servers hand a reader's X-Forwarded-Host and Forwarded
/// through as they came, and an origin that builds links of them would mail them to others.
void add_forwarded(http::HeaderList& headers, const http::Request& request,
                   const redirect::TrustedProxies& proxies) {
  const std::string client = proxies.client_address(request);
  if (!client.empty()) {
    headers.emplace_back("X-Forwarded-For", client);
    if (request.find_header("x-real-ip")) headers.emplace_back("X-Real-IP", client);
  }
  std::string_view proto;
  if (proxies.vouches_for(request)) {
    if (proxies.header() == redirect::ForwardedHeader::Forwarded) proto = forwarded_proto(request);
    if (proto.empty()) proto = proto_of(request);
  }
  headers.emplace_back("X-Forwarded-Proto", proto.empty() ? "http" : proto);
  headers.emplace_back("X-Forwarded-Host", request.find_header("host").value_or(""));
}

}  // namespace

bool wants_page(const http::Request& request) {
  if (const auto mode = request.find_header("sec-fetch-dest"))
    return equals_ignoring_case(*mode, "document") || equals_ignoring_case(*mode, "iframe") ||
           equals_ignoring_case(*mode, "frame");
  return request.find_header("accept").value_or("").find("text/html") != std::string_view::npos;
}

bool wants_websocket(const http::Request& request) {
  return names(request.find_header("connection").value_or(""), "upgrade") &&
         names(request.find_header("upgrade").value_or(""), "websocket");
}

http::HeaderList origin_headers(const http::Request& request, const Conditions& conditions,
                                const redirect::TrustedProxies& proxies) {
  const bool safe = request.method == "GET" || request.method == "HEAD";
  http::HeaderList headers;
  headers.reserve(request.headers.size() + 6);
  for (const auto& [name, value] : request.headers) {
    // A method that changes something keeps its conditions as they are.
    const bool condition = !safe && (equals_ignoring_case(name, "if-none-match") ||
                                     equals_ignoring_case(name, "if-modified-since"));
    if (condition || !is_replaced(name)) headers.emplace_back(name, value);
  }
  remove_connection_headers(headers);
  if (safe && !conditions.if_none_match.empty())
    headers.emplace_back("If-None-Match", conditions.if_none_match);
  if (safe && !conditions.if_modified_since.empty())
    headers.emplace_back("If-Modified-Since", conditions.if_modified_since);
  if (const auto codings = request.find_header("accept-encoding"))
    headers.emplace_back("Accept-Encoding", decodable_codings(*codings));
  add_forwarded(headers, request, proxies);
  headers.emplace_back(kPassedHeader, "1");
  const std::string_view range = find_value(headers, "range");
  if (wants_page(request) || range.find(',') != std::string_view::npos) drop_range(headers);
  return headers;
}

void drop_range(http::HeaderList& headers) {
  remove_all(headers, "range");
  remove_all(headers, "if-range");
}

void remove_connection_headers(http::HeaderList& headers) {
  std::vector<std::string> named;
  for (const auto& [name, value] : headers)
    if (equals_ignoring_case(name, "connection"))
      each_entry(value,
                 [&named](std::string_view entry) { named.push_back(ascii::to_lower(entry)); });
  std::erase_if(headers, [&named](const auto& header) {
    const std::string name = ascii::to_lower(header.first);
    // Nobody can talk us out of what holds a message together.
    if (name == "host") return false;
    return std::ranges::find(kOfConnection, name) != kOfConnection.end() ||
           std::ranges::find(named, name) != named.end();
  });
}

std::string_view find_value(const http::HeaderList& headers, std::string_view name) {
  for (const auto& [each, value] : headers)
    if (equals_ignoring_case(each, name)) return value;
  return {};
}

void remove_all(http::HeaderList& headers, std::string_view name) {
  std::erase_if(headers,
                [name](const auto& header) { return equals_ignoring_case(header.first, name); });
}

std::string media_type(const http::HeaderList& headers) {
  std::string first;
  for (const auto& [name, value] : headers) {
    if (!ascii::equals_ignoring_case(name, "content-type")) continue;
    const std::string_view text = value;
    std::string type = ascii::to_lower(ascii::trim(text.substr(0, text.find(';'))));
    if (type == "text/html" || type == "application/xhtml+xml") return type;
    if (first.empty()) first = std::move(type);
  }
  return first;
}

}  // namespace candor::proxy
