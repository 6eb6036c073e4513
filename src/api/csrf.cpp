#include "api/csrf.h"

#include <sodium.h>

#include "api/problem.h"
#include "api/router.h"
#include "api/secrets.h"

namespace candor::api {
namespace {

/// "https://admin.example:8443" names the host that the request was sent to, or the dashboard's own
/// address, for proxies that send another Host.
bool is_own_origin(const Call& call, std::string_view origin) {
  if (!call.site.admin_url.empty() && call.site.admin_url == origin) return true;
  const auto host = call.request.find_header("Host");
  const auto scheme_end = origin.find("://");
  return host && scheme_end != std::string_view::npos && origin.substr(scheme_end + 3) == *host;
}

void refuse_foreign_origin(const Call& call) {
  if (const auto from = call.request.find_header("Sec-Fetch-Site")) {
    if (*from == "same-origin" || *from == "none") return;
  } else {
    const auto origin = call.request.find_header("Origin");
    if (!origin || is_own_origin(call, *origin)) return;
  }
  throw Problem(403, "The request comes from another site.");
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::string csrf_token(std::string_view session_token) {
  if (session_token.empty()) return {};
  return hash_of_secret("candor csrf " + std::string(session_token)).substr(0, 32);
}

void refuse_foreign_pages(const Call& call) {
  if (call.caller.local || call.request.method == "GET" || call.request.method == "HEAD") return;
  refuse_foreign_origin(call);
  const auto told = call.request.find_header("X-Candor");
  if (!told) throw Problem(403, "The header X-Candor is missing.");
  if (call.who.kind == Identity::Kind::Person &&
      !same(*told, csrf_token(call.caller.session_token)))
    throw Problem(403, "The header X-Candor is not this session's. Load the page again.");
}

}  // namespace candor::api
