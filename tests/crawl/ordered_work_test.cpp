#include "crawl/ordered_work.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace candor::crawl {
namespace {

TEST(OrderedWork, ResultsComeInOrderAndEachOnce) {
  constexpr std::size_t kCount = 5000;
  std::vector<std::size_t> results(kCount);
  std::vector<std::size_t> order;
  work_in_order(
      kCount, {.threads = 8, .ahead = 16}, [&](std::size_t i) { results[i] = i * 3; },
      [&](std::size_t i) {
        EXPECT_EQ(results[i], i * 3);
        order.push_back(i);
      });
  std::vector<std::size_t> expected(kCount);
  std::iota(expected.begin(), expected.end(), 0u);
  EXPECT_EQ(order, expected);
}

TEST(OrderedWork, NothingIsBegunTooFarAhead) {
  std::atomic<std::size_t> done = 0;
  std::atomic<std::size_t> furthest = 0;
  work_in_order(
      1000, {.threads = 4, .ahead = 10},
      [&](std::size_t i) {
        const std::size_t ahead = i - std::min(i, done.load());
        std::size_t seen = furthest;
        while (ahead > seen && !furthest.compare_exchange_weak(seen, ahead)) {
        }
      },
      [&](std::size_t i) { done = i + 1; });
  EXPECT_LE(furthest, 10u);
}

TEST(OrderedWork, NoWorkAndOneThreadAreFine) {
  work_in_order(0, {}, [](std::size_t) { FAIL(); }, [](std::size_t) { FAIL(); });
  std::vector<std::size_t> order;
  work_in_order(
      3, {.threads = 1, .ahead = 1}, [](std::size_t) {},
      [&](std::size_t i) { order.push_back(i); });
  EXPECT_THAT(order, testing::ElementsAre(0, 1, 2));
}

TEST(OrderedWork, EndsWhenResultsCannotBeTaken) {
  std::atomic<std::size_t> begun = 0;
  EXPECT_THROW(work_in_order(
                   1000, {.threads = 4, .ahead = 8}, [&](std::size_t) { ++begun; },
                   [](std::size_t i) {
                     if (i == 2) throw std::runtime_error("the disk is full");
                   }),
               std::runtime_error);
  EXPECT_LE(begun, 20u);
}

}  // namespace
}  // namespace candor::crawl
