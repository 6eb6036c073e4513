#include "http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>

#include "http/answering.h"
#include "http/live_server.h"

namespace candor::http {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

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

}  // namespace
}  // namespace candor::http
