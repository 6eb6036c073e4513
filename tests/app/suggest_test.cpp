#include "app/suggest.h"

#include <gtest/gtest.h>

namespace candor::app {
namespace {

const std::vector<std::string> kWords{"link", "click", "inject", "audit", "report", "revenue"};

TEST(Nearest, FindsSlipsOfTheFinger) {
  EXPECT_EQ(nearest("lnik", kWords), "link");
  EXPECT_EQ(nearest("clik", kWords), "click");
  EXPECT_EQ(nearest("reprot", kWords), "report");
  EXPECT_EQ(nearest("injekt", kWords), "inject");
  EXPECT_EQ(nearest("link", kWords), "link");
}

TEST(Nearest, FindsBeginnings) {
  EXPECT_EQ(nearest("rev", kWords), "revenue");
  EXPECT_EQ(nearest("aud", kWords), "audit");
}

TEST(Nearest, GuessesNothingFarAway) {
  EXPECT_EQ(nearest("frobnicate", kWords), "");
  EXPECT_EQ(nearest("", kWords), "");
  EXPECT_EQ(nearest("x", kWords), "");
  EXPECT_EQ(nearest("link", {}), "");
}

}  // namespace
}  // namespace candor::app
