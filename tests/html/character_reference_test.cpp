#include "html/character_reference.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <string_view>

namespace candor::html {
namespace {

std::string text(std::string_view raw) { return decode_references(raw, ReferenceContext::Text); }
std::string attribute(std::string_view raw) {
  return decode_references(raw, ReferenceContext::Attribute);
}

TEST(CharacterReference, TheLongestNameCounts) {
  EXPECT_EQ(text("&notit; &notin; &not"), "\xC2\xACit; \xE2\x88\x89 \xC2\xAC");
  EXPECT_EQ(text("&amp;amp; &ampamp"), "&amp; &amp");
  EXPECT_EQ(text("&NotEqualTilde;"), "\xE2\x89\x82\xCC\xB8");
}

TEST(CharacterReference, QueryStringsKeepNamesWithoutSemicolon) {
  EXPECT_EQ(attribute("?a=1&copy=2&copyx&copy;&copy"), "?a=1&copy=2&copyx\xC2\xA9\xC2\xA9");
  EXPECT_EQ(text("?a=1&copy=2&copyx"), "?a=1\xC2\xA9=2\xC2\xA9x");
}

TEST(CharacterReference, NumbersMeanWhatTheStandardSays) {
  EXPECT_EQ(text("&#65;&#x41;&#X41&#65"), "AAAA");
  EXPECT_EQ(text("&#128;&#x99;"), "\xE2\x82\xAC\xE2\x84\xA2");
  EXPECT_EQ(text("&#0;&#xD800;&#x110000;&#99999999999999999999;"),
            "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(text("&#;&#x;&#xg&# &"), "&#;&#x;&#xg&# &");
}

TEST(CharacterReference, OtherAmpersandsStay) {
  EXPECT_EQ(text("a & b &nosuch; &&"), "a & b &nosuch; &&");
}

TEST(EscapeAscii, EveryCharacterComesBack) {
  EXPECT_EQ(escape_ascii("<\xC3\xA4&\"'>"), "&lt;&#228;&amp;&quot;&#39;&gt;");
  EXPECT_EQ(escape_ascii("\xFF\xF0\x9F\x98\x80\r"), "&#65533;&#128512;&#13;");
  EXPECT_TRUE(rc::check("ASCII text", [] {
    const auto plain = *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
    RC_ASSERT(text(escape_ascii(plain)) == plain);
    RC_ASSERT(attribute(escape_ascii(plain)) == plain);
  }));
}

}  // namespace
}  // namespace candor::html
