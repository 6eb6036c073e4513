#include "click/click.h"

#include <gtest/gtest.h>

namespace candor {
namespace {

TEST(Verdict, NamesAreReadBack) {
  for (int i = 0; i < kVerdictCount; ++i) {
    const auto verdict = static_cast<Verdict>(i);
    EXPECT_EQ(find_verdict(name_of(verdict)), verdict);
  }
  EXPECT_EQ(name_of(Verdict::Human), "human");
  EXPECT_EQ(name_of(Verdict::Repeat), "repeat");
  EXPECT_FALSE(find_verdict("Human"));
  EXPECT_FALSE(find_verdict(""));
}

}  // namespace
}  // namespace candor
