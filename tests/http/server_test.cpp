#include "http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "http/answering.h"
#include "http/live_server.h"

namespace candor::http {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

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
    EXPECT_THAT(client.read_response(), HasSubstr("GET /" + std::to_string(i)));
  }
  EXPECT_EQ(live.server().connections(), 1u);
}

TEST(Server, HeadSaysTheLengthAndSendsNoBody) {
  LiveServer live(echo);
  Client client(live.address());
  client.send("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n" + get("/x", "Connection: close\r\n"));
  const std::string all = client.read_to_end();
  EXPECT_THAT(all, HasSubstr("Content-Length: 10\r\n\r\nHTTP/1.1 200 OK"));
}

TEST(Server, StatusesWithoutABodySendNone) {
  LiveServer live([](const Request& request, Reply reply) {
    Response response = text("never sent");
    response.status = std::stoi(request.path.substr(1));
    reply.send(std::move(response));
  });
  Client client(live.address());
  client.send(get("/204") + get("/304", "Connection: close\r\n"));
  const std::string all = client.read_to_end();
  EXPECT_THAT(all, StartsWith("HTTP/1.1 204 No Content\r\n"));
  EXPECT_THAT(all, HasSubstr("HTTP/1.1 304 Not Modified\r\n"));
  EXPECT_THAT(all, Not(HasSubstr("Content-Length")));
  EXPECT_THAT(all, Not(HasSubstr("never")));
}

TEST(Server, TheClientsWishToCloseIsGranted) {
  LiveServer live(echo);
  Client modern(live.address());
  modern.send(get("/", "Connection: close\r\n"));
  EXPECT_THAT(modern.read_to_end(), HasSubstr("\r\nConnection: close\r\n"));
  Client old(live.address());
  old.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_THAT(old.read_to_end(), HasSubstr("\r\nConnection: close\r\n"));
  Client old_but_keen(live.address());
  old_but_keen.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_THAT(old_but_keen.read_response(), HasSubstr("\r\nConnection: keep-alive\r\n"));
}

TEST(Server, PipelinedAnswersKeepTheirOrderHoweverTheyAreMade) {
  Desk desk;
  LiveServer live(desk.handler());
  Client client(live.address());
  client.send(get("/0") + get("/1") + get("/2", "Connection: close\r\n"));
  desk.expect(live, 3);
  live.on_loop([&] { desk.replies[2].send(text("two")); });
  live.on_loop([&] { desk.replies[0].send(text("zero")); });
  EXPECT_THAT(client.read_response(), EndsWith("zero"));
  live.on_loop([&] { desk.replies[1].send(text("one")); });
  EXPECT_THAT(client.read_response(), EndsWith("one"));
  EXPECT_THAT(client.read_to_end(), EndsWith("two"));
}

TEST(Server, AnswersMayComeFromOtherThreads) {
  Desk desk;
  LiveServer live(desk.handler());
  Client client(live.address());
  client.send(get("/0") + get("/1"));
  desk.expect(live, 2);
  std::vector<Reply> mine;
  live.on_loop([&] { mine.swap(desk.replies); });
  std::thread([&] {
    mine[1].send(text("one"));
    mine[0].send(text("zero"));
  }).join();
  EXPECT_THAT(client.read_response(), EndsWith("zero"));
  EXPECT_THAT(client.read_response(), EndsWith("one"));
}

TEST(Server, HundredsOfPipelinedRequestsAreAllAnswered) {
  LiveServer live(echo);
  Client client(live.address());
  std::string all;
  for (int i = 0; i < 1000; ++i) all += get("/" + std::to_string(i));
  client.send(all);
  for (int i = 0; i < 1000; ++i)
    ASSERT_THAT(client.read_response(), EndsWith("GET /" + std::to_string(i) + " "));
}

TEST(Server, NoMoreRequestsAreTakenThanMayWait) {
  Limits limits;
  limits.pipelined = 4;
  Desk desk;
  LiveServer live(desk.handler(), limits);
  Client client(live.address());
  std::string all;
  for (int i = 0; i < 6; ++i) all += get("/" + std::to_string(i));
  client.send(all);
  desk.expect(live, 4);
  live.on_loop([&] { EXPECT_EQ(desk.targets.size(), 4u); });
  live.on_loop([&] { desk.replies[0].send(text("0")); });
  desk.expect(live, 5);
  live.on_loop([&] { EXPECT_EQ(desk.targets.size(), 5u); });
  live.on_loop([&] {
    for (std::size_t i = 1; i < 5; ++i) desk.replies[i].send(text("x"));
  });
  desk.expect(live, 6);
  live.on_loop([&] { desk.replies.clear(); });
}

