#include "app/progress.h"

#include <gtest/gtest.h>

namespace candor::app {
namespace {

TEST(Progress, LineShowsTheShareDone) {
  EXPECT_EQ(progress_line(5, 10, 2), "[###############               ] 5/10 pages, 2 a second");
  EXPECT_EQ(progress_line(3, 0, 0), "3 pages");
}

}  // namespace
}  // namespace candor::app
