#include "html/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

#include <array>
#include <memory>

#include "html/encoding_labels.h"
#include "html/meta_prescan.h"
#include "html/utf8.h"

namespace candor::html {
namespace {

constexpr std::size_t kPrescanBytes = 1024;

struct ByteOrderMark {
  std::string_view bytes;
  std::string_view encoding;
};
constexpr std::array<ByteOrderMark, 3> kMarks{
    {{"\xEF\xBB\xBF", "UTF-8"}, {"\xFE\xFF", "UTF-16BE"}, {"\xFF\xFE", "UTF-16LE"}}};

/// From 0xA0; ICU's data has no table of it. (ISO 8859-16:2001)
constexpr std::array<char32_t, 96> kIso885916{
    0x00A0, 0x0104, 0x0105, 0x0141, 0x20AC, 0x201E, 0x0160, 0x00A7, 0x0161, 0x00A9, 0x0218, 0x00AB,
    0x0179, 0x00AD, 0x017A, 0x017B, 0x00B0, 0x00B1, 0x010C, 0x0142, 0x017D, 0x201D, 0x00B6, 0x00B7,
    0x017E, 0x010D, 0x0219, 0x00BB, 0x0152, 0x0153, 0x0178, 0x017C, 0x00C0, 0x00C1, 0x00C2, 0x0102,
    0x00C4, 0x0106, 0x00C6, 0x00C7, 0x00C8, 0x00C9, 0x00CA, 0x00CB, 0x00CC, 0x00CD, 0x00CE, 0x00CF,
    0x0110, 0x0143, 0x00D2, 0x00D3, 0x00D4, 0x0150, 0x00D6, 0x015A, 0x0170, 0x00D9, 0x00DA, 0x00DB,
    0x00DC, 0x0118, 0x021A, 0x00DF, 0x00E0, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x0107, 0x00E6, 0x00E7,
    0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x00EC, 0x00ED, 0x00EE, 0x00EF, 0x0111, 0x0144, 0x00F2, 0x00F3,
    0x00F4, 0x0151, 0x00F6, 0x015B, 0x0171, 0x00F9, 0x00FA, 0x00FB, 0x00FC, 0x0119, 0x021B, 0x00FF};

Encoding encoding_of(std::string_view name) {
  const bool compatible =
      name != "UTF-16LE" && name != "UTF-16BE" && name != "ISO-2022-JP" && name != "replacement";
  return {std::string(name), compatible};
}

/// ICU's tables differ under some of the standard's names; these are the closest.
const char* converter_name(std::string_view encoding) {
  if (encoding == "ISO-8859-8-I") return "ISO-8859-8";
  if (encoding == "GBK") return "gb18030";  // the standard decodes both alike
  if (encoding == "Big5") return "Big5-HKSCS";
  if (encoding == "Shift_JIS") return "ibm-943_P15A-2003";
  if (encoding == "EUC-KR") return "windows-949-2000";
  return nullptr;
}

std::string decode_single_byte(std::string_view bytes, std::string_view encoding) {
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80)
      out += c;
    else if (encoding == "x-user-defined")
      utf8::append(out, 0xF700U + byte);
    else
      utf8::append(out, byte < 0xA0 ? byte : kIso885916[byte - 0xA0U]);
  }
  return out;
}

std::string decode_utf8(std::string_view bytes) {
  if (utf8::is_valid(bytes)) return std::string(bytes);
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) utf8::append(out, utf8::decode(bytes, at));
  return out;
}

std::string decode_with_icu(std::string_view bytes, const std::string& encoding) {
  const char* special = converter_name(encoding);
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(
      ucnv_open(special != nullptr ? special : encoding.c_str(), &error), &ucnv_close);
  if (U_FAILURE(error)) return decode_utf8(bytes);
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_SUBSTITUTE, nullptr, nullptr, nullptr,
                      &error);
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  std::array<UChar, 2048> units{};
  char32_t lead = 0;
  const char* source = bytes.data();
  const char* const source_end = source + bytes.size();
  do {
    UChar* target = units.data();
    error = U_ZERO_ERROR;
    ucnv_toUnicode(converter.get(), &target, units.data() + units.size(), &source, source_end,
                   nullptr, 1, &error);
    for (const UChar* unit = units.data(); unit != target; ++unit) {
      if (U16_IS_LEAD(*unit)) {
        lead = *unit;
      } else if (U16_IS_TRAIL(*unit)) {
        utf8::append(out, static_cast<char32_t>(U16_GET_SUPPLEMENTARY(lead, *unit)));
      } else {
        // ICU substitutes U+001A where a table has a short substitution character.
        utf8::append(out, *unit == 0x1A ? utf8::kReplacement : *unit);
      }
    }
  } while (error == U_BUFFER_OVERFLOW_ERROR);
  return out;
}

}  // namespace

Encoding sniff_encoding(std::string_view bytes, std::string_view http_charset) {
  for (const ByteOrderMark& mark : kMarks)
    if (bytes.starts_with(mark.bytes)) return encoding_of(mark.encoding);
  std::string_view name = find_encoding(http_charset);
  if (name.empty()) name = prescan_meta(bytes.substr(0, kPrescanBytes));
  if (name.empty()) name = utf8::is_valid(bytes) ? "UTF-8" : "windows-1252";
  return encoding_of(name);
}

std::string to_utf8(std::string_view bytes, const Encoding& encoding) {
  for (const ByteOrderMark& mark : kMarks)
    if (mark.encoding == encoding.name && bytes.starts_with(mark.bytes))
      bytes.remove_prefix(mark.bytes.size());
  if (encoding.name == "UTF-8") return decode_utf8(bytes);
  if (encoding.name == "replacement") return bytes.empty() ? "" : "\xEF\xBF\xBD";
  if (encoding.name == "x-user-defined" || encoding.name == "ISO-8859-16")
    return decode_single_byte(bytes, encoding.name);
  return decode_with_icu(bytes, encoding.name);
}

}  // namespace candor::html
