// Annotations, and what scans found changed of articles.
#include <gmock/gmock.h>

#include "contract/store_contract.h"

namespace candor::contract {
namespace {

using testing::ElementsAre;
using testing::Field;

store::Annotation remark(rollup::DayNumber from, rollup::DayNumber to, const std::string& text) {
  return {.from = from, .to = to, .text = text, .author = "owner", .created_at_ms = 7'000};
}

store::ArticleScan scan_at(std::int64_t at_ms, const std::string& verdict) {
  store::ArticleScan scan;
  scan.article.path = "/blenders";
  scan.article.title = "Best blenders";
  scan.article.verdict = verdict;
  scan.article.origin = "audit";
  scan.article.seen_at_ms = at_ms;
  scan.links = {{1, "https://a.example/1", "awin", "a"}, {2, "https://a.example/2", "awin", "b"}};
  return scan;
}

TEST_P(StoreContract, AnnotationsAreListedByTheDaysTheyTouch) {
  store().add_annotation(remark(110, 120, "sale"));
  const std::int64_t theme = store().add_annotation(remark(100, 100, "new theme"));
  reopen();
  const auto texts = [&](rollup::DayNumber from, rollup::DayNumber to) {
    std::vector<std::string> all;
    for (const auto& each : store().list_annotations(from, to)) all.push_back(each.text);
    return all;
  };
  EXPECT_THAT(texts(90, 130), ElementsAre("new theme", "sale"));
  EXPECT_THAT(texts(101, 109), ElementsAre());
  EXPECT_THAT(texts(120, 130), ElementsAre("sale"));
  EXPECT_THAT(texts(90, 100), ElementsAre("new theme"));
  const store::Annotation found = store().find_annotation(theme).value();
  EXPECT_EQ(found.author, "owner");
  EXPECT_EQ(found.created_at_ms, 7'000);
  EXPECT_EQ(found.version, 1);
}

TEST_P(StoreContract, AnAnnotationIsChangedByWhoSawItsLastVersion) {
  store::Annotation mine = remark(100, 100, "new theme");
  mine.id = store().add_annotation(mine);
  mine.text = "new theme, and faster";
  mine.to = 101;
  EXPECT_TRUE(store().update_annotation(mine));
  EXPECT_EQ(store().find_annotation(mine.id).value().version, 2);
  mine.text = "from an old page";
  EXPECT_FALSE(store().update_annotation(mine));
  EXPECT_EQ(store().find_annotation(mine.id).value().text, "new theme, and faster");
  EXPECT_EQ(store().find_annotation(mine.id).value().to, 101);
  EXPECT_TRUE(store().remove_annotation(mine.id));
  EXPECT_FALSE(store().remove_annotation(mine.id));
  EXPECT_FALSE(store().find_annotation(mine.id).has_value());
}

TEST_P(StoreContract, AScanThatFindsAnArticleChangedIsItsRevision) {
  store().record_scans({scan_at(1'000, "fail")});
  store().record_scans({scan_at(2'000, "fail")});  // nothing new
  store::ArticleScan without_verdict = scan_at(3'000, "");
  store().record_scans({without_verdict});  // keeps the known one: nothing new either
  store::ArticleScan other_links = scan_at(4'000, "pass");
  other_links.links = {{1, "https://a.example/2", "awin", "b"},
                       {2, "https://b.example/", "", ""},
                       {3, "https://b.example/", "", ""}};
  store().record_scans({other_links});
  reopen();
  const ArticleId id = store().find_article("/blenders").value().id;
  const auto revisions = store().list_revisions(id);
  ASSERT_THAT(revisions, ElementsAre(Field(&store::ArticleRevision::at_ms, 1'000),
                                     Field(&store::ArticleRevision::at_ms, 4'000)));
  EXPECT_EQ(revisions[0].verdict, "fail");
  EXPECT_EQ(revisions[0].link_count, 2);
  EXPECT_EQ(revisions[0].links_added, 0);
  EXPECT_EQ(revisions[1].verdict, "pass");
  EXPECT_EQ(revisions[1].link_count, 3);
  EXPECT_EQ(revisions[1].links_added, 2);
  EXPECT_EQ(revisions[1].links_removed, 1);
}

TEST_P(StoreContract, RevisionsOfAllArticlesAreListedUpToAMoment) {
  store::ArticleScan other = scan_at(1'500, "warn");
  other.article.path = "/kettles";
  store().record_scans({scan_at(1'000, "fail"), other});
  store().record_scans({scan_at(2'000, "pass")});
  const auto moments = [&](std::int64_t before) {
    std::vector<std::int64_t> all;
    for (const auto& each : store().list_revisions_before(before)) all.push_back(each.at_ms);
    return all;
  };
  EXPECT_THAT(moments(2'000), ElementsAre(1'000, 1'500));
  EXPECT_THAT(moments(2'001), ElementsAre(1'000, 1'500, 2'000));
}

}  // namespace
}  // namespace candor::contract