TEST(Server, ADroppedReplyAndAFailingHandlerAnswer500) {
  LiveServer live([](const Request& request, Reply) {
    if (request.path == "/throw") throw std::runtime_error("broken");
  });
  Client client(live.address());
  client.send(get("/drop") + get("/throw"));
  EXPECT_THAT(client.read_response(), StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(client.read_response(), StartsWith("HTTP/1.1 500 "));
}

TEST(Server, AnsweringAClientThatIsGoneDoesNothing) {
  Desk desk;
  LiveServer live(desk.handler());
  {
    Client client(live.address());
    client.send(get("/"));
    desk.expect(live, 1);
    client.send("x");  // unread bytes make the close a reset, which even a busy connection notices
  }
  while (live.server().connections() > 0)
    live.on_loop([&] {
      if (!desk.replies.empty()) desk.replies.front().send(text("late"));
      desk.replies.clear();
    });
}

TEST(Server, ResponsesCannotBeSplit) {
  LiveServer live([](const Request& request, Reply reply) {
    Response response = text("body");
    if (request.path == "/value") response.headers.emplace_back("X-A", "1\r\nX-B: 2");
    if (request.path == "/name") response.headers.emplace_back("X A", "1");
    if (request.path == "/frame") response.headers.emplace_back("content-length", "0");
    reply.send(std::move(response));
  });
  Client client(live.address());
  client.send(get("/value") + get("/name") + get("/frame"));
  EXPECT_THAT(client.read_response(), StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(client.read_response(), StartsWith("HTTP/1.1 500 "));
  const std::string framed = client.read_response();
  EXPECT_THAT(framed, HasSubstr("\r\nContent-Length: 4\r\n\r\nbody"));
  EXPECT_THAT(framed, Not(HasSubstr("content-length")));
}

TEST(Server, ContinuesWhenAskedAndInTurn) {
  Desk desk;
  LiveServer live(desk.handler());
  Client client(live.address());
  client.send(get("/first") +
              "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  desk.expect(live, 1);
  live.on_loop([&] { desk.replies[0].send(text("first")); });
  EXPECT_EQ(client.read_until("first").substr(0, 15), "HTTP/1.1 200 OK");
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("ok");
  desk.expect(live, 2);
  live.on_loop([&] { desk.replies[1].send(text("second")); });
  EXPECT_THAT(client.read_response(), StartsWith("HTTP/1.1 200 OK"));
}

TEST(Server, NobodyIsToldToContinueWhoAlreadyHas) {
  LiveServer live(echo);
  Client client(live.address());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\nha");
  while (live.server().connections() == 0) live.on_loop([] {});
  live.on_loop([] {});
  client.send("lf" + get("/", "Connection: close\r\n"));
  EXPECT_THAT(client.read_to_end(), StartsWith("HTTP/1.1 200 OK"));
}

TEST(Server, RefusalsReachTheClientThatStillSends) {
  LiveServer live(echo);
  Client client(live.address());
  client.send("GET /" + std::string(1u << 20, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_THAT(client.read_to_end(), StartsWith("HTTP/1.1 414 URI Too Long\r\n"));
  EXPECT_TRUE(client.ended_cleanly());
}

TEST(Server, ARefusalWaitsForTheAnswersBeforeIt) {
  Desk desk;
  LiveServer live(desk.handler());
  Client client(live.address());
  client.send(get("/") + "BAD\r\n\r\n" + get("/never"));
  desk.expect(live, 1);
  live.on_loop([&] { desk.replies[0].send(text("first")); });
  EXPECT_THAT(client.read_response(), EndsWith("first"));
  const std::string refusal = client.read_to_end();
  EXPECT_THAT(refusal, StartsWith("HTTP/1.1 400 Bad Request\r\n"));
  EXPECT_THAT(refusal, HasSubstr("\r\nConnection: close\r\n"));
  live.on_loop([&] { EXPECT_EQ(desk.targets.size(), 1u); });
}

TEST(Server, AClientThatOnlyListensIsStillAnswered) {
  Desk desk;
  LiveServer live(desk.handler());
  Client client(live.address());
  client.send(get("/a") + get("/b"));
  client.end_output();
  desk.expect(live, 2);
  live.on_loop([&] {
    desk.replies[1].send(text("B"));
    desk.replies[0].send(text("A"));
  });
  EXPECT_THAT(client.read_response(), EndsWith("A"));
  EXPECT_THAT(client.read_to_end(), EndsWith("B"));
}

TEST(Server, TellsTheClientsAddressAndItsOwn) {
  LiveServer live(
      [](const Request& request, Reply reply) { reply.send(text("[" + request.peer + "]")); });
  EXPECT_THAT(live.address(), StartsWith("127.0.0.1:"));
  EXPECT_THAT(live.address(), Not(EndsWith(":0")));
  Client client(live.address());
  client.send(get("/"));
  EXPECT_THAT(client.read_response(), EndsWith("[127.0.0.1]"));
}

TEST(Server, AnAddressInUseIsNamedInTheError) {
  LiveServer live(echo);
  try {
    LiveServer again(echo, {}, live.address());
    FAIL() << "two servers on one port";
  } catch (const std::system_error& error) {
    EXPECT_THAT(error.what(), HasSubstr(live.address()));
  }
}

}  // namespace
}  // namespace candor::http
