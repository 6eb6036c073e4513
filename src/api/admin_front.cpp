#include "api/admin_front.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>
#include <utility>

#include "api/dashboard.h"
#include "api/secrets.h"
#include "base/ascii.h"
#include "http/streams.h"

namespace candor::api {
namespace {

constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src "
    "'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'";

void add_security_headers(http::Response& response) {
  response.headers.emplace_back("Content-Security-Policy", kContentSecurityPolicy);
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("X-Frame-Options", "DENY");
  response.headers.emplace_back("Referrer-Policy", "same-origin");
  response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
}

/// In quotes, as an ETag.
std::string hash_of_body(const http::Response& response) {
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(),
                     reinterpret_cast<const unsigned char*>(response.body.data()),
                     response.body.size(), nullptr, 0);
  std::string hex(hash.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return '"' + hex.substr(0, hash.size() * 2) + '"';
}

/// Polling views ask again and again: an unchanged answer costs a header.
void add_etag(const http::Request& request, http::Response& response) {
  if (request.method != "GET" || response.status != 200) return;
  std::string etag;
  // A route that tells versions has its own.
  for (const auto& [name, value] : response.headers)
    if (name == "ETag") etag = value;
  const bool own = !etag.empty();
  if (!own) etag = hash_of_body(response);
  const auto have = request.find_header("If-None-Match");
  if (have && have->find(etag) != std::string_view::npos) {
    response.status = 304;
    response.body.clear();
  }
  if (!own) response.headers.emplace_back("ETag", std::move(etag));
}

std::string session_cookie(const http::Request& request, std::string_view cookie) {
  const std::string name_and_sign = std::string(cookie) + "=";
  for (const auto& [name, value] : request.headers) {
    if (!ascii::equals_ignoring_case(name, "Cookie")) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      std::string_view pair = rest.substr(0, rest.find(';'));
      rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
      while (pair.starts_with(' ')) pair.remove_prefix(1);
      if (pair.starts_with(name_and_sign)) return std::string(pair.substr(name_and_sign.size()));
    }
  }
  return {};
}

bool is_api(std::string_view path) {
  return path.starts_with("/api/") || path.starts_with("/postback/") || path == "/healthz" ||
         path == "/readyz" || path == "/metrics";
}

/// As announced; nothing when it comes in chunks.
std::optional<std::uint64_t> announced_length(const http::Request& head) {
  const auto text = head.find_header("Content-Length");
  if (!text) return std::nullopt;
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), length);
  if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return length;
}

http::Response refusal(const http::Request& head) {
  http::Response response = too_large(head.path);
  response.close = true;
  add_security_headers(response);
  return response;
}

}  // namespace

bool AdminFront::takes_upload(const http::Request& head) {
  const auto length = announced_length(head);
  return !length || *length > body_limit(head.path);
}

void AdminFront::handle_upload(const http::Request& head, http::RequestBody body,
                               http::Reply reply) {
  if (announced_length(head)) {
    reply.send(refusal(head));
    return;
  }
  // In chunks: nobody knows how many there will be.
  struct Upload {
    http::Request request;
    std::optional<http::Reply> reply;
  };
  auto upload = std::make_shared<Upload>(Upload{head, std::move(reply)});
  body.receive(
      [upload](std::string_view bytes) {
        if (!upload->reply) return;
        if (upload->request.body.size() + bytes.size() > body_limit(upload->request.path)) {
          std::exchange(upload->reply, std::nullopt)->send(refusal(upload->request));
          return;
        }
        upload->request.body += bytes;
      },
      [this, upload](bool whole) {
        if (whole && upload->reply)
          handle(upload->request, *std::exchange(upload->reply, std::nullopt));
      });
}

void AdminFront::handle(const http::Request& request, http::Reply reply) {
  if (!is_api(request.path)) {
    http::Response response = dashboard_file(request);
    add_etag(request, response);
    add_security_headers(response);
    reply.send(std::move(response));
    return;
  }
  Caller caller;
  caller.local = door_ == Door::UnixSocket;
  if (!caller.local)
    caller.session_token = session_cookie(request, session_cookie_name(site_.admin_url));
  // std::function must be copyable, a Reply is not: they meet in a shared box that the loop
  // empties.
  auto box = std::make_shared<http::Reply>(std::move(reply));
  const bool taken = pool_.submit([this, box, request, caller = std::move(caller)] {
    auto response = std::make_shared<http::Response>(api::handle(site_, request, caller));
    add_etag(request, *response);
    add_security_headers(*response);
    loop_.post([box, response] { box->send(std::move(*response)); });
  });
  if (!taken) {
    http::Response busy;
    busy.status = 503;
    busy.headers = {{"Retry-After", "2"}, {"Cache-Control", "no-store"}};
    add_security_headers(busy);
    box->send(std::move(busy));
  }
}

}  // namespace candor::api
