#pragma once
// The API's table of routes: which function answers a method and path, and who may ask.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>

#include "api/access.h"
#include "api/identity.h"
#include "api/site.h"
#include "http/message.h"
#include "rollup/site_zone.h"

namespace candor::api {

/// Who asks. The Unix socket is only open to the data directory's owner, so what comes through it
/// is the owner's.
struct Caller {
  bool local = false;
  std::string session_token;  ///< from the cookie; empty: none
};

struct Contract;

/// What the log of changes shall say, where a route knows more than its path does.
struct Note {
  std::string subject{};
  std::string changes{};   ///< JSON {"member": {"from", "to"}}
  bool unchanged = false;  ///< nothing was changed: answered as before, or only looked at
};

/// One request on its way through a route.
struct Call {
  Site& site;
  const http::Request& request;
  const Caller& caller;
  std::map<std::string, std::string, std::less<>> path;   ///< "{slug}" -> decoded value
  std::map<std::string, std::string, std::less<>> query;  ///< first value of each parameter
  Identity who{};  ///< settled before a route that is not public is asked
  Note note{};
  const Contract* contract = nullptr;  ///< of the route; null: no file of contract/ speaks of it

  std::string query_value(std::string_view name) const;  ///< empty when absent
  /// Positive number up to `most`, or Problem 422 naming the parameter.
  std::int64_t query_number(std::string_view name, std::int64_t otherwise, std::int64_t most) const;
};

struct Route {
  std::string_view method;
  std::string_view pattern;  ///< "/api/v1/links/{slug}"
  Access access;
  http::Response (*answer)(Call&);
  std::string_view summary;
};

/// How large a request's body may be at a path; beyond: 413.
std::size_t body_limit(std::string_view path);

/// The answer to a request whose body is larger.
http::Response too_large(std::string_view path);

/// Every route of the API, sorted by pattern.
std::span<const Route> routes();

/// Answers any request: 404, 405, 401, 403 and problems included. Safe to call from several threads
/// at once.
http::Response handle(Site& site, const http::Request& request, const Caller& caller);

http::Response json_response(const nlohmann::json& body, int status = 200);

/// Days from the query parameters `from` and `to`, default the last 28 days up to today.
struct DayRange {
  rollup::DayNumber from;
  rollup::DayNumber to;
};
DayRange day_range(const Call& call);

}  // namespace candor::api
