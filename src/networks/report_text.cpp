#include "networks/report_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>

#include "base/ascii.h"

namespace candor::networks {
namespace {

// windows-1252 0x80 to 0x9F (encoding.spec.whatwg.org, index-windows-1252); elsewhere a byte is its
// own code point.
constexpr std::array<char16_t, 32> kWindows1252{
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

void append_utf8(std::string& out, char32_t c) {
  const auto byte = [&out](char32_t value) { out += static_cast<char>(value); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | (c >> 6U));
    byte(0x80 | (c & 0x3FU));
  } else if (c < 0x10000) {
    byte(0xE0 | (c >> 12U));
    byte(0x80 | ((c >> 6U) & 0x3FU));
    byte(0x80 | (c & 0x3FU));
  } else {
    byte(0xF0 | (c >> 18U));
    byte(0x80 | ((c >> 12U) & 0x3FU));
    byte(0x80 | ((c >> 6U) & 0x3FU));
    byte(0x80 | (c & 0x3FU));
  }
}

enum class ByteOrder : unsigned char { Little, Big };

/// Halves of surrogate pairs that stand alone, and a last odd byte, become U+FFFD.
std::string from_utf16(std::string_view bytes, ByteOrder order) {
  std::string out;
  out.reserve(bytes.size());
  const auto unit = [&](std::size_t i) -> char32_t {
    const auto first = static_cast<unsigned char>(bytes[i]);
    const auto second = static_cast<unsigned char>(bytes[i + 1]);
    return order == ByteOrder::Little ? first | (second << 8) : (first << 8) | second;
  };
  std::size_t i = 0;
  for (; i + 1 < bytes.size(); i += 2) {
    char32_t c = unit(i);
    if (c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.size() && unit(i + 2) >= 0xDC00 &&
        unit(i + 2) < 0xE000) {
      c = 0x10000 + ((c - 0xD800) << 10U) + (unit(i + 2) - 0xDC00);
      i += 2;
    } else if (c >= 0xD800 && c < 0xE000) {
      c = 0xFFFD;
    }
    append_utf8(out, c);
  }
  if (i < bytes.size()) append_utf8(out, 0xFFFD);
  return out;
}

std::string from_windows_1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (char each : bytes) {
    const auto byte = static_cast<unsigned char>(each);
    append_utf8(out, byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80U] : byte);
  }
  return out;
}

/// Whether the eight bytes from `at` on are there and ASCII, as nearly all of a report are.
bool is_ascii_word(std::string_view bytes, std::size_t at) {
  std::uint64_t word = 0;
  if (bytes.size() - at < sizeof word) return false;
  std::memcpy(&word, bytes.data() + at, sizeof word);
  return (word & 0x8080808080808080U) == 0;
}

bool is_utf8(std::string_view bytes) {
  std::size_t i = 0;
  while (i < bytes.size()) {
    if (is_ascii_word(bytes, i)) {
      i += sizeof(std::uint64_t);
      continue;
    }
    const auto lead = static_cast<unsigned char>(bytes[i]);
    const std::size_t more = lead < 0x80                   ? 0
                             : lead >= 0xC2 && lead < 0xE0 ? 1
                             : lead >= 0xE0 && lead < 0xF0 ? 2
                             : lead >= 0xF0 && lead < 0xF5 ? 3
                                                           : bytes.size();
    if (more >= bytes.size() - i) return false;
    for (std::size_t k = 1; k <= more; ++k)
      if ((static_cast<unsigned char>(bytes[i + k]) & 0xC0U) != 0x80) return false;
    if (more > 1) {
      // Overlong forms, surrogates and code points beyond the last show in the second byte.
      const auto second = static_cast<unsigned char>(bytes[i + 1]);
      if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second >= 0xA0) ||
          (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second >= 0x90))
        return false;
    }
    i += more + 1;
  }
  return true;
}

/// ASCII in UTF-16 has a zero in every other byte.
std::optional<ByteOrder> sniff_utf16(std::string_view bytes) {
  const std::string_view start = bytes.substr(0, 512);
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < start.size(); ++i)
    if (start[i] == '\0') ++zeros[i % 2];
  const std::size_t many = start.size() * 2 / 5;
  if (start.size() < 4 || std::max(zeros[0], zeros[1]) < many) return std::nullopt;
  if (std::min(zeros[0], zeros[1]) > start.size() / 20) return std::nullopt;
  return zeros[1] > zeros[0] ? ByteOrder::Little : ByteOrder::Big;
}

std::string to_utf8(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (bytes.starts_with("\xFF\xFE")) return from_utf16(bytes.substr(2), ByteOrder::Little);
  if (bytes.starts_with("\xFE\xFF")) return from_utf16(bytes.substr(2), ByteOrder::Big);
  if (const auto order = sniff_utf16(bytes)) return from_utf16(bytes, *order);
  return is_utf8(bytes) ? std::string(bytes) : from_windows_1252(bytes);
}

void unify_line_ends(std::string& text) {
  const std::size_t first = text.find('\r');
  if (first == std::string::npos) return;
  std::size_t to = first;
  for (std::size_t from = first; from < text.size(); ++from) {
    if (text[from] != '\r') {
      text[to++] = text[from];
    } else if (from + 1 == text.size() || text[from + 1] != '\n') {
      text[to++] = '\n';
    }
  }
  text.resize(to);
}

struct Magic {
  std::string_view start;
  std::string_view message;
};
constexpr std::array<Magic, 4> kMagics{
    {{"PK\x03\x04", "this is an archive within an archive: unpack it"},
     {"\xD0\xCF\x11\xE0", "this is an Excel workbook: save it as CSV"},
     {"\x1F\x8B", "this is a gzip archive: unpack it"},
     {"%PDF", "this is a PDF: download the report as CSV"}}};

std::unexpected<ReportError> not_text(std::string_view message) {
  return std::unexpected(ReportError{ReportError::Kind::NotText, std::string(message)});
}

}  // namespace

Result<std::string, ReportError> decode_report_text(std::string_view bytes) {
  for (const Magic& each : kMagics)
    if (bytes.starts_with(each.start)) return not_text(each.message);
  std::string text = to_utf8(bytes);
  unify_line_ends(text);
  if (ascii::trim(text).empty())
    return std::unexpected(ReportError{ReportError::Kind::Empty, "the file is empty"});
  // A stray zero in some row is that row's problem; many mean that this is no text.
  const std::string_view beginning = std::string_view(text).substr(0, 512);
  if (static_cast<std::size_t>(std::ranges::count(beginning, '\0')) > beginning.size() / 50)
    return not_text("this is not a text file: download the report as CSV");
  const std::string start = ascii::to_lower(ascii::trim(std::string_view(text).substr(0, 512)));
  if (start.starts_with("<!doctype html") || start.starts_with("<html"))
    return not_text(
        "this is a web page and not a report: perhaps the network's login had expired when it was "
        "downloaded");
  return text;
}

}  // namespace candor::networks
