#pragma once
// Handlers and requests that the tests of the server share.
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "http/live_server.h"

namespace candor::http {

inline void echo(const Request& request, Reply reply) {
  Response response;
  response.body = request.method + " " + request.target + " " + request.body;
  reply.send(std::move(response));
}

inline std::string get(std::string_view target, std::string_view more = "") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a.test\r\n" + std::string(more) +
         "\r\n";
}

inline Response text(std::string body) {
  Response response;
  response.body = std::move(body);
  return response;
}

/// Keeps every reply for the test to answer; loop thread only.
struct Desk {
  std::vector<Reply> replies;
  std::vector<std::string> targets;
  FunctionHandler::Function handler() {
    return [this](const Request& request, Reply reply) {
      targets.push_back(request.target);
      replies.push_back(std::move(reply));
    };
  }
  /// Waits until this many requests have arrived; gives up when that is hopeless.
  void expect(LiveServer& live, std::size_t count) {
    std::size_t seen = 0;
    for (int turn = 0; turn < 100'000 && seen < count; ++turn)
      live.on_loop([&] { seen = targets.size(); });
    ASSERT_GE(seen, count) << "requests never arrived";
  }
};

}  // namespace candor::http
