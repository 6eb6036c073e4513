#include "link/link.h"

#include <gtest/gtest.h>

namespace candor {
namespace {

Link sound_link() {
  Link link;
  link.slug = "protein-bar";
  link.destination = "https://shop.example/bar?id=1";
  return link;
}

TEST(Slug, LowerCaseLettersDigitsAndThreeMarksAreUsable) {
  for (const std::string slug : {"a", "7", "protein-bar", "a.b_c-d"})
    EXPECT_FALSE(check_slug(slug)) << slug;
  EXPECT_FALSE(check_slug(std::string(100, 'x')));
}

TEST(Slug, TheRestIsRefusedWithAReason) {
  for (const std::string slug : {"", "-a", ".a", "_a", "Bar", "a b", "a/b", "é", "a%62", "a\r\n"}) {
    const auto error = check_slug(slug);
    ASSERT_TRUE(error) << slug;
    EXPECT_EQ(error->field, "slug");
    EXPECT_FALSE(error->message.empty());
  }
  EXPECT_TRUE(check_slug(std::string(101, 'x')));
}

TEST(Link, ASoundLinkIsStored) {
  EXPECT_FALSE(check_link(sound_link()));
  Link link = sound_link();
  link.match_url = "https://www.awin1.com/cread.php?awinmid=1";
  EXPECT_FALSE(check_link(link));
}

TEST(Link, TheMemberAtFaultIsNamed) {
  Link link = sound_link();
  link.slug = "Bar";
  EXPECT_EQ(check_link(link)->field, "slug");
  link = sound_link();
  link.destination = "javascript:alert(1)";
  EXPECT_EQ(check_link(link)->field, "destination");
  EXPECT_EQ(check_link(link)->message, "the URL must begin with http:// or https://");
  link = sound_link();
  link.match_url = "https://u:p@shop.example/";
  EXPECT_EQ(check_link(link)->field, "match_url");
}

}  // namespace
}  // namespace candor
