#include "crawl/sitemap.h"

#include <gmock/gmock.h>
#include <zlib.h>

namespace candor::crawl {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string gzip(std::string_view text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string in(text);
  std::string out(deflateBound(&stream, static_cast<uLong>(in.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

TEST(Sitemap, AddressesAreReadWithTheirEntities) {
  const auto map = parse_sitemap(
      "\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- <loc>no</loc> --><urlset "
      "xmlns:image=\"i\"><url><loc> https://s.example/a?x=1&amp;y=2 </loc>"
      "<image:image><image:loc>https://s.example/i.png</image:loc></image:image></url>"
      "<url><loc><![CDATA[https://s.example/b]]></loc></url></urlset>",
      100);
  ASSERT_TRUE(map);
  EXPECT_THAT(map->pages, ElementsAre("https://s.example/a?x=1&y=2", "https://s.example/b"));
  EXPECT_THAT(map->sitemaps, IsEmpty());
}

TEST(Sitemap, AnIndexNamesSitemaps) {
  const auto map = parse_sitemap(
      "<sitemapindex><sitemap><loc>https://s.example/1.xml.gz</loc></sitemap>"
      "<sitemap><loc>https://s.example/2.xml</loc></sitemap></sitemapindex>",
      100);
  ASSERT_TRUE(map);
  EXPECT_THAT(map->sitemaps, ElementsAre("https://s.example/1.xml.gz", "https://s.example/2.xml"));
  EXPECT_THAT(map->pages, IsEmpty());
}

TEST(Sitemap, TextHasAnAddressOnEachLine) {
  const auto map = parse_sitemap("https://s.example/a\r\nhttps://s.example/b\n", 100);
  ASSERT_TRUE(map);
  EXPECT_THAT(map->pages, ElementsAre("https://s.example/a", "https://s.example/b"));
}

TEST(Sitemap, AnErrorPageIsNone) {
  EXPECT_FALSE(parse_sitemap("<!doctype html><title>Not found</title><loc>x</loc>", 100));
  EXPECT_FALSE(parse_sitemap("Not found", 100));
  EXPECT_FALSE(parse_sitemap("", 100));
}

TEST(Sitemap, NoMoreAddressesThanAskedFor) {
  std::string xml = "<urlset>";
  for (int i = 0; i < 10; ++i) xml += "<url><loc>https://s.example/</loc></url>";
  EXPECT_EQ(parse_sitemap(xml + "</urlset>", 4)->pages.size(), 4u);
}

TEST(Sitemap, GzipIsUnpackedUpToALimit) {
  const std::string text(100'000, 'x');
  const std::string packed = gzip(text);
  EXPECT_EQ(gunzip(packed, 1 << 20), text);
  EXPECT_FALSE(gunzip(packed, 99'999));
  EXPECT_FALSE(gunzip(packed.substr(0, packed.size() - 9), 1 << 20));
  EXPECT_FALSE(gunzip("no gzip", 1 << 20));
}

}  // namespace
}  // namespace candor::crawl
