#include "attribution/suggest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace candor::attribution {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<KnownArticle> kArticles{
    {ArticleId{1}, "/reviews/best-kettles/"}, {ArticleId{2}, "/best-lamps.html"},
    {ArticleId{3}, "/kitchen/best_kettles"},  {ArticleId{4}, "/best-pans/"},
    {ArticleId{5}, "/best-tents/"},           {ArticleId{6}, "/"}};

std::vector<std::string> suggested(std::string_view text, std::size_t limit = 9) {
  std::vector<std::string> paths;
  for (const NamedAlike& each : NameMatcher(kArticles).find(text, limit))
    paths.push_back(each.path);
  return paths;
}

TEST(NameMatcher, APathOrItsEndNamesAnArticle) {
  EXPECT_THAT(suggested("best-kettles"),
              ElementsAre("/kitchen/best_kettles", "/reviews/best-kettles/"));
  EXPECT_THAT(suggested("BestKettles", 1), ElementsAre("/kitchen/best_kettles"));
  EXPECT_THAT(suggested("/reviews/best-kettles"),
              ElementsAre("/reviews/best-kettles/", "/kitchen/best_kettles"));
  EXPECT_TRUE(NameMatcher(kArticles).find("bestlamps", 1).front().same);
}

TEST(NameMatcher, ATagsMarketplaceIsLeftOut) {
  EXPECT_TRUE(NameMatcher(kArticles).find("best-lamps-20", 1).front().same);
}

TEST(NameMatcher, TellingWordsSuggestTooAndASingularIsAPlural) {
  EXPECT_THAT(suggested("newsletter-lamp"), ElementsAre("/best-lamps.html"));
  EXPECT_FALSE(NameMatcher(kArticles).find("newsletter-lamp", 1).front().same);
  EXPECT_THAT(suggested("kettles_reviews"),
              ElementsAre("/reviews/best-kettles/", "/kitchen/best_kettles"));
}

TEST(NameMatcher, WordsOfManyArticlesShortAndForeignOnesTellNothing) {
  for (const char* text : {"", "-", "best", "of", "garden", "ten"})
    EXPECT_THAT(suggested(text), IsEmpty()) << text;
}

}  // namespace
}  // namespace candor::attribution
