#include "redirect/visit.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

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

// Referers in the form browsers send are read without the URL parser; they must come out as it
// would have them.
TEST(Visit, RefererIsReadAsTheUrlParserReadsIt) {
  const LinkTable articles = sample_articles();
  EXPECT_TRUE(rc::check("host, path and article", [&articles] {
    using Words = std::vector<std::string>;
    const auto word_of = [](const Words& words) { return *rc::gen::elementOf(words); };
    std::string referer = word_of({"https://", "http://", "HTTPS://", "https:/", "ftp://"});
    referer += word_of({"blog.example", "BLOG.example", "127.0.0.1", "0x7f.1", "a.1", "xn--a", "",
                        "b..example", ".blog.example", "blog.example.", "r--x.example", "a b",
                        "u@blog.example", "blog.example:443", "blog.example:8080", "-.example"});
    const auto parts = *rc::gen::inRange(0, 4);
    for (int part = 0; part < parts; ++part)
      referer += word_of({"/", "/recipes/soup/", "/a", "/./", "/..", "/..a", "/%2e/", "/%41", "/ü",
                          "\\b", "/b|c", "/a\tb", "//", "/.", "/x.y", "/~_-"});
    referer += word_of({"", "?q", "?q=/../", "#f", "?a#b"});
    const Source source = read_source(from(referer), articles, kHosts);
    const auto url = parse_url(referer);
    RC_LOG(referer);
    RC_ASSERT(source.referrer == (url ? url->host + url->path : ""));
    const bool ours = url && (url->host == "blog.example" || url->host == "127.0.0.1");
    RC_ASSERT(source.article == (ours ? articles.find_article(url->path) : ArticleId{}));
  }));
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
