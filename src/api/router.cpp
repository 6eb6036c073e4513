#include "api/router.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "api/change_log.h"
#include "api/contract.h"
#include "api/csrf.h"
#include "api/idempotency.h"
#include "api/paging.h"
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
    case 412:
      return "Changed meanwhile";
    case 428:
      return "Say which version";
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

http::Response problem_response(int status, std::string_view detail, std::string_view field = {},
                                std::string_view kind = {}, std::string_view next = {}) {
  json body{
      {"type", "about:blank"}, {"title", title_of(status)}, {"status", status}, {"detail", detail}};
  if (!field.empty()) body["field"] = field;
  if (!kind.empty()) body["kind"] = kind;
  if (!next.empty()) body["next"] = next;
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

[[noreturn]] void refuse_role(const Route& route, const Identity& who) {
  const auto least = least_role(route.access);
  if (!least) throw Problem(403, "This is for those who have a link or token of its own.");
  throw Problem(403, "You are signed in as " + std::string(name_of(who.role)) + "; this takes " +
                         std::string(name_of(*least)) + ".");
}

/// The one place that decides who may ask a route.
void check_access(const Route& route, Call& call) {
  // No browser sends a token unless a script that knows it does.
  if (route.access != Access::Public && carries_token(call)) {
    call.who = identify_token(call);
    if (!opens(call.who.scopes, route.access))
      throw Problem(403, "\"" + call.who.name + "\" is good for " +
                             (call.who.share ? "its report" : format_scopes(call.who.scopes)) +
                             " only.");
    return;
  }
  if (route.access == Access::Public) return refuse_foreign_pages(call);
  if (route.access == Access::Postback) {
    call.who = identify_postback(call);
    if (opens(call.who.scopes, route.access)) return;
    if (call.who.kind != Identity::Kind::Nobody)
      throw Problem(403, "\"" + call.who.name + "\" is no token for postbacks.");
  }
  call.who = identify(call);
  if (call.who.kind == Identity::Kind::Nobody) {
    if (route.access == Access::Neighbour && is_neighbour(call.request)) return;
    throw Problem(401, route.access == Access::Postback
                           ? "The postback has no token. Make its address: candor revenue postback"
                           : "Sign in to the dashboard first.");
  }
  refuse_foreign_pages(call);
  if (!opens(call.who.role, route.access)) refuse_role(route, call.who);
}

/// Requests in a minute. An address is many people where a proxy does not tell them apart.
constexpr int kMostOfAddress = 3000;
constexpr int kMostOfProgram = 3000;
constexpr int kMostOfPerson = 600;
constexpr int kMostOfGuest = 120;

/// Counts requests to the API from the network; the tightest of the limits is told.
class Meter {
 public:
  explicit Meter(const Call& call)
      : call_(call),
        counts_(!call.caller.local && (call.request.path.starts_with("/api/") ||
                                       call.request.path.starts_with("/postback/"))) {}

  /// Problem 429 when there were too many of its address.
  void count_address() {
    if (counts_) take("address " + address_of(call_.request), kMostOfAddress);
  }
  /// Problem 429 when there were too many of the one who asks.
  void count_identity() {
    const Identity& who = call_.who;
    if (!counts_ || who.kind == Identity::Kind::Nobody) return;
    const int most = who.kind == Identity::Kind::Program ? kMostOfProgram
                     : who.kind == Identity::Kind::Guest ? kMostOfGuest
                                                         : kMostOfPerson;
    take(log_name(who), most);
  }
  void tell(http::Response& response) const {
    if (!left_) return;
    response.headers.emplace_back("RateLimit-Limit", std::to_string(left_->limit));
    response.headers.emplace_back("RateLimit-Remaining", std::to_string(left_->remaining));
    response.headers.emplace_back("RateLimit-Reset", std::to_string(left_->reset_s));
  }

 private:
  void take(const std::string& key, int most) {
    const auto left = call_.site.gate.rates.take(key, most, to_ms(call_.site.clock.now()));
    if (!left_ || left.remaining < left_->remaining) left_ = left;
    if (left.admitted) return;
    Problem problem(429, "More than " + std::to_string(most) + " requests in a minute. Wait " +
                             std::to_string(left.reset_s) + " seconds.");
    problem.retry_after_s = left.reset_s;
    throw problem;
  }

  const Call& call_;
  bool counts_;
  std::optional<RateLimits::Left> left_;
};

/// Lists go out as CSV where that is asked for.
http::Response answer_in_format(const Route& route, Call& call) {
  if (call.contract == nullptr || !call.contract->speaks_csv()) return answer_once(route, call);
  choose_format(call);
  const bool csv = call.contract->csv && asks_csv(call);
  http::Response response = answer_once(route, call);
  if (csv && response.status == 200) response = csv_response(call, response);
  response.headers.emplace_back("Vary", "Accept");
  return response;
}

http::Response answer(const Route& route, Call& call, Meter& meter) {
  try {
    meter.count_address();
    check_access(route, call);
    meter.count_identity();
    http::Response response = answer_in_format(route, call);
    if (response.status < 400 && !call.note.unchanged) log_change(route, call);
    return response;
  } catch (const Problem& problem) {
    http::Response response =
        problem_response(problem.status, problem.what(), problem.field, problem.kind, problem.next);
    if (problem.retry_after_s > 0)
      response.headers.emplace_back("Retry-After", std::to_string(problem.retry_after_s));
    return response;
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
  if (path == "/api/v1/revenue/imports" || path == "/api/v1/revenue/mappings/guess")
    return std::size_t{64} << 20;                            // report files
  if (path == "/api/v1/rates") return std::size_t{8} << 20;  // every day since 1999: 1.6 MB
  if (path.starts_with("/postback/")) return std::size_t{64} << 10;
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
    call.contract = find_contract(route);
    Meter meter(call);
    http::Response response = answer(route, call, meter);
    meter.tell(response);
    return response;
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
