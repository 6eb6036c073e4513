#include "attribution/tag_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace candor::attribution {
namespace {

constexpr Currency kEuro{{'E', 'U', 'R'}};
constexpr Currency kDollar{{'U', 'S', 'D'}};

using ::testing::ElementsAre;

TagCandidate article(std::string path, std::vector<Money> money, std::int64_t clicks,
                     std::string tag = {}) {
  return {ArticleId{1}, std::move(path), std::move(money), clicks, std::move(tag)};
}

std::vector<std::string> told(const std::vector<TagAdvice>& advice) {
  std::vector<std::string> out;
  for (const TagAdvice& each : advice)
    out.push_back(each.candidate.path + (each.deserves ? " yes" : " no"));
  return out;
}

TEST(TagPlan, MoneyComesFirstThenClicks) {
  EXPECT_THAT(
      told(plan_tags({article("/clicks/", {}, 900), article("/few/", {}, 3),
                      article("/rich/", {{9, kEuro}}, 1), article("/poor/", {{5, kEuro}}, 50),
                      article("/dollars/", {{99, kDollar}}, 0), article("/none/", {}, 0),
                      article("/has/", {}, 0, "has-20")},
                     1, 4)),
      ElementsAre("/has/ no", "/rich/ yes", "/poor/ yes", "/clicks/ yes", "/few/ no",
                  "/dollars/ no"));
}

TEST(TagPlan, WithoutTagsLeftNoneIsAdvised) {
  EXPECT_THAT(told(plan_tags({article("/a/", {{9, kEuro}}, 1)}, 100, 100)), ElementsAre("/a/ no"));
  EXPECT_THAT(told(plan_tags({article("/a/", {{9, kEuro}}, 1)}, 101, 100)), ElementsAre("/a/ no"));
}

}  // namespace
}  // namespace candor::attribution
