#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <future>
#include <latch>
#include <memory>
#include <set>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "http/event_loop.h"
#include "http/timers.h"
#include "http/worker_pool.h"

namespace candor::http {
namespace {

using namespace std::chrono_literals;

class TimersTest : public testing::Test {
 protected:
  Timers::TimePoint at(int ms) const { return Timers::TimePoint{std::chrono::milliseconds{ms}}; }
  std::uint64_t add(int ms, const std::string& name) {
    return timers_.add(at(ms), [this, name] { ran_ += name; });
  }
  std::string run(int ms) {
    ran_.clear();
    const std::uint64_t mark = timers_.mark();
    while (auto work = timers_.take_due(at(ms), mark)) (*work)();
    return ran_;
  }
  Timers timers_;
  std::string ran_;
};

TEST_F(TimersTest, RunInOrderOfTimeThenOfAdding) {
  add(30, "c");
  add(10, "a");
  add(20, "b");
  add(10, "A");
  EXPECT_EQ(timers_.next(), at(10));
  EXPECT_EQ(run(9), "");
  EXPECT_EQ(run(20), "aAb");
  EXPECT_EQ(run(100), "c");
  EXPECT_EQ(timers_.next(), std::nullopt);
}

TEST_F(TimersTest, CancelledOnesNeverRunAndOldIdsHitNobodyElse) {
  const std::uint64_t first = add(10, "a");
  timers_.cancel(first);
  EXPECT_EQ(timers_.next(), std::nullopt);
  add(10, "b");  // may live where the first one did
  timers_.cancel(first);
  EXPECT_EQ(run(10), "b");
  timers_.cancel(first);
  timers_.cancel(0);
}

TEST_F(TimersTest, ManyCancelledOnesLeaveTheOthersInOrder) {
  std::vector<std::uint64_t> ids;
  for (int i = 0; i < 5000; ++i) ids.push_back(add(5000 - i, "x"));
  for (int i = 0; i < 5000; ++i)
    if (i % 1000 != 0) timers_.cancel(ids[static_cast<std::size_t>(i)]);
  EXPECT_EQ(timers_.next(), at(1000));
  EXPECT_EQ(run(5000), "xxxxx");
}

TEST_F(TimersTest, WorkThatAddsWorkWaitsForTheNextRound) {
  timers_.add(at(1), [this] { add(1, "later"); });
  EXPECT_EQ(run(5), "");
  EXPECT_EQ(run(5), "later");
}

TEST(EventLoop, RunsPostedWorkInOrderAndSurvivesWhatItThrows) {
  EventLoop loop;
  std::jthread thread([&loop](const std::stop_token& stop) { loop.run(stop); });
  std::promise<std::string> done;
  std::string order;
  loop.post([&order] { order += "a"; });
  loop.post([] { throw std::runtime_error("work fails"); });
  loop.post([&order] { order += "b"; });
  loop.post([&done, &order] { done.set_value(order); });
  EXPECT_EQ(done.get_future().get(), "ab");
}

TEST(EventLoop, WorkPostedAfterItsEndIsDropped) {
  EventLoop loop;
  std::stop_source stop;
  stop.request_stop();
  loop.run(stop.get_token());
  auto held = std::make_shared<int>(1);
  loop.post([held] {});
  EXPECT_EQ(held.use_count(), 1);
}

TEST(EventLoop, TimersRunOnceAndCanBeCancelled) {
  EventLoop loop;
  std::stop_source stop;
  std::string ran;
  const std::uint64_t never = loop.after(0ms, [&ran] { ran += "never"; });
  loop.after(0ms, [&] {
    ran += "first ";
    loop.after(1ms, [&] {
      ran += "second";
      stop.request_stop();
    });
  });
  loop.cancel(never);
  loop.run(stop.get_token());
  EXPECT_EQ(ran, "first second");
}

TEST(WorkerPool, RefusesWhatItsQueueCannotHold) {
  std::latch begun(1);
  std::latch go_on(1);
  std::latch finished(2);
  WorkerPool pool(1, 1);
  ASSERT_TRUE(pool.submit([&] {
    begun.count_down();
    go_on.wait();
    finished.count_down();
    throw std::runtime_error("a task may fail");
  }));
  begun.wait();
  EXPECT_TRUE(pool.submit([&] { finished.count_down(); }));
  EXPECT_FALSE(pool.submit([] {}));
  go_on.count_down();
  finished.wait();
}

TEST(WorkerPool, FinishesWhatHasBegunAndDropsTheRest) {
  std::latch begun(1);
  bool first = false;
  bool second = false;
  std::latch go_on(1);
  auto pool = std::make_unique<WorkerPool>(1, 10);
  auto token = std::make_shared<int>(0);
  ASSERT_TRUE(pool->submit([&] {
    begun.count_down();
    go_on.wait();
    first = true;
  }));
  begun.wait();
  ASSERT_TRUE(pool->submit([&second, token] { second = true; }));
  std::jthread end([&pool] { pool.reset(); });
  while (token.use_count() > 1) std::this_thread::yield();  // dropped: the pool is ending
  go_on.count_down();
  end.join();
  EXPECT_TRUE(first);
  EXPECT_FALSE(second);
}

TEST(TurnEnd, ComesBehindTheRestOfTheTurnAndNeedsNoWakeUp) {
  EventLoop loop;
  std::stop_source stop;
  std::string ran;
  loop.post([&] {
    loop.at_turn_end([&] {
      ran += "c";
      loop.at_turn_end([&] {
        ran += "d";
        stop.request_stop();
      });
    });
    ran += "a";
  });
  loop.post([&] { ran += "b"; });
  loop.run(stop.get_token());
  EXPECT_EQ(ran, "abcd");
}

TEST(WaitingWork, IsTheLastOfItsTurnAndTheLoopGoesOn) {
  EventLoop loop;
  std::stop_source stop;
  std::string ran;
  loop.post([&] {
    EXPECT_TRUE(loop.at_turn_end_waiting([&] { ran += "c"; },
                                         [&] {
                                           ran += "d";
                                           loop.post([&] {
                                             ran += "e";
                                             stop.request_stop();
                                           });
                                         }));
    loop.at_turn_end([&] { ran += "b"; });
    ran += "a";
  });
  loop.run(stop.get_token());
  EXPECT_EQ(ran, "abcde");
}

TEST(WaitingWork, OfALoopThatEndsIsDoneAllTheSame) {
  EventLoop loop;
  std::stop_source stop;
  std::string ran;
  stop.request_stop();
  loop.at_turn_end([&] { loop.at_turn_end_waiting([&] { ran += "a"; }, [&] { ran += "b"; }); });
  loop.run(stop.get_token());
  EXPECT_EQ(ran, "ab");
}

// The work waits for something that only the loop itself does: without a second thread it never
// ends.
TEST(WaitingWork, ThatTakesLongStopsNobodyElse) {
  EventLoop loop;
  std::stop_source stop;
  std::vector<std::thread::id> waited;
  std::function<void(int)> go_on = [&](int times) {
    if (times == 0) {
      stop.request_stop();
      return;
    }
    auto freed = std::make_shared<std::latch>(1);
    loop.at_turn_end_waiting(
        [&, freed] {
          waited.push_back(std::this_thread::get_id());
          loop.post([freed] { freed->count_down(); });
          freed->wait();
        },
        [&, times] { go_on(times - 1); });
  };
  loop.post([&] { go_on(5); });
  loop.run(stop.get_token());
  ASSERT_EQ(waited.size(), 5u);
  EXPECT_EQ(std::set(waited.begin(), waited.end()).size(), 2u);
}

TEST(WaitingWork, IsWaitedForByTheEndOfTheLoop) {
  EventLoop loop;
  std::stop_source stop;
  std::latch freed(1);
  bool done = false;
  std::jthread frees;
  loop.post([&] {
    loop.at_turn_end_waiting(
        [&] {
          loop.post([&] {
            stop.request_stop();
            frees = std::jthread([&] { freed.count_down(); });
          });
          freed.wait();
        },
        [&] { done = true; });
  });
  loop.run(stop.get_token());
  EXPECT_TRUE(done);
}

}  // namespace
}  // namespace candor::http
