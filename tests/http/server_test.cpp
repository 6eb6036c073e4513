#include "http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "http/live_server.h"

namespace candor::http {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using namespace std::chrono_literals;

void echo(const Request& request, Reply reply) {
  Response response;
  response.body = request.method + " " + request.target + " " + request.body;
  reply.send(std::move(response));
}

std::string get(std::string_view target, std::string_view more = "") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a.test\r\n" + std::string(more) +
         "\r\n";
}

Response text(std::string body) {
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

TEST(ServerLimits, AFullWriteBufferStopsFurtherRequests) {
  Limits limits;
  limits.write_buffer_bytes = 1u << 20;
  std::atomic<int> handled{0};
  LiveServer live(
      [&handled](const Request&, Reply reply) {
        ++handled;
        reply.send(text(std::string(16u << 20, 'x')));
      },
      limits);
  Client client(live.address());
  client.send(get("/") + get("/") + get("/", "Connection: close\r\n"));
  client.read_until("\r\n\r\n");
  live.on_loop([] {});
  EXPECT_EQ(handled, 1);
  std::size_t seen = client.read_to_end().size();
  EXPECT_EQ(handled, 3);
  EXPECT_GT(seen, 3 * (16u << 20));
}

TEST(ServerLimits, TheLastAllowedRequestSaysClose) {
  Limits limits;
  limits.requests_per_connection = 2;
  LiveServer live(echo, limits);
  Client client(live.address());
  client.send(get("/1") + get("/2") + get("/3"));
  EXPECT_THAT(client.read_response(), Not(HasSubstr("Connection: close")));
  const std::string last = client.read_to_end();
  EXPECT_THAT(last, HasSubstr("Connection: close"));
  EXPECT_THAT(last, EndsWith("GET /2 "));
  EXPECT_TRUE(client.ended_cleanly());
}

TEST(ServerLimits, WhenFullTheLongestIdleOneMakesRoom) {
  Limits limits;
  limits.connections = 2;
  LiveServer live(echo, limits);
  Client first(live.address());
  first.send(get("/"));
  first.read_response();
  Client second(live.address());
  second.send(get("/"));
  second.read_response();
  Client third(live.address());
  third.send(get("/"));
  EXPECT_THAT(third.read_response(), StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(first.read_to_end(), "");
  second.send(get("/"));
  EXPECT_THAT(second.read_response(), StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(live.server().connections(), 2u);
}

TEST(ServerLimits, WhenAllAreBusyNewOnesWait) {
  Limits limits;
  limits.connections = 1;
  Desk desk;
  LiveServer live(desk.handler(), limits);
  Client first(live.address());
  first.send(get("/first", "Connection: close\r\n"));
  desk.expect(live, 1);
  Client second(live.address());
  second.send(get("/second"));
  live.on_loop([] {});
  live.on_loop([&] { EXPECT_EQ(desk.targets.size(), 1u); });
  live.on_loop([&] { desk.replies[0].send(text("1")); });
  EXPECT_THAT(first.read_to_end(), EndsWith("1"));
  desk.expect(live, 2);
  live.on_loop([&] { desk.replies[1].send(text("2")); });
  EXPECT_THAT(second.read_response(), EndsWith("2"));
}

/// Takes all further descriptors away while it lives.
class NoDescriptors {
 public:
  NoDescriptors() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const int lowest_free = ::dup(0);
    ::close(lowest_free);
    rlimit none = before_;
    none.rlim_cur = static_cast<rlim_t>(lowest_free);
    ::setrlimit(RLIMIT_NOFILE, &none);
  }
  ~NoDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  NoDescriptors(const NoDescriptors&) = delete;
  NoDescriptors& operator=(const NoDescriptors&) = delete;

 private:
  rlimit before_{};
};

TEST(ServerLimits, WithoutDescriptorsAcceptingBacksOffAndGoesOn) {
  Desk desk;
  LiveServer live(desk.handler());
  Client busy(live.address());
  busy.send(get("/busy"));
  desk.expect(live, 1);
  // The connection has to be made before the descriptors run out and taken after: hold the loop.
  std::unique_ptr<Client> waiting;
  std::unique_ptr<NoDescriptors> none;
  live.on_loop([&] {
    waiting = std::make_unique<Client>(live.address());
    none = std::make_unique<NoDescriptors>();
  });
  waiting->send(get("/waiting"));
  live.on_loop([] {});
  live.on_loop([] {});
  EXPECT_EQ(live.server().connections(), 1u);
  none.reset();
  live.on_loop([] {});
  EXPECT_EQ(live.server().connections(), 1u);
  live.advance(100ms);
  desk.expect(live, 2);
  live.on_loop([&] { desk.replies.clear(); });
  EXPECT_THAT(waiting->read_response(), StartsWith("HTTP/1.1 500"));
}

TEST(ServerDrain, AnswersWhatIsInFlightAndCloses) {
  Desk desk;
  LiveServer live(desk.handler());
  Client busy(live.address());
  Client idle(live.address());
  idle.send(get("/idle"));
  desk.expect(live, 1);
  live.on_loop([&] { desk.replies[0].send(text("idle")); });
  idle.read_response();
  busy.send(get("/1") + get("/2"));
  desk.expect(live, 3);
  live.stop();
  EXPECT_EQ(idle.read_to_end(), "");
  EXPECT_TRUE(idle.ended_cleanly());
  live.loop().post([&] { desk.replies[1].send(text("one")); });
  const std::string first = busy.read_response();
  EXPECT_THAT(first, EndsWith("one"));
  EXPECT_THAT(first, Not(HasSubstr("Connection: close")));
  live.loop().post([&] { desk.replies[2].send(text("two")); });
  const std::string second = busy.read_to_end();
  EXPECT_THAT(second, HasSubstr("Connection: close"));
  EXPECT_THAT(second, EndsWith("two"));
  idle.close();
  busy.close();
  live.join();
}

TEST(ServerDrain, NobodyNewIsTaken) {
  Desk desk;
  LiveServer live(desk.handler());
  Client busy(live.address());
  busy.send(get("/"));
  desk.expect(live, 1);
  live.stop();
  bool refused = false;
  // The stop reaches the loop soon, not at once; a connection made before it is taken and closed.
  for (int i = 0; i < 1000 && !refused; ++i) {
    live.on_loop([] {});
    try {
      Client late(live.address());
    } catch (const std::runtime_error&) {
      refused = true;
    }
  }
  EXPECT_TRUE(refused);
  live.loop().post([&] { desk.replies[0].send(text("done")); });
  EXPECT_THAT(busy.read_to_end(), EndsWith("done"));
}

TEST(ServerDrain, EndsAtItsDeadlineWhateverHandlersDo) {
  Desk desk;
  LiveServer live(desk.handler());
  Client busy(live.address());
  busy.send(get("/"));
  desk.expect(live, 1);
  live.stop();
  live.advance(0ms);  // the drain begins
  live.advance(4999ms);
  EXPECT_EQ(live.server().connections(), 1u);
  live.jump(1ms);
  EXPECT_EQ(busy.read_to_end(), "");
  live.join();
  EXPECT_EQ(live.server().connections(), 0u);
  desk.replies.clear();
}

class UnixSocket : public testing::Test {
 protected:
  UnixSocket() {
    std::string pattern = (std::filesystem::temp_directory_path() / "candor-http-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~UnixSocket() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path file() const { return folder_ / "api.sock"; }
  std::string address() const { return "unix:" + file().string(); }

  std::filesystem::path folder_;
};

TEST_F(UnixSocket, IsItsOwnersAloneAndGoneAfterwards) {
  {
    LiveServer live(
        [](const Request& request, Reply reply) { reply.send(text("[" + request.peer + "]")); }, {},
        address());
    EXPECT_EQ(live.address(), address());
    struct stat status{};
    ASSERT_EQ(::stat(file().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
    Client client(live.address());
    client.send(get("/"));
    EXPECT_THAT(client.read_response(), EndsWith("[]"));
  }
  EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(UnixSocket, AStaleFileIsReplacedALivingOneIsNot) {
  LiveServer first(echo, {}, address());
  EXPECT_THROW(LiveServer(echo, {}, address()), std::system_error);
  const std::filesystem::path stale = folder_ / "stale.sock";
  std::filesystem::rename(file(), stale);  // the living server does not find its file any more
  std::filesystem::create_hard_link(stale, folder_ / "other.sock");
  first.stop();
  first.join();
  ASSERT_TRUE(std::filesystem::exists(stale));
  LiveServer second(echo, {}, "unix:" + stale.string());
  Client client(second.address());
  client.send(get("/"));
  EXPECT_THAT(client.read_response(), StartsWith("HTTP/1.1 200"));
}

TEST_F(UnixSocket, AnotherKindOfFileIsLeftAlone) {
  std::ofstream(file()) << "mine";
  EXPECT_THROW(LiveServer(echo, {}, address()), std::system_error);
  EXPECT_EQ(std::filesystem::file_size(file()), 4u);
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
