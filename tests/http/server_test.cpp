#include "http/server.h"

#include <gtest/gtest.h>

#include <string>

#include "http/live_server.h"

namespace candor::http {
namespace {

void echo(const Request& request, Reply reply) {
  Response response;
  response.body = request.method + " " + request.target + " " + request.body;
  reply.send(std::move(response));
}

std::string get(std::string_view target, std::string_view more = "") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a.test\r\n" + std::string(more) +
         "\r\n";
}

TEST(Server, AnswersWithDateLengthAndBody) {
  LiveServer live(echo);
  Client client(live.address());
  client.send(get("/a?b=1"));
  EXPECT_EQ(client.read_response(),
            "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 11\r\n\r\n"
            "GET /a?b=1 ");
}

TEST(Server, KeepsTheConnectionForFurtherRequests) {
  LiveServer live(echo);
  Client client(live.address());
  for (int i = 0; i < 3; ++i) {
    client.send(get("/" + std::to_string(i)));
    EXPECT_NE(client.read_response().find("GET /" + std::to_string(i)), std::string::npos);
  }
  EXPECT_EQ(live.server().connections(), 1u);
}

}  // namespace
}  // namespace candor::http
