#include "click/article_mac.h"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace candor {
namespace {

constexpr ClickTokenKey kKey{'k', {1, 2, 3, 4, 5, 6, 7, 8}};
constexpr ClickTokenKey kOther{'l', {1, 2, 3, 4, 5, 6, 7, 9}};

TEST(ArticleMac, IsTheSameForTheSamePathAndKey) {
  const std::string mac = article_mac("/kettles/", kKey);
  EXPECT_EQ(mac, article_mac("/kettles/", kKey));
  EXPECT_EQ(mac.size(), 16u);
  EXPECT_EQ(mac.find_first_not_of("0123456789abcdef"), std::string::npos);
  const std::set<std::string> different{mac, article_mac("/kettles", kKey),
                                        article_mac("/kettles/", kOther), article_mac("", kKey)};
  EXPECT_EQ(different.size(), 4u);
}

TEST(ArticleMac, HoldsUnderAnyOfTheKeysAndForNothingElse) {
  const std::array keys{kOther, kKey};
  const std::string mac = article_mac("/kettles/", kKey);
  EXPECT_TRUE(is_article_mac(mac, "/kettles/", keys));
  EXPECT_FALSE(is_article_mac(mac, "/pots/", keys));
  EXPECT_FALSE(is_article_mac(mac, "/kettles/", std::array{kOther}));
  EXPECT_FALSE(is_article_mac(mac.substr(1), "/kettles/", keys));
  EXPECT_FALSE(is_article_mac("", "/kettles/", keys));
  for (std::size_t i = 0; i < mac.size(); ++i) {
    std::string forged = mac;
    forged[i] = forged[i] == '0' ? '1' : '0';
    EXPECT_FALSE(is_article_mac(forged, "/kettles/", keys)) << i;
  }
}

}  // namespace
}  // namespace candor
