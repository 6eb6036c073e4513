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

std::string_view first_entry(std::string_view list) {
  return ascii::trim(list.substr(0, std::min(list.find(','), list.size())));
}

/// What the last entry of Forwarded (RFC 7239) says of the scheme.
std::string_view forwarded_proto(const http::Request& request) {
  redirect::ForwardedList list(request.find_header("forwarded").value_or(""));
  const std::string_view entry = list.take_last().value_or("");
  for (const std::string_view scheme : {"https", "http"})
    if (ascii::to_lower(entry).contains("proto=" + std::string(scheme)) ||
        ascii::to_lower(entry).contains("proto=\"" + std::string(scheme) + '"'))
      return scheme;
  return {};
}

void add_forwarded(http::HeaderList& headers, const http::Request& request,
                   const redirect::TrustedProxies& proxies) {
  const bool believed = proxies.vouches_for(request);
  const std::string client = proxies.client_address(request);
  if (!client.empty()) {
    headers.emplace_back("X-Forwarded-For", client);
    if (request.find_header("x-real-ip")) headers.emplace_back("X-Real-IP", client);
  }
  const auto told = [&](std::string_view name) {
    return believed ? first_entry(request.find_header(name).value_or("")) : std::string_view{};
  };
  std::string_view proto = told("x-forwarded-proto");
  if (proto.empty() && believed) proto = forwarded_proto(request);
  headers.emplace_back("X-Forwarded-Proto", proto.empty() ? "http" : proto);
  const std::string_view host = told("x-forwarded-host");
  headers.emplace_back("X-Forwarded-Host",
                       host.empty() ? request.find_header("host").value_or("") : host);
  if (const auto entry = request.find_header("forwarded"); believed && entry)
    headers.emplace_back("Forwarded", *entry);
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
  const std::string_view type = find_value(headers, "content-type");
  return ascii::to_lower(ascii::trim(type.substr(0, std::min(type.find(';'), type.size()))));
}

}  // namespace candor::proxy
