#include "api/admin_front.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <memory>

#include "api/dashboard.h"
#include "base/ascii.h"

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
  response.headers.emplace_back("Referrer-Policy", "same-origin");
  response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
}

/// Polling views ask again and again: an unchanged answer costs a header.
void add_etag(const http::Request& request, http::Response& response) {
  if (request.method != "GET" || response.status != 200) return;
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(),
                     reinterpret_cast<const unsigned char*>(response.body.data()),
                     response.body.size(), nullptr, 0);
  std::string etag(hash.size() * 2 + 1, '\0');
  sodium_bin2hex(etag.data(), etag.size(), hash.data(), hash.size());
  etag = '"' + etag.substr(0, hash.size() * 2) + '"';
  const auto have = request.find_header("If-None-Match");
  if (have && have->find(etag) != std::string_view::npos) {
    response.status = 304;
    response.body.clear();
  }
  response.headers.emplace_back("ETag", std::move(etag));
}

std::string session_cookie(const http::Request& request) {
  constexpr std::string_view kName = "candor_session=";
  for (const auto& [name, value] : request.headers) {
    if (!ascii::equals_ignoring_case(name, "Cookie")) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      std::string_view pair = rest.substr(0, rest.find(';'));
      rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
      while (pair.starts_with(' ')) pair.remove_prefix(1);
      if (pair.starts_with(kName)) return std::string(pair.substr(kName.size()));
    }
  }
  return {};
}

bool is_api(std::string_view path) {
  return path.starts_with("/api/") || path == "/healthz" || path == "/readyz" || path == "/metrics";
}

}  // namespace

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
  if (!caller.local) caller.session_token = session_cookie(request);
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
