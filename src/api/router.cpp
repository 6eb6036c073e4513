#include "api/router.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "api/problem.h"
#include "api/routes.h"
#include "link/url.h"
#include "store/errors.h"

namespace candor::api {
namespace {

using nlohmann::json;

std::string_view title_of(int status) {
  switch (status) {
    case 400:
      return "Bad request";
    case 401:
      return "Sign in first";
    case 403:
      return "Not allowed";
    case 404:
      return "Not found";
    case 405:
      return "Method not allowed";
    case 409:
      return "Conflict";
    case 413:
      return "Too large";
    case 415:
      return "Wrong media type";
    case 422:
      return "Cannot be used";
    case 429:
      return "Too many tries";
    case 503:
      return "Not available";
    default:
      return "Failed";
  }
}

http::Response problem_response(int status, std::string_view detail, std::string_view field = {}) {
  json body{
      {"type", "about:blank"}, {"title", title_of(status)}, {"status", status}, {"detail", detail}};
  if (!field.empty()) body["field"] = field;
  http::Response response = json_response(body, status);
  response.headers = {{"Content-Type", "application/problem+json"}, {"Cache-Control", "no-store"}};
  return response;
}

/// Matches "/a/{b}" against "/a/x", collecting decoded segments.
bool match_path(std::string_view pattern, std::string_view path,
                std::map<std::string, std::string, std::less<>>& captured) {
  while (!pattern.empty() && !path.empty()) {
    pattern.remove_prefix(1);
    path.remove_prefix(1);
    const auto want = pattern.substr(0, pattern.find('/'));
    const auto have = path.substr(0, path.find('/'));
    if (want.starts_with('{')) {
      if (have.empty()) return false;
      captured[std::string(want.substr(1, want.size() - 2))] = percent_decode(have);
    } else if (want != have) {
      return false;
    }
    pattern.remove_prefix(want.size());
    path.remove_prefix(have.size());
  }
  return pattern.empty() && path.empty();
}

/// A page of another site must not act in the owner's name: browsers say where a request comes
/// from, and only our own scripts can add the header.
void refuse_foreign_pages(const Call& call) {
  if (call.caller.local || call.request.method == "GET" || call.request.method == "HEAD") return;
  const auto from = call.request.find_header("Sec-Fetch-Site");
  if (from && *from != "same-origin" && *from != "none")
    throw Problem(403, "The request comes from another site.");
  if (!call.request.find_header("X-Candor")) throw Problem(403, "The header X-Candor is missing.");
}

/// From a program on this machine that asks for this machine, and not through a proxy on it that
/// speaks for others. A browser that a foreign name led here says that name.
bool is_neighbour(const http::Request& request) {
  if (request.peer != "::1" && !request.peer.starts_with("127.")) return false;
  for (const char* header : {"X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host",
                             "Forwarded", "X-Real-IP", "CF-Connecting-IP", "Via"})
    if (request.find_header(header)) return false;
  const std::string_view host = request.find_header("Host").value_or("localhost");
  for (const std::string_view own : {"localhost", "127.0.0.1", "[::1]"})
    if (host == own || (host.starts_with(own) && host[own.size()] == ':')) return true;
  return false;
}

/// The one place that decides who may ask a route.
void check_access(const Route& route, Call& call) {
  // No browser sends a token unless a script that knows it does.
  if (route.access != Access::Public && carries_token(call)) return check_token(route, call);
  const bool open = route.access == Access::Public ||
                    (route.access == Access::Neighbour && is_neighbour(call.request));
  if (!open && !is_owner(call)) throw Problem(401, "Sign in to the dashboard first.");
  refuse_foreign_pages(call);
}

http::Response answer(const Route& route, Call& call) {
  try {
    check_access(route, call);
    return route.answer(call);
  } catch (const Problem& problem) {
    return problem_response(problem.status, problem.what(), problem.field);
  } catch (const store::Stopped&) {
    return problem_response(503, "Candor is stopping. Do it again once it runs.");
  } catch (const std::exception& error) {
    return problem_response(500, error.what());
  }
}

}  // namespace

std::size_t body_limit(std::string_view path) {
  // A page, or JSON with a page and style sheets of its site in it; page_routes says which page is
  // too large.
  if (path == "/api/v1/inject" || path == "/api/v1/audit") return std::size_t{16} << 20;
  if (path == "/api/v1/revenue/imports") return std::size_t{64} << 20;  // report files
  if (path == "/api/v1/rates") return std::size_t{8} << 20;  // every day since 1999: 1.6 MB
  if (path == "/api/v1/session" || path.starts_with("/api/v1/account/"))
    return std::size_t{16} << 10;
  return std::size_t{1} << 20;
}

http::Response too_large(std::string_view path) {
  return problem_response(
      413, "A body sent here is at most " + std::to_string(body_limit(path)) + " bytes.");
}

std::string Call::query_value(std::string_view name) const {
  const auto found = query.find(name);
  return found == query.end() ? std::string{} : found->second;
}

std::int64_t Call::query_number(std::string_view name, std::int64_t otherwise,
                                std::int64_t most) const {
  const std::string text = query_value(name);
  if (text.empty()) return otherwise;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 1 || value > most)
    throw Problem(422,
                  std::string(name) + " must be a number from 1 to " + std::to_string(most) + ".",
                  std::string(name));
  return value;
}

http::Response json_response(const json& body, int status) {
  http::Response response;
  response.status = status;
  response.headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-cache"}};
  response.body = body.dump(-1, ' ', false, json::error_handler_t::replace);
  return response;
}

DayRange day_range(const Call& call) {
  const rollup::DayNumber today = call.site.zone.day_of(to_ms(call.site.clock.now()));
  const auto read = [&](std::string_view name, rollup::DayNumber otherwise) {
    const std::string text = call.query_value(name);
    if (text.empty()) return otherwise;
    const auto day = rollup::parse_day(text);
    if (!day) throw Problem(422, std::string(name) + ": " + day.error(), std::string(name));
    return *day;
  };
  DayRange range{0, read("to", today)};
  range.from = read("from", range.to - 27);
  if (range.from > range.to) throw Problem(422, "from lies after to.", "from");
  if (range.to - range.from > 4000) throw Problem(422, "A range is at most 4,000 days.", "from");
  return range;
}

http::Response handle(Site& site, const http::Request& request, const Caller& caller) {
  std::string allowed;
  const std::string_view method =
      request.method == "HEAD" ? "GET" : std::string_view(request.method);
  for (const Route& route : routes()) {
    Call call{site, request, caller, {}, {}};
    if (!match_path(route.pattern, request.path, call.path)) continue;
    if (route.method != method) {
      allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
      continue;
    }
    for (const auto& [name, value] : parse_query(request.query)) call.query.emplace(name, value);
    return answer(route, call);
  }
  if (allowed.empty()) return problem_response(404, "There is nothing at " + request.path + ".");
  if (method == "OPTIONS") {
    http::Response told;
    told.status = 204;
    told.headers = {{"Allow", allowed + ", OPTIONS"}, {"Cache-Control", "no-store"}};
    return told;
  }
  http::Response response = problem_response(405, request.path + " takes " + allowed + ".");
  response.headers.emplace_back("Allow", allowed);
  return response;
}

}  // namespace candor::api
