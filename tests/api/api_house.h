#pragma once
// The API over a site of the test's own, asked as a browser or as the Unix socket would.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "api/csrf.h"
#include "api/router.h"
#include "support/site_house.h"

namespace candor::api {

using nlohmann::json;

struct Asked {
  int status = 0;
  json body;
  http::Response response;

  std::string header(std::string_view name) const {
    for (const auto& [each, value] : response.headers)
      if (each == name) return value;
    return {};
  }
};

inline http::Request request_for(std::string_view method, const std::string& target,
                                 std::string body = {}) {
  http::Request request;
  request.method = method;
  request.target = target;
  request.path = target.substr(0, target.find('?'));
  if (request.path.size() < target.size()) request.query = target.substr(request.path.size() + 1);
  request.body = std::move(body);
  return request;
}

class ApiTest : public testing::Test {
 protected:
  Asked ask(const http::Request& request, const Caller& caller) {
    Asked asked;
    asked.response = handle(house_.site, request, caller);
    asked.status = asked.response.status;
    asked.body = json::parse(asked.response.body, nullptr, false);
    return asked;
  }
  /// Through the owner's Unix socket.
  Asked owner(std::string_view method, const std::string& target, std::string body = {}) {
    return ask(request_for(method, target, std::move(body)), {.local = true, .session_token = {}});
  }
  Asked get(const std::string& target) { return owner("GET", target); }
  /// From a page of the dashboard.
  Asked browser(std::string_view method, const std::string& target, std::string body = {},
                const std::string& session = {}) {
    http::Request request = request_for(method, target, std::move(body));
    request.headers = {{"Sec-Fetch-Site", "same-origin"},
                       {"X-Candor", session.empty() ? "1" : csrf_token(session)}};
    return ask(request, {.local = false, .session_token = session});
  }
  /// As a program of another machine asks.
  Asked program(const std::string& token, std::string_view method, const std::string& target,
                std::string body = {}) {
    http::Request request = request_for(method, target, std::move(body));
    request.headers = {{"Authorization", "Bearer " + token}};
    return ask(request, {});
  }

  /// The secret of a new one-time link; for the first owner, or for a user, made when new.
  std::string invite(const json& body = {}) {
    const std::string url =
        owner("POST", "/api/v1/account/invite", body.is_null() ? "" : body.dump()).body.at("url");
    return url.substr(url.find("once=") + 5);
  }
  Asked sign_in(const json& with) { return browser("POST", "/api/v1/session", with.dump()); }
  /// The session token of a new sign-in.
  std::string session(const json& user = {}) { return token_of(sign_in({{"once", invite(user)}})); }
  static std::string token_of(const Asked& signed_in) {
    const std::string cookie = signed_in.header("Set-Cookie");
    const auto begin = cookie.find('=') + 1;
    return cookie.substr(begin, cookie.find(';') - begin);
  }

  SiteHouse house_;
};

}  // namespace candor::api
