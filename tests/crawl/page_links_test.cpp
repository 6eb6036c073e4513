#include "crawl/page_links.h"

#include <gmock/gmock.h>

namespace candor::crawl {
namespace {

using testing::ElementsAre;

TEST(PageLinks, LinksOfTheOwnHostInOrderOnce) {
  EXPECT_THAT(
      page_links("<a href=b>b</a><a href='/c?x=1&amp;y=2#top'>c</a><A HREF=\"b\">b</A>"
                 "<map><area href=/d></map><a href=https://other.example/>o</a>"
                 "<a href=//s.example:444/>port</a><a href=mailto:x@y>m</a>"
                 "<!-- <a href=/no>no</a> --><script>'<a href=/no>'</script>",
                 "https://s.example/a/"),
      ElementsAre("https://s.example/a/b", "https://s.example/c?x=1&y=2", "https://s.example/d"));
}

TEST(PageLinks, NothingThatWouldCountAsAClickIsFollowed) {
  EXPECT_THAT(page_links("<a rel='noopener NoFollow' href=/1>1</a><a rel=sponsored href=/2>2</a>"
                         "<a href=/go/kettle>3</a><a href=/recommends/x>4</a>"
                         "<a href=/file.zip download>5</a><a href=/gone/>6</a>",
                         "https://s.example/"),
              ElementsAre("https://s.example/gone/"));
}

TEST(PageLinks, TheBaseElementDecidesWhereRelativeLinksLead) {
  EXPECT_THAT(page_links("<base href=/blog/><a href=x>x</a>", "https://s.example/a/"),
              ElementsAre("https://s.example/blog/x"));
  EXPECT_EQ(absolute("../style.css", "https://s.example/a/b"), "https://s.example/style.css");
}

}  // namespace
}  // namespace candor::crawl
