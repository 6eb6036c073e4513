#include "base/guarded.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace candor {
namespace {

TEST(Guarded, NoUpdateOfAnyThreadIsLost) {
  Guarded<int> count(0);
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&count] {
        for (int i = 0; i < 10'000; ++i) count.with([](int& value) { ++value; });
      });
  }
  const Guarded<int>& read_only = count;
  EXPECT_EQ(read_only.with([](const int& value) { return value; }), 40'000);
}

}  // namespace
}  // namespace candor
