// A page is disclosed in its own encoding: decoding what came out gives what comes out when the
// decoded page is disclosed. ICU's converters write the texts.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <unicode/ucnv.h>

#include <memory>
#include <string>
#include <vector>

#include "disclosure/inject.h"
#include "html/encoding.h"

namespace candor::disclosure {
namespace {

struct Legacy {
  std::string label;
  std::string converter;  ///< ICU's name of it
  std::vector<std::pair<UChar, UChar>> letters;
};

std::vector<Legacy> legacies() {
  return {
      {"windows-1252", "windows-1252", {{0xA1, 0xFF}, {0x2018, 0x201D}, {0x20AC, 0x20AC}}},
      {"shift_jis", "ibm-943_P15A-2003", {{0x3041, 0x3093}, {0x4E00, 0x4E50}, {0xFF61, 0xFF9F}}},
      {"gbk", "gb18030", {{0x4E00, 0x4F00}, {0x3041, 0x3093}, {0xE4, 0xFC}}},
      {"euc-kr", "windows-949-2000", {{0xAC00, 0xAD00}, {0x4E00, 0x4E20}}},
      {"big5", "Big5-HKSCS", {{0x4E00, 0x4E30}}},
      {"euc-jp", "EUC-JP", {{0x3041, 0x3093}, {0x4E00, 0x4E10}}}};
}

/// The letters that the encoding has, as it writes them; others are left out.
std::string encoded(const std::u16string& text, const std::string& converter_name) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(
      ucnv_open(converter_name.c_str(), &error), &ucnv_close);
  RC_ASSERT(U_SUCCESS(error));
  ucnv_setFromUCallBack(converter.get(), UCNV_FROM_U_CALLBACK_SKIP, nullptr, nullptr, nullptr,
                        &error);
  std::string out(text.size() * 8 + 8, '\0');
  const auto length =
      ucnv_fromUChars(converter.get(), out.data(), static_cast<std::int32_t>(out.size()),
                      text.data(), static_cast<std::int32_t>(text.size()), &error);
  RC_ASSERT(U_SUCCESS(error));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

std::string some_text(const Legacy& legacy) {
  std::u16string text;
  for (const int each : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1 << 16))) {
    const auto& [first, last] =
        legacy.letters[static_cast<std::size_t>(each) % legacy.letters.size()];
    text += static_cast<UChar>(first + (each / 8) % (last - first + 1));
    if (each % 7 == 0) text += u' ';
  }
  return encoded(text, legacy.converter);
}

Policy policy() {
  Policy policy;
  policy.site_name = "Caf\xC3\xA9 \xE6\x9D\xB1\xE4\xBA\xAC & \xED\x95\x9C";
  policy.jurisdictions = {"US", "DE"};
  return policy;
}

TEST(InjectEncodings, DisclosingAndDecodingTakeEitherOrder) {
  for (const Legacy& legacy : legacies()) {
    SCOPED_TRACE(legacy.label);
    std::size_t changed = 0;
    EXPECT_TRUE(rc::check("either order", [&] {
      const std::string bytes =
          "<!doctype html><html lang=de><meta charset=" + legacy.label + "><title>" +
          some_text(legacy) + "</title><body class=\"" + some_text(legacy) + "\"><main><h1>" +
          some_text(legacy) + "</h1><p>" + some_text(legacy) +
          " <a href=\"https://www.amazon.com/dp/B000000001?tag=x-20\" title='" + some_text(legacy) +
          "'>" + some_text(legacy) + "</a>" + some_text(legacy) + "</p></main>";
      const html::Encoding encoding = html::sniff_encoding(bytes);
      const std::string mark = "\xEF\xBB\xBF";  // says more than the meta element
      const InjectResult legacy_page = inject(bytes, policy());
      const InjectResult utf8_page = inject(mark + html::to_utf8(bytes, encoding), policy());
      RC_ASSERT(legacy_page.outcome == utf8_page.outcome);
      RC_ASSERT(mark + html::to_utf8(legacy_page.page, encoding) == utf8_page.page);
      changed += legacy_page.outcome == InjectOutcome::Changed ? 1 : 0;
    }));
    EXPECT_GT(changed, 50U);
  }
}

TEST(InjectEncodings, OnesThatAreNotAsciiPassThroughAndAreNamed) {
  const std::string page =
      "<main><h1>K</h1><a href=\"https://www.amazon.com/dp/B000000001?tag=x-20\">x</a></main>";
  std::string utf16 = "\xFF\xFE";
  for (const char c : page) utf16 += {c, '\0'};
  for (const auto& [bytes, name] :
       {std::pair{utf16, "UTF-16LE"}, std::pair{"<meta charset=iso-2022-jp>" + page, "ISO-2022-JP"},
        std::pair{"<meta charset=iso-2022-kr>" + page, "replacement"}}) {
    const InjectResult result = inject(bytes, policy());
    EXPECT_EQ(result.outcome, InjectOutcome::PassedThrough) << name;
    EXPECT_EQ(result.page, bytes) << name;
    EXPECT_NE(result.why_passed_through.find(name), std::string::npos) << result.why_passed_through;
    EXPECT_EQ(result.before.verdict, PageVerdict::Indeterminate) << name;
  }
}

}  // namespace
}  // namespace candor::disclosure
