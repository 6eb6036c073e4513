#include <gtest/gtest.h>

#include <type_traits>
#include <unordered_set>

#include "base/byte_range.h"
#include "base/clock.h"
#include "base/strong_id.h"

namespace candor {
namespace {

static_assert(!std::is_convertible_v<LinkId, ArticleId>);
static_assert(!std::is_constructible_v<LinkId, ArticleId>);

TEST(StrongId, ZeroIsNone) {
  EXPECT_FALSE(LinkId{});
  EXPECT_TRUE(LinkId{1});
  EXPECT_LT(LinkId{1}, LinkId{2});
  EXPECT_EQ((std::unordered_set<LinkId>{LinkId{1}, LinkId{1}, LinkId{2}}.size()), 2U);
}

TEST(ByteRange, IsHalfOpen) {
  const ByteRange range{2, 5};
  EXPECT_EQ(range.of("abcdefg"), "cde");
  EXPECT_EQ(range.size(), 3U);
  EXPECT_TRUE(range.contains(2));
  EXPECT_FALSE(range.contains(5));
  EXPECT_TRUE((ByteRange{4, 4}.empty()));
}

TEST(Millis, RoundTripAlsoBefore1970) {
  for (const std::int64_t ms : {std::int64_t{-1}, std::int64_t{0}, std::int64_t{1795388400000}})
    EXPECT_EQ(to_ms(from_ms(ms)), ms);
}

}  // namespace
}  // namespace candor
