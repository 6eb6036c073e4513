#include "link/host.h"

#include <unicode/uidna.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "base/ascii.h"
#include "link/percent_set.h"
#include "link/url.h"

namespace candor {
namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_forbidden_in_domain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7F ||
         std::string_view("#/:<>?@[\\]^|%").find(c) != std::string_view::npos;
}

// Characters whose UTS #46 mapping changed after Unicode 15.0, the version of Debian 12's ICU: they
// used to be refused (and capital sharp s to become "ss"), now they map. 0: dropped.
struct NewMapping {
  UChar32 from;
  UChar32 to;
};
constexpr std::array kNewMappings{
    NewMapping{0x04C0, 0x04CF},  NewMapping{0x180E, 0},        NewMapping{0x1E9E, 0x00DF},
    NewMapping{0x206A, 0},       NewMapping{0x206B, 0},        NewMapping{0x206C, 0},
    NewMapping{0x206D, 0},       NewMapping{0x206E, 0},        NewMapping{0x206F, 0},
    NewMapping{0x2132, 0x214E},  NewMapping{0x2183, 0x2184},   NewMapping{0x2F868, 0x36FC},
    NewMapping{0x2F874, 0x5F53}, NewMapping{0x2F91F, 0x243AB}, NewMapping{0x2F95F, 0x7AEE},
    NewMapping{0x2F9BF, 0x45D7},
};

std::string with_new_mappings(std::string_view domain) {
  const auto text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(domain.data(), static_cast<std::int32_t>(domain.size())));
  icu::UnicodeString mapped;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 point = text.char32At(i);
    const auto* changed = std::ranges::find(kNewMappings, point, &NewMapping::from);
    if (changed == kNewMappings.end())
      mapped.append(point);
    else if (changed->to != 0)
      mapped.append(changed->to);
  }
  std::string out;
  mapped.toUTF8String(out);
  return out;
}

// Opened once; ICU documents the object as immutable and safe to share between threads.
const UIDNA* uts46() {
  static const UIDNA* const kInstance = [] {
    UErrorCode status = U_ZERO_ERROR;
    return uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
                               UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE,
                           &status);
  }();
  return kInstance;
}

// "Domain to ASCII" with beStrict false. An ASCII domain is only lower-cased: its Punycode labels
// are taken as they are.
std::optional<std::string> domain_to_ascii(std::string_view domain) {
  if (is_ascii(domain)) return ascii::to_lower(domain);
  const std::string text = with_new_mappings(domain);
  // Lengths and hyphens are DNS's concern; browsers do not check them here.
  constexpr std::uint32_t kTolerated =
      UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG |
      UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode status = U_ZERO_ERROR;
  // Punycode of n bytes of UTF-8 stays within 4 bytes each and "xn--" per label.
  std::string out(text.size() * 8 + 64, '\0');
  const auto length =
      uidna_nameToASCII_UTF8(uts46(), text.data(), static_cast<std::int32_t>(text.size()),
                             out.data(), static_cast<std::int32_t>(out.size()), &info, &status);
  if (U_FAILURE(status) || (info.errors & ~kTolerated) != 0) return std::nullopt;
  out.resize(static_cast<std::size_t>(length));
  return out;
}

/// Lower-case letters, digits, hyphens and dots, and a letter where an address has a digit: the
/// host is written as it is parsed.
bool is_plain_domain(std::string_view text) {
  const bool plain = std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || ascii::is_digit(c) || c == '-' || c == '.';
  });
  const std::size_t last = text.rfind('.') + 1;  // 0 without a dot
  return plain && last < text.size() && text[last] >= 'a' && text[last] <= 'z';
}

std::vector<std::string_view> split_on_dots(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t dot = text.find('.', begin);
    parts.push_back(text.substr(begin, dot - begin));
    if (dot == std::string_view::npos) return parts;
    begin = dot + 1;
  }
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, ascii::is_digit);
}

// Decimal, octal ("0..") or hexadecimal ("0x.."), saturating far above any address.
std::optional<std::uint64_t> parse_ipv4_number(std::string_view text) {
  if (text.empty()) return std::nullopt;
  int radix = 10;
  if (text.size() >= 2 && text[0] == '0' && ascii::lower(text[1]) == 'x') {
    radix = 16;
    text.remove_prefix(2);
  } else if (text.size() >= 2 && text[0] == '0') {
    radix = 8;
    text.remove_prefix(1);
  }
  constexpr std::uint64_t kCeiling = std::uint64_t{1} << 40;
  std::uint64_t value = 0;
  for (const char c : text) {
    const int digit = hex_value(c);
    if (digit < 0 || digit >= radix) return std::nullopt;
    value = std::min(kCeiling,
                     value * static_cast<std::uint64_t>(radix) + static_cast<std::uint64_t>(digit));
  }
  return value;
}

bool ends_in_a_number(std::string_view domain) {
  auto parts = split_on_dots(domain);
  if (parts.back().empty()) {
    if (parts.size() == 1) return false;
    parts.pop_back();
  }
  return all_digits(parts.back()) ||
         (parts.back().starts_with("0x") && parse_ipv4_number(parts.back()));
}

