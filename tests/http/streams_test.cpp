#include "http/streams.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/answering.h"
#include "http/live_server.h"

namespace candor::http {
namespace {

std::string post(std::string_view more) {
  return "POST /in HTTP/1.1\r\nHost: a.test\r\n" + std::string(more) + "\r\n";
}

Response typed() {
  Response response;
  response.headers = {{"Content-Type", "text/x"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}};
  return response;
}

/// Streams that the test feeds; loop thread only.
struct Feeder {
  std::vector<ResponseStream> streams;
  std::optional<std::uint64_t> length{};
  int room = 0;
  int gone = 0;
  FunctionHandler::Function handler() {
    return [this](const Request&, Reply reply) {
      reply.on_gone([this] { ++gone; });
      streams.emplace_back(std::move(reply), typed(), length);
      streams.back().on_room([this] { ++room; });
    };
  }
  void clear() { streams.clear(); }
  void expect(LiveServer& live, std::size_t count) {
    std::size_t seen = 0;
    for (int turn = 0; turn < 100'000 && seen < count; ++turn)
      live.on_loop([&] { seen = streams.size(); });
    ASSERT_GE(seen, count);
  }
};

/// Lets go of what a test left open, so that the server need not wait for it.
template <class Room>
struct Cleared {
  Cleared(LiveServer& l, Room& r) : live(l), room(r) {}
  ~Cleared() {
    live.on_loop([this] { room.clear(); });
  }
  Cleared(const Cleared&) = delete;
  Cleared& operator=(const Cleared&) = delete;
  LiveServer& live;
  Room& room;
};

template <class Check>
bool comes_true(LiveServer& live, Check check) {
  bool seen = false;
  for (int turn = 0; turn < 100'000 && !seen; ++turn) live.on_loop([&] { seen = check(); });
  return seen;
}

TEST(ResponseStream, ChunksABodyOfUnknownLengthAndKeepsRepeatedHeaders) {
  Feeder feeder;
  LiveServer live(feeder.handler());
  const Cleared clearing(live, feeder);
  Client client(live.address());
  client.send(get("/"));
  feeder.expect(live, 1);
  const std::string head = client.read_until("\r\n\r\n");
  EXPECT_NE(head.find("Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n"), std::string::npos);
  EXPECT_NE(head.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
  EXPECT_EQ(head.find("Content-Length"), std::string::npos);
  live.on_loop([&] { feeder.streams[0].write("hello"); });
  EXPECT_EQ(client.read_until("hello\r\n"), "5\r\nhello\r\n");
  live.on_loop([&] { feeder.streams[0].end(); });
  EXPECT_EQ(client.read_until("0\r\n\r\n"), "0\r\n\r\n");
  client.send(get("/again"));
  feeder.expect(live, 2);
  EXPECT_NE(client.read_until("\r\n\r\n").find("200 OK"), std::string::npos);
}

TEST(ResponseStream, SaysAKnownLength) {
  Feeder feeder;
  feeder.length = 5;
  LiveServer live(feeder.handler());
  const Cleared clearing(live, feeder);
  Client client(live.address());
  client.send(get("/"));
  feeder.expect(live, 1);
  live.on_loop([&] {
    feeder.streams[0].write("he");
    feeder.streams[0].write("llo");
    feeder.streams[0].end();
  });
  EXPECT_TRUE(client.read_response().ends_with("\r\n\r\nhello"));
}

TEST(ResponseStream, EndedShortOfItsLengthResetsTheConnection) {
  Feeder feeder;
  feeder.length = 5;
  LiveServer live(feeder.handler());
  const Cleared clearing(live, feeder);
  Client client(live.address());
  client.send(get("/"));
  feeder.expect(live, 1);
  live.on_loop([&] {
    feeder.streams[0].write("hel");
    feeder.streams[0].end();
  });
  client.read_to_end();
  EXPECT_FALSE(client.ended_cleanly());
}

TEST(ResponseStream, GivenMoreThanItsLengthResetsTheConnection) {
  Feeder feeder;
  feeder.length = 2;
  LiveServer live(feeder.handler());
  const Cleared clearing(live, feeder);
  Client client(live.address());
  client.send(get("/"));
  feeder.expect(live, 1);
  live.on_loop([&] { feeder.streams[0].write("hel"); });
  client.read_to_end();
  EXPECT_FALSE(client.ended_cleanly());
}

TEST(ResponseStream, DroppedResetsTheConnectionWhateverItsFraming) {
  for (const char* version : {"1.1", "1.0"}) {
    Feeder feeder;
    LiveServer live(feeder.handler());
    const Cleared clearing(live, feeder);
    Client client(live.address());
    client.send("GET / HTTP/" + std::string(version) + "\r\nHost: a\r\n\r\n");
    feeder.expect(live, 1);
    live.on_loop([&] { feeder.streams[0].write("part"); });
    client.read_until("part");
    live.on_loop([&] { feeder.streams.clear(); });
    client.read_to_end();
    EXPECT_FALSE(client.ended_cleanly()) << version;
  }
}

TEST(ResponseStream, EndsWithTheConnectionForHttp10) {
  Feeder feeder;
  LiveServer live(feeder.handler());
  const Cleared clearing(live, feeder);
  Client client(live.address());
  client.send("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
  feeder.expect(live, 1);
  live.on_loop([&] {
    feeder.streams[0].write("all");
    feeder.streams[0].end();
  });
  const std::string all = client.read_to_end();
  EXPECT_NE(all.find("Connection: close\r\n"), std::string::npos);
  EXPECT_TRUE(all.ends_with("\r\n\r\nall"));
  EXPECT_TRUE(client.ended_cleanly());
}

TEST(ResponseStream, ToHeadHasNoBodyAndSaysTheLengthOfGet) {
  Feeder feeder;
  feeder.length = 5;
  LiveServer live(feeder.handler());
  const Cleared clearing(live, feeder);
  Client client(live.address());
  client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
  feeder.expect(live, 1);
  live.on_loop([&] {
    feeder.streams[0].write("hello");
    feeder.streams[0].end();
  });
  const std::string head = client.read_until("\r\n\r\n");
  EXPECT_NE(head.find("Content-Length: 5\r\n"), std::string::npos);
  client.send(get("/next"));
  feeder.expect(live, 2);
  EXPECT_TRUE(client.read_until("\r\n").starts_with("HTTP/1.1 200"));
}

TEST(ResponseStream, WaitsForItsTurn) {
  Feeder feeder;
  LiveServer live(feeder.handler());
  const Cleared clearing(live, feeder);
  Client client(live.address());
  client.send(get("/a") + get("/b"));
  feeder.expect(live, 2);
  live.on_loop([&] {
    feeder.streams[1].write("second");
    feeder.streams[1].end();
    feeder.streams[0].write("first");
    feeder.streams[0].end();
  });
  const std::string one = client.read_until("0\r\n\r\n");
  const std::string two = client.read_until("0\r\n\r\n");
  EXPECT_NE(one.find("5\r\nfirst\r\n"), std::string::npos);
  EXPECT_NE(two.find("6\r\nsecond\r\n"), std::string::npos);
}

TEST(ResponseStream, AsksItsSourceToStopWhileTheReaderIsSlow) {
  Feeder feeder;
  LiveServer live(feeder.handler());
  const Cleared clearing(live, feeder);
  Client client(live.address());
  client.send(get("/"));
  feeder.expect(live, 1);
  const std::string piece(64 << 10, 'x');
  std::size_t pieces = 0;
  bool full = false;
  // A kernel takes a few MiB for a reader who does not read.
  for (; !full && pieces < 4096; ++pieces)
    live.on_loop([&] { full = !feeder.streams[0].write(piece); });
  ASSERT_TRUE(full);
  EXPECT_EQ(feeder.room, 0);
  client.read_until("\r\n\r\n");
  client.read_bytes((pieces - 1) * piece.size());
  EXPECT_TRUE(comes_true(live, [&] { return feeder.room == 1; }));
}

TEST(ResponseStream, TellsWhenTheReaderHasGone) {
  Feeder feeder;
  LiveServer live(feeder.handler());
  const Cleared clearing(live, feeder);
  Client client(live.address());
  client.send(get("/"));
  feeder.expect(live, 1);
  client.close();
  live.on_loop([&] { feeder.streams[0].write("x"); });
  EXPECT_TRUE(comes_true(live, [&] {
    feeder.streams[0].write("more");
    return feeder.gone == 1;
  }));
}

TEST(ResponseStream, WithAHeaderNoWireMayCarryIs500) {
  LiveServer live([](const Request&, Reply reply) {
    Response bad;
    bad.headers = {{"X", "a\r\nb"}};
    ResponseStream stream(std::move(reply), std::move(bad), std::nullopt);
    stream.write("x");
    stream.end();
  });
  Client client(live.address());
  client.send(get("/"));
  const std::string all = client.read_to_end();
  EXPECT_TRUE(all.starts_with("HTTP/1.1 500"));
  EXPECT_EQ(all.find("chunked"), std::string::npos);
}

TEST(Reply, SendsInterimAnswersAheadOfTheFinalOne) {
  LiveServer live([](const Request&, Reply reply) {
    Response hints;
    hints.status = 103;
    hints.headers = {{"Link", "</a.css>; rel=preload"}};
    reply.send_interim(hints);
    reply.send(text("done"));
  });
  Client client(live.address());
  client.send(get("/"));
  EXPECT_EQ(client.read_until("\r\n\r\n"),
            "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n");
  EXPECT_TRUE(client.read_response().ends_with("done"));
  client.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(client.read_until("\r\n").starts_with("HTTP/1.1 200"));
}

/// Takes uploads as they come; loop thread only.
struct Taker {
  std::optional<RequestBody> body;
  std::optional<Reply> reply;
  std::optional<std::uint64_t> length;
  std::string taken;
  std::optional<bool> whole;
  void clear() {
    reply.reset();
    body.reset();
  }
  void listen(LiveServer& live) {
    live.on_loop([&] {
      live.handler().upload = [this](const Request& head, RequestBody incoming, Reply answer) {
        EXPECT_EQ(head.body, "");
        taken.clear();
        whole.reset();
        body.emplace(std::move(incoming));
        reply.emplace(std::move(answer));
        length = body->length();
        body->receive([this](std::string_view bytes) { taken += bytes; },
                      [this](bool complete) { whole = complete; });
      };
    });
  }
};

TEST(RequestBody, IsHandedOnAsItComes) {
  LiveServer live(echo);
  Taker taker;
  taker.listen(live);
  const Cleared clearing(live, taker);
  Client client(live.address());
  client.send(post("Content-Length: 10\r\n") + "hello");
  ASSERT_TRUE(comes_true(live, [&] { return taker.taken == "hello"; }));
  EXPECT_EQ(taker.length, 10U);
  EXPECT_FALSE(taker.whole);
  client.send("world");
  ASSERT_TRUE(comes_true(live, [&] { return taker.whole.has_value(); }));
  EXPECT_EQ(taker.whole, true);
  EXPECT_EQ(taker.taken, "helloworld");
  live.on_loop([&] { taker.reply->send(text("thanks")); });
  EXPECT_TRUE(client.read_response().ends_with("thanks"));
  // And the next one on the same connection, chunked.
  client.send(post("Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\n");
  ASSERT_TRUE(comes_true(live, [&] { return taker.taken == "abc"; }));
  EXPECT_EQ(taker.length, std::nullopt);
  client.send("2\r\nde\r\n0\r\n\r\n");
  ASSERT_TRUE(comes_true(live, [&] { return taker.whole == true; }));
  EXPECT_EQ(taker.taken, "abcde");
}

TEST(RequestBody, ThatComesWithItsHeadIsNoUpload) {
  LiveServer live(echo);
  Taker taker;
  taker.listen(live);
  const Cleared clearing(live, taker);
  Client client(live.address());
  client.send(post("Content-Length: 2\r\n") + "hi");
  EXPECT_TRUE(client.read_response().ends_with("POST /in hi"));
}

TEST(RequestBody, InvitesWhoWaitsForContinue) {
  LiveServer live(echo);
  Taker taker;
  taker.listen(live);
  const Cleared clearing(live, taker);
  Client client(live.address());
  client.send(post("Content-Length: 2\r\nExpect: 100-continue\r\n"));
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("hi");
  EXPECT_TRUE(comes_true(live, [&] { return taker.whole == true; }));
}

TEST(RequestBody, BadlyFramedIsAnsweredAndTold) {
  LiveServer live(echo);
  Taker taker;
  taker.listen(live);
  const Cleared clearing(live, taker);
  Client client(live.address());
  client.send(post("Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\n");
  ASSERT_TRUE(comes_true(live, [&] { return taker.taken == "abc"; }));
  client.send("nonsense\r\n");
  EXPECT_TRUE(client.read_to_end().starts_with("HTTP/1.1 400"));
  EXPECT_TRUE(comes_true(live, [&] { return taker.whole == false; }));
}

TEST(RequestBody, OfAClientThatLeavesIsToldToBeBroken) {
  LiveServer live(echo);
  Taker taker;
  taker.listen(live);
  const Cleared clearing(live, taker);
  {
    Client client(live.address());
    client.send(post("Content-Length: 10\r\n") + "hello");
    ASSERT_TRUE(comes_true(live, [&] { return taker.taken == "hello"; }));
  }
  EXPECT_TRUE(comes_true(live, [&] { return taker.whole == false; }));
}

TEST(RequestBody, PausedIsNotReadAndHasNoDeadline) {
  LiveServer live(echo);
  Taker taker;
  taker.listen(live);
  const Cleared clearing(live, taker);
  Client client(live.address());
  client.send(post("Content-Length: 10\r\n") + "hello");
  ASSERT_TRUE(comes_true(live, [&] { return taker.taken == "hello"; }));
  live.on_loop([&] { taker.body->pause(); });
  live.advance(std::chrono::minutes(1));
  EXPECT_FALSE(taker.whole);
  client.send("wor");
  live.on_loop([] {});
  live.on_loop([&] { EXPECT_EQ(taker.taken, "hello"); });
  live.on_loop([&] { taker.body->resume(); });
  ASSERT_TRUE(comes_true(live, [&] { return taker.taken == "hellowor"; }));
  live.advance(std::chrono::minutes(1));
  EXPECT_TRUE(client.read_to_end().starts_with("HTTP/1.1 408"));
  EXPECT_TRUE(comes_true(live, [&] { return taker.whole == false; }));
}

TEST(RequestBody, AnsweredBeforeItsEndClosesTheConnectionBehindTheAnswer) {
  LiveServer live(echo);
  Taker taker;
  taker.listen(live);
  const Cleared clearing(live, taker);
  Client client(live.address());
  client.send(post("Content-Length: 1000\r\n") + "hello");
  ASSERT_TRUE(comes_true(live, [&] { return taker.taken == "hello"; }));
  live.on_loop([&] { taker.reply->send(text("enough")); });
  const std::string all = client.read_to_end();
  EXPECT_TRUE(all.ends_with("enough"));
  EXPECT_TRUE(client.ended_cleanly());
}

TEST(RequestBody, MayBeAnsweredByAStreamWhileItComes) {
  LiveServer live(echo);
  Taker taker;
  taker.listen(live);
  const Cleared clearing(live, taker);
  Client client(live.address());
  client.send(post("Content-Length: 10\r\n") + "hello");
  ASSERT_TRUE(comes_true(live, [&] { return taker.taken == "hello"; }));
  std::optional<ResponseStream> stream;
  live.on_loop([&] {
    stream.emplace(std::move(*taker.reply), typed(), std::nullopt);
    stream->write("echo");
  });
  client.read_until("echo\r\n");
  client.send("world");
  ASSERT_TRUE(comes_true(live, [&] { return taker.whole == true; }));
  live.on_loop([&] { stream->end(); });
  EXPECT_EQ(client.read_until("0\r\n\r\n"), "0\r\n\r\n");
  client.send(post("Content-Length: 2\r\n") + "hi");
  EXPECT_TRUE(client.read_response().ends_with("hi"));
}

}  // namespace
}  // namespace candor::http
