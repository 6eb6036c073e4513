#include "link/url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace candor {
namespace {

using testing::ElementsAre;
using testing::FieldsAre;

std::string href_of(std::string_view input) {
  const auto url = parse_url(input);
  return url ? url->href : "refused: " + std::string(name_of(url.error()));
}

TEST(Url, PartsAreSlicesOfTheSerialisation) {
  const auto url = parse_url("HTTPS://Shop.Example:8443/a/../b?x=1&y#top");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->href, "https://shop.example:8443/b?x=1&y#top");
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->host, "shop.example");
  EXPECT_EQ(url->port, "8443");
  EXPECT_EQ(url->path, "/b");
  EXPECT_EQ(url->query, "x=1&y");
  EXPECT_EQ(url->fragment, "top");
  EXPECT_TRUE(url->has_query);
  EXPECT_TRUE(url->has_fragment);
}

TEST(Url, AnEmptyQueryIsKeptApartFromNone) {
  EXPECT_EQ(href_of("http://shop.example/?"), "http://shop.example/?");
  EXPECT_FALSE(parse_url("http://shop.example/")->has_query);
  EXPECT_TRUE(parse_url("http://shop.example/?")->has_query);
  EXPECT_EQ(href_of("http://shop.example/#"), "http://shop.example/#");
}

TEST(Url, RefusalsNameTheirReason) {
  EXPECT_EQ(href_of(""), "refused: empty");
  EXPECT_EQ(href_of("   "), "refused: empty");
  EXPECT_EQ(href_of("javascript:alert(1)"), "refused: not-http");
  EXPECT_EQ(href_of("ftp://shop.example/"), "refused: not-http");
  EXPECT_EQ(href_of("//shop.example/"), "refused: not-http");
  EXPECT_EQ(href_of("shop.example"), "refused: not-http");
  EXPECT_EQ(href_of("https://user@shop.example/"), "refused: credentials");
  EXPECT_EQ(href_of("https://user:pass@shop.example/"), "refused: credentials");
  EXPECT_EQ(href_of("https://:pass@shop.example/"), "refused: credentials");
  EXPECT_EQ(href_of("https://"), "refused: missing-host");
  EXPECT_EQ(href_of("https://?q"), "refused: missing-host");
  EXPECT_EQ(href_of("https://:80/"), "refused: missing-host");
  EXPECT_EQ(href_of("https://sho p.example/"), "refused: bad-host");
  EXPECT_EQ(href_of("https://1.2.3.4.5/"), "refused: bad-host");
  EXPECT_EQ(href_of("https://[::1/"), "refused: bad-host");
  EXPECT_EQ(href_of("https://shop.example:65536/"), "refused: bad-port");
  EXPECT_EQ(href_of("https://shop.example:8o/"), "refused: bad-port");
  EXPECT_EQ(href_of("https://shop.example/\r\nSet-Cookie: a=1"), "refused: control-character");
  EXPECT_EQ(href_of("java\tscript:alert(1)"), "refused: control-character");
  EXPECT_EQ(href_of(std::string_view("https://shop.example/\0", 22)), "refused: control-character");
  EXPECT_EQ(href_of("https://shop.example/" + std::string(8192, 'a')), "refused: too-long");
  EXPECT_EQ(href_of("https://shop.example/" + std::string(4000, ' ') + "a"), "refused: too-long");
}

TEST(Url, EveryErrorHasASentence) {
  for (const UrlError error :
       {UrlError::Empty, UrlError::NotHttp, UrlError::Credentials, UrlError::MissingHost,
        UrlError::BadHost, UrlError::BadPort, UrlError::ControlCharacter, UrlError::TooLong}) {
    EXPECT_FALSE(name_of(error).empty());
    EXPECT_GT(message_of(error).size(), 15U);
  }
}

TEST(Url, HostsAreSpeltAsBrowsersSendThem) {
  EXPECT_EQ(href_of("https://Bücher.example"), "https://xn--bcher-kva.example/");
  EXPECT_EQ(href_of("https://faß.example"), "https://xn--fa-hia.example/");
  EXPECT_EQ(href_of("http://0x7f.1"), "http://127.0.0.1/");
  EXPECT_EQ(href_of("http://[2001:DB8:0:0:1:0:0:1]/"), "http://[2001:db8::1:0:0:1]/");
  EXPECT_EQ(href_of("http://[::ffff:1.2.3.4]/"), "http://[::ffff:102:304]/");
  EXPECT_EQ(href_of("http://[1:2:3:4:5:6:7::]/"), "http://[1:2:3:4:5:6:7:0]/");
  EXPECT_EQ(href_of("http://[::2:3:4:5:6:7:8]/"), "http://[0:2:3:4:5:6:7:8]/");
  EXPECT_EQ(href_of("http://[1:2:3:4:5:6:7:8:9]/"), "refused: bad-host");
  EXPECT_EQ(href_of("http://[1:::2]/"), "refused: bad-host");
  EXPECT_EQ(href_of("http://[::01.2.3.4]/"), "refused: bad-host");
}

TEST(Url, MalformedUtf8IsReplacedAsABrowserDoes) {
  EXPECT_EQ(href_of("http://shop.example/\xff"), "http://shop.example/%EF%BF%BD");
  EXPECT_EQ(href_of("http://sh\xffop.example/"), "refused: bad-host");
}

TEST(Url, ParsingASerialisationChangesNothing) {
  EXPECT_TRUE(rc::check("href is a fixed point", [] {
    const auto tail = *rc::gen::container<std::string>(
        rc::gen::elementOf(std::string("aZ09./\\?#&=%2eE:@[]^|`{}'\"<> ~_-+;,$!*()\x7f\xc3\xa9")));
    const auto url = parse_url("https://shop.example" + tail);
    if (!url) return;
    const auto again = parse_url(url->href);
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->href == url->href);
    RC_ASSERT(again->host == url->host);
    RC_ASSERT(again->path == url->path);
    RC_ASSERT(again->query == url->query);
  }));
}

TEST(Url, AnyBytesGiveAHeaderSafeHrefOrARefusal) {
  EXPECT_TRUE(rc::check("printable ASCII only", [](const std::string& bytes) {
    const auto url = parse_url("http://h/" + bytes);
    if (!url) return;
    for (const char c : url->href) RC_ASSERT(c > 0x20 && c < 0x7f);
  }));
}

TEST(Query, NamesAndValuesAreDecodedOnce) {
  EXPECT_THAT(parse_query("a=1&b=x+y&c=%252F&&d&=e&f=g=h"),
              ElementsAre(FieldsAre("a", "1"), FieldsAre("b", "x y"), FieldsAre("c", "%2F"),
                          FieldsAre("d", ""), FieldsAre("", "e"), FieldsAre("f", "g=h")));
  EXPECT_TRUE(parse_query("").empty());
}

TEST(Query, MalformedEscapesStay) { EXPECT_EQ(percent_decode("%zz%4%41%"), "%zz%4A%"); }

TEST(Query, EncodingRoundTripsAnyBytes) {
  EXPECT_TRUE(rc::check("decode(encode(x)) == x", [](const std::string& bytes) {
    const std::string encoded = percent_encode(bytes);
    RC_ASSERT(percent_decode(encoded) == bytes);
    RC_ASSERT(encoded.find_first_of("&=+# /?") == std::string::npos);
  }));
}

}  // namespace
}  // namespace candor
