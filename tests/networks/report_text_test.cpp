#include "networks/report_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "networks/report_fixture.h"

namespace candor::networks {
namespace {

using ::testing::HasSubstr;

TEST(ReportText, EveryEncodingGivesTheSameText) {
  const std::string text = "Küche;12,50 €\nBücher;料理\n";
  EXPECT_EQ(decode_report_text(text), text);
  EXPECT_EQ(decode_report_text("\xEF\xBB\xBF" + text), text);
  EXPECT_EQ(decode_report_text(to_utf16(text)), text);
  EXPECT_EQ(decode_report_text(with_crlf(text)), text);
  std::string big = to_utf16(text);
  for (std::size_t i = 0; i < big.size(); i += 2) std::swap(big[i], big[i + 1]);
  EXPECT_EQ(decode_report_text(big), text);
}

TEST(ReportText, Utf16WithoutMarkIsSeenByItsZeros) {
  const std::string text = "Category,Name,ASIN\n";
  EXPECT_EQ(decode_report_text(to_utf16(text).substr(2)), text);
}

TEST(ReportText, BytesThatAreNotUtf8AreWindows1252) {
  EXPECT_EQ(decode_report_text("K\xFC"
                               "che \x80 \x96"),
            "Küche € –");
  EXPECT_EQ(decode_report_text("\xED\xA0\x80"), "í\xC2\xA0€");
}

TEST(ReportText, LoneCarriageReturnsEndLines) {
  EXPECT_EQ(decode_report_text("a\rb\r\nc\n\r"), "a\nb\nc\n\n");
}

TEST(ReportText, BrokenUtf16IsReplaced) {
  EXPECT_EQ(decode_report_text(std::string_view("\xFF\xFE\x00\xD8"
                                                "a\0b",
                                                7)),
            "\xEF\xBF\xBD"
            "a\xEF\xBF\xBD");
}

TEST(ReportText, OtherThingsThanTextAreNamed) {
  const auto kind = [](std::string_view bytes) { return decode_report_text(bytes).error().kind; };
  EXPECT_EQ(kind(""), ReportError::Kind::Empty);
  EXPECT_EQ(kind("\xEF\xBB\xBF \r\n"), ReportError::Kind::Empty);
  EXPECT_EQ(kind("PK\x03\x04zip"), ReportError::Kind::NotText);
  EXPECT_EQ(kind("%PDF-1.7"), ReportError::Kind::NotText);
  EXPECT_EQ(kind(std::string_view("abc\0\0\0def", 9)), ReportError::Kind::NotText);
  EXPECT_THAT(decode_report_text("<!DOCTYPE html><title>Sign in</title>").error().message,
              HasSubstr("web page"));
}

}  // namespace
}  // namespace candor::networks