std::optional<std::string> parse_ipv4(std::string_view domain) {
  auto parts = split_on_dots(domain);
  if (parts.back().empty() && parts.size() > 1) parts.pop_back();
  if (parts.size() > 4) return std::nullopt;
  std::uint64_t address = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto number = parse_ipv4_number(parts[i]);
    if (!number) return std::nullopt;
    const bool last = i + 1 == parts.size();
    // The last number fills all bytes that the others leave.
    const std::uint64_t limit = last ? std::uint64_t{1} << (8 * (5 - parts.size())) : 256;
    if (*number >= limit) return std::nullopt;
    address += last ? *number : *number << (8 * (3 - i));
  }
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) {
    if (!out.empty()) out += '.';
    out += std::to_string((address >> shift) & 0xFF);
  }
  return out;
}

using Ipv6Pieces = std::array<std::uint16_t, 8>;

// The dotted quad that may end an IPv6 address; exactly four decimal bytes without leading zeros.
std::optional<std::array<std::uint16_t, 2>> parse_ipv4_in_ipv6(std::string_view text) {
  const auto parts = split_on_dots(text);
  if (parts.size() != 4) return std::nullopt;
  std::array<std::uint16_t, 2> out{};
  for (std::size_t i = 0; i < 4; ++i) {
    if (!all_digits(parts[i]) || parts[i].size() > 3) return std::nullopt;
    if (parts[i].size() > 1 && parts[i][0] == '0') return std::nullopt;
    const auto value = parse_ipv4_number(parts[i]);
    if (!value || *value > 255) return std::nullopt;
    out[i / 2] = static_cast<std::uint16_t>(out[i / 2] << 8 | *value);
  }
  return out;
}

// Colon-separated pieces of one side of "::"; a dotted quad may end the right-hand side.
std::optional<std::vector<std::uint16_t>> parse_ipv6_side(std::string_view text, bool may_end_v4) {
  std::vector<std::uint16_t> pieces;
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const std::string_view piece = text.substr(0, colon);
    if (colon == std::string_view::npos && may_end_v4 &&
        piece.find('.') != std::string_view::npos) {
      const auto quad = parse_ipv4_in_ipv6(piece);
      if (!quad) return std::nullopt;
      pieces.insert(pieces.end(), quad->begin(), quad->end());
      return pieces;
    }
    if (piece.empty() || piece.size() > 4) return std::nullopt;
    int value = 0;
    for (const char c : piece) {
      const int digit = hex_value(c);
      if (digit < 0) return std::nullopt;
      value = value * 16 + digit;
    }
    pieces.push_back(static_cast<std::uint16_t>(value));
    if (colon == std::string_view::npos) return pieces;
    text.remove_prefix(colon + 1);
    if (text.empty()) return std::nullopt;
  }
  return pieces;
}

std::optional<Ipv6Pieces> parse_ipv6(std::string_view text) {
  const std::size_t gap = text.find("::");
  const bool has_gap = gap != std::string_view::npos;
  const auto left = parse_ipv6_side(text.substr(0, gap), !has_gap);
  const auto right = has_gap ? parse_ipv6_side(text.substr(gap + 2), true)
                             : std::optional(std::vector<std::uint16_t>{});
  if (!left || !right) return std::nullopt;
  const std::size_t count = left->size() + right->size();
  if (has_gap ? count > 7 : count != 8) return std::nullopt;
  Ipv6Pieces pieces{};
  std::ranges::copy(*left, pieces.begin());
  std::ranges::copy_backward(*right, pieces.end());
  return pieces;
}

std::string serialise_ipv6(const Ipv6Pieces& pieces) {
  // The first longest run of two or more zero pieces is written "::".
  std::size_t gap_begin = 8;
  std::size_t gap_length = 1;
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t end = i;
    while (end < 8 && pieces[end] == 0) ++end;
    if (end - i > gap_length) {
      gap_begin = i;
      gap_length = end - i;
    }
  }
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "[";
  for (std::size_t i = 0; i < 8;) {
    if (i == gap_begin) {
      out += "::";
      i += gap_length;
      continue;
    }
    if (out.back() != '[' && out.back() != ':') out += ':';
    bool started = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
      const auto nibble = static_cast<std::size_t>(pieces[i] >> shift & 0xF);
      started = started || nibble != 0 || shift == 0;
      if (started) out += kHex[nibble];
    }
    ++i;
  }
  return out + "]";
}

}  // namespace

std::optional<std::string> parse_host(std::string_view text) {
  if (is_plain_domain(text)) return std::string(text);
  if (text.starts_with('[')) {
    if (!text.ends_with(']')) return std::nullopt;
    const auto pieces = parse_ipv6(text.substr(1, text.size() - 2));
    return pieces ? std::optional(serialise_ipv6(*pieces)) : std::nullopt;
  }
  const auto domain = domain_to_ascii(with_replaced_malformed_utf8(percent_decode(text)));
  if (!domain || domain->empty() || std::ranges::any_of(*domain, is_forbidden_in_domain))
    return std::nullopt;
  return ends_in_a_number(*domain) ? parse_ipv4(*domain) : domain;
}

std::string with_replaced_malformed_utf8(std::string_view bytes) {
  if (is_ascii(bytes)) return std::string(bytes);
  std::string out;
  icu::UnicodeString::fromUTF8(
      icu::StringPiece(bytes.data(), static_cast<std::int32_t>(bytes.size())))
      .toUTF8String(out);
  return out;
}

}  // namespace candor
