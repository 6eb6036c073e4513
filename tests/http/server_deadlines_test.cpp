#include "http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "http/answering.h"
#include "http/live_server.h"

namespace candor::http {
namespace {

using testing::EndsWith;
using testing::StartsWith;
using namespace std::chrono_literals;

TEST(ServerDeadlines, ASlowHeadGets408HoweverItTrickles) {
  LiveServer live(echo);
  Client client(live.address());
  client.send(get("/") + "GET / HT");
  client.read_response();  // what came with the first request has been seen, too
  live.advance(3s);
  client.send("TP/1.1\r\nX: ");
  live.advance(1999ms);
  EXPECT_EQ(live.server().connections(), 1u);
  live.advance(1ms);
  EXPECT_THAT(client.read_to_end(), StartsWith("HTTP/1.1 408 "));
}

TEST(ServerDeadlines, ASlowBodyGets408) {
  LiveServer live(echo);
  Client client(live.address());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n");
  client.read_until("\r\n\r\n");  // the body's deadline runs from here on
  live.advance(9999ms);
  client.send("1234");
  EXPECT_EQ(live.server().connections(), 1u);
  live.advance(1ms);
  EXPECT_THAT(client.read_to_end(), StartsWith("HTTP/1.1 408 "));
}

TEST(ServerDeadlines, IdleConnectionsAreClosedWithoutAWord) {
  LiveServer live(echo);
  Client client(live.address());
  client.send(get("/"));
  client.read_response();
  live.advance(10s);
  client.send(get("/"));
  client.read_response();
  live.advance(14s);
  EXPECT_EQ(live.server().connections(), 1u);
  live.advance(1s);
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_TRUE(client.ended_cleanly());
}

TEST(ServerDeadlines, ReadersThatStandStillAreClosed) {
  LiveServer live(
      [](const Request&, Reply reply) { reply.send(text(std::string(64u << 20, 'x'))); });
  Client client(live.address());
  client.send(get("/"));
  client.read_until("\r\n\r\n");
  live.advance(9s);
  EXPECT_EQ(live.server().connections(), 1u);
  live.advance(30s);
  EXPECT_EQ(live.server().connections(), 0u);
}

TEST(ServerDeadlines, AHandlerMayTakeItsTime) {
  Desk desk;
  LiveServer live(desk.handler());
  Client client(live.address());
  client.send(get("/"));
  desk.expect(live, 1);
  live.advance(1h);
  live.on_loop([&] { desk.replies[0].send(text("done")); });
  EXPECT_THAT(client.read_response(), EndsWith("done"));
}

TEST(ServerDeadlines, ReadersWhoGoOnAreGivenTime) {
  LiveServer live(
      [](const Request&, Reply reply) { reply.send(text(std::string(64u << 20, 'x'))); });
  Client client(live.address());
  client.send(get("/"));
  client.read_until("\r\n\r\n");
  // A reader who takes much is given time anew; what it takes reaches the server at once.
  live.advance(9s);
  client.read_bytes(8u << 20);
  live.advance(0ms);
  live.advance(9s);
  EXPECT_EQ(live.server().connections(), 1u);
  live.advance(30s);
  EXPECT_EQ(live.server().connections(), 0u);
}

TEST(ServerDeadlines, ANewLengthHoldsForThoseWhoWaitAlready) {
  LiveServer live(echo);
  Client client(live.address());
  client.send(get("/"));
  client.read_response();
  live.advance(2s);
  Limits limits;
  limits.keep_alive = 3s;
  live.on_loop([&] { live.server().set_limits(limits); });
  live.advance(999ms);
  EXPECT_EQ(live.server().connections(), 1u);
  live.advance(1ms);
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_EQ(live.server().connections(), 0u);
}

}  // namespace
}  // namespace candor::http
