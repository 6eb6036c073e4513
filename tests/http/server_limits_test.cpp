#include "http/server.h"

#include <Poco/Logger.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include "http/answering.h"
#include "http/live_server.h"

namespace candor::http {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using namespace std::chrono_literals;

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
    // The sanitizer of undefined behaviour opens a pipe when it first meets an object of a class.
    // The loop will call the logger when no pipe can be had: let it be known by then.
    Poco::Logger::get("http").trace("descriptors run out");
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

TEST(ServerLimits, OneAddressHasOnlyItsShare) {
  Limits limits;
  limits.connections_per_address = 2;
  LiveServer live(echo, limits);
  Client first(live.address());
  Client second(live.address());
  second.send(get("/"));
  EXPECT_THAT(second.read_response(), StartsWith("HTTP/1.1 200"));
  Client third(live.address());
  const std::string refusal = third.read_to_end();
  EXPECT_THAT(refusal, StartsWith("HTTP/1.1 429 Too Many Requests\r\n"));
  EXPECT_THAT(refusal, HasSubstr("\r\nRetry-After: 1\r\n"));
  EXPECT_EQ(live.server().refused(), 1u);
  first.close();
  while (live.server().connections() > 1) live.on_loop([] {});
  Client fourth(live.address());
  fourth.send(get("/"));
  EXPECT_THAT(fourth.read_response(), StartsWith("HTTP/1.1 200"));
}

TEST(ServerLimits, SomeAddressesHaveNoCap) {
  Limits limits;
  limits.connections_per_address = 1;
  LiveServer live(echo, limits);
  live.on_loop([&] {
    live.server().set_uncapped([](const std::string& peer) { return peer == "127.0.0.1"; });
  });
  Client first(live.address());
  Client second(live.address());
  second.send(get("/"));
  EXPECT_THAT(second.read_response(), StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(live.server().refused(), 0u);
}

TEST(ServerLimits, MayChangeWhileItRuns) {
  Limits limits;
  LiveServer live(echo, limits);
  Client client(live.address());
  client.send(get("/" + std::string(100, 'a')));
  EXPECT_THAT(client.read_response(), StartsWith("HTTP/1.1 200"));
  limits.target_bytes = 50;
  live.on_loop([&] { live.server().set_limits(limits); });
  client.send(get("/" + std::string(100, 'a')));
  EXPECT_THAT(client.read_to_end(), StartsWith("HTTP/1.1 414"));
}

}  // namespace
}  // namespace candor::http
