#include "redirect/visit.h"

#include <gtest/gtest.h>

#include "link/url.h"

namespace candor::redirect {
namespace {

const std::vector<std::string> kHosts{"blog.example", "127.0.0.1"};

LinkTable sample_articles() {
  return {{}, {{{7}, "/recipes/soup/"}, {{8}, "/a"}, {{9}, "/"}, {{10}, "/..a"}}};
}

http::Request from(const std::string& referer) {
  http::Request request;
  request.headers.emplace_back("Referer", referer);
  return request;
}

void expect_as_parsed(const std::string& referer, const LinkTable& articles) {
  const Source source = read_source(from(referer), articles, kHosts);
  const auto url = parse_url(referer);
  ASSERT_EQ(source.referrer, url ? url->host + url->path : "") << referer;
  const bool ours = url && (url->host == "blog.example" || url->host == "127.0.0.1");
  ASSERT_EQ(source.article, ours ? articles.find_article(url->path) : ArticleId{}) << referer;
}

// Referers in the form browsers send are read without the URL parser; they must come out as it
// would have them. All of these together, since few of them differ in any one place.
TEST(Visit, RefererIsReadAsTheUrlParserReadsIt) {
  const LinkTable articles = sample_articles();
  const std::vector<std::string> schemes{"https://", "http://", "HTTPS://", "https:/", "ftp://"};
  const std::vector<std::string> authorities{
      "blog.example",     "BLOG.example",  "127.0.0.1",
      "0x7f.1",           "a.1",           "xn--a",
      "b..example",       ".blog.example", "",
      "blog.example.",    "r--x.example",  "a b",
      "u@blog.example",   "-.example",     "blog.example:443",
      "blog.example:8080"};
  const std::vector<std::string> parts{
      "",        "/",   "/recipes/soup/", "/a",    "/./", "/..", "/..a", "/%2e/", "/%41",
      "/\u00fc", "\\b", "/b|c",           "/a\tb", "//",  "/.",  "/x.y", "/~_-"};
  for (const std::string& scheme : schemes)
    for (const std::string& authority : authorities)
      for (const std::string& first : parts)
        for (const std::string& second : parts)
          for (const char* tail : {"", "?q=/../", "#f"})
            ASSERT_NO_FATAL_FAILURE(
                expect_as_parsed(scheme + authority + first + second + tail, articles));
}

TEST(Visit, LongReferrersAreCut) {
  const LinkTable articles = sample_articles();
  for (const char c : {'r', '|'}) {
    const std::string path(3000, c);
    EXPECT_EQ(read_source(from("https://blog.example/" + path), articles, kHosts).referrer.size(),
              kReferrerBytes);
  }
}

}  // namespace
}  // namespace candor::redirect
