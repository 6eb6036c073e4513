#include "html/encoding.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace candor::html {
namespace {

std::string sniffed(std::string_view bytes, std::string_view http_charset = {}) {
  return sniff_encoding(bytes, http_charset).name;
}

std::string utf8(std::string_view bytes, std::string_view encoding) {
  return to_utf8(bytes, sniff_encoding("", encoding));
}

TEST(Encoding, ByteOrderMarkThenHttpThenMetaThenBytes) {
  EXPECT_EQ(sniffed("\xEF\xBB\xBF<meta charset=gbk>", "big5"), "UTF-8");
  EXPECT_EQ(sniffed("\xFF\xFEx"), "UTF-16LE");
  EXPECT_EQ(sniffed("<meta charset=gbk>", " Latin1 "), "windows-1252");
  EXPECT_EQ(sniffed("<meta charset=gbk>", "nonsense"), "GBK");
  EXPECT_EQ(sniffed("gr\xC3\xBC\xC3\x9F"), "UTF-8");
  EXPECT_EQ(sniffed("gr\xFC\xDF"), "windows-1252");
}

TEST(Encoding, TheMetaPrescanReadsAsTheStandardSays) {
  EXPECT_EQ(sniffed("<META CHARSET='Shift_JIS'>"), "Shift_JIS");
  EXPECT_EQ(sniffed("<meta content='text/html; charset = \"euc-kr\"' http-equiv=Content-Type>"),
            "EUC-KR");
  EXPECT_EQ(sniffed("<meta content='text/html; charset=euc-kr'>"), "UTF-8");
  EXPECT_EQ(sniffed("<!-- <meta charset=gbk> --><meta charset=koi8-r>"), "KOI8-R");
  EXPECT_EQ(sniffed("<a title='<meta charset=gbk>'><meta charset=koi8-r>"), "KOI8-R");
  EXPECT_EQ(sniffed("<meta charset=utf-16>"), "UTF-8");
  EXPECT_EQ(sniffed("<meta charset=x-user-defined>"), "windows-1252");
  EXPECT_EQ(sniffed("<metax charset=gbk>"), "UTF-8");
  EXPECT_EQ(sniffed(std::string(1024, ' ') + "<meta charset=gbk>"), "UTF-8");
}

TEST(Encoding, OnlySomeCanBeEditedInPlace) {
  EXPECT_TRUE(sniff_encoding("", "Shift_JIS").ascii_compatible);
  EXPECT_TRUE(sniff_encoding("", "gb18030").ascii_compatible);
  EXPECT_FALSE(sniff_encoding("", "utf-16").ascii_compatible);
  EXPECT_FALSE(sniff_encoding("", "iso-2022-jp").ascii_compatible);
  EXPECT_FALSE(sniff_encoding("", "hz-gb-2312").ascii_compatible);
}

TEST(Encoding, LegacyTextBecomesUtf8) {
  EXPECT_EQ(utf8("\x80\x81\x99", "windows-1252"), "\xE2\x82\xAC\xC2\x81\xE2\x84\xA2");
  EXPECT_EQ(utf8("\x82\xA0\x87\x40", "sjis"), "\xE3\x81\x82\xE2\x91\xA0");
  EXPECT_EQ(utf8("\xC4\xE3", "gbk"), "\xE4\xBD\xA0");
  EXPECT_EQ(utf8("\xA7\x41", "big5"), "\xE4\xBD\xA0");
  EXPECT_EQ(utf8("\xB0\xA1", "euc-kr"), "\xEA\xB0\x80");
  EXPECT_EQ(utf8("\xA4\xA2", "euc-jp"), "\xE3\x81\x82");
  EXPECT_EQ(utf8("\xCF\xD2", "koi8-r"), "\xD0\xBE\xD1\x80");
  EXPECT_EQ(utf8("\xA4\xBA", "iso-8859-16"), "\xE2\x82\xAC\xC8\x99");
  EXPECT_EQ(utf8("\x80", "x-user-defined"), "\xEF\x9E\x80");
  EXPECT_EQ(utf8(std::string_view("\xFF\xFEx\0=\xD8\0\xDE", 8), "utf-16le"), "x\xF0\x9F\x98\x80");
}

TEST(Encoding, MalformedBytesAreReplaced) {
  EXPECT_EQ(utf8("a\xE2\x82z\xC0\xAF\xF4\x90", "utf-8"),
            "a\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(utf8("\xEF\xBB\xBFx\xED\xA0\x80", "utf-8"), "x\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(utf8("x", "iso-2022-kr"), "\xEF\xBF\xBD");
}

}  // namespace
}  // namespace candor::html
