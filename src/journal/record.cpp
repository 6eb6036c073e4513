#include "journal/record.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>

#include "journal/crc32c.h"

namespace candor::journal {
namespace {

constexpr std::string_view kMagic = "CANDORCJ";

template <class Number>
Number little_endian(Number value) {
  if constexpr (std::endian::native == std::endian::little || sizeof value == 1)
    return value;
  else if constexpr (sizeof value == 2)
    return static_cast<Number>(__builtin_bswap16(value));
  else if constexpr (sizeof value == 4)
    return __builtin_bswap32(value);
  else
    return __builtin_bswap64(value);
}

template <class Number>
Number get_fixed(const char* at) {
  Number value = 0;
  std::memcpy(&value, at, sizeof value);
  return little_endian(value);
}

/// Puts fields one behind the other into memory that has room for them.
class FieldWriter {
 public:
  explicit FieldWriter(char* at) : at_(at) {}

  template <class Number>
  void fixed(Number value) {
    const Number bytes = little_endian(value);
    std::memcpy(at_, &bytes, sizeof bytes);
    at_ += sizeof bytes;
  }
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) *at_++ = static_cast<char>((value & 0x7F) | 0x80);
    *at_++ = static_cast<char>(value);
  }
  void text(std::string_view text) { at_ += text.copy(at_, text.size()); }

  char* end() const { return at_; }

 private:
  char* at_;
};

constexpr std::size_t kVarintBytes = 10;

/// Takes fields off the front of a payload; after a field that is not there, ok() is false.
class FieldReader {
 public:
  explicit FieldReader(std::string_view payload)
      : at_(payload.data()), end_(payload.data() + payload.size()) {}

  template <class Number>
  Number fixed() {
    if (left() < sizeof(Number)) return static_cast<Number>(fail());
    const auto value = get_fixed<Number>(at_);
    at_ += sizeof(Number);
    return value;
  }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64 && at_ != end_; shift += 7) {
      const auto byte = static_cast<unsigned char>(*at_++);
      value |= std::uint64_t{byte & 0x7Fu} << shift;
      if ((byte & 0x80) == 0) return value;
    }
    return fail();
  }

  /// 0 when the payload ends before it: written by an earlier version, or nothing but zeros follow.
  std::uint64_t varint_or_zero() { return at_ == end_ ? 0 : varint(); }

  std::string_view rest() const { return {at_, left()}; }
  bool ok() const { return ok_; }

 private:
  std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }
  std::uint64_t fail() {
    ok_ = false;
    at_ = end_;
    return 0;
  }

  const char* at_;
  const char* end_;
  bool ok_ = true;
};

std::uint32_t checksum(std::string_view checked, std::uint64_t segment, std::uint64_t offset) {
  const std::array<std::uint64_t, 2> place{little_endian(segment), little_endian(offset)};
  std::array<char, sizeof place> bytes{};
  std::memcpy(bytes.data(), place.data(), bytes.size());
  return crc32c(checked, crc32c({bytes.data(), bytes.size()}));
}

// Numbers of either sign, small ones in few bytes.
std::uint64_t zigzag(std::int32_t value) {
  const auto bits = static_cast<std::uint32_t>(value);
  return (bits << 1) ^ (value < 0 ? 0xFFFF'FFFFu : 0u);
}
std::int32_t from_zigzag(std::uint64_t value) {
  const auto bits = static_cast<std::uint32_t>(value);
  return static_cast<std::int32_t>((bits >> 1) ^ ((bits & 1) != 0 ? 0xFFFF'FFFFu : 0u));
}

// A country's two letters take 16 bits; counted through, "AA" 1 to "ZZ" 676, they take 10.
std::uint64_t number_of(Country country) {
  if (!country) return 0;
  return static_cast<std::uint64_t>((country.code() >> 8) - 'A') * 26 + (country.code() & 0xFFu) -
         'A' + 1;
}
Country country_of(std::uint64_t number) {
  if (number == 0 || number > 26 * 26) return {};
  const std::uint64_t first = 'A' + (number - 1) / 26;
  return Country::from_code(static_cast<std::uint16_t>(first << 8 | ('A' + (number - 1) % 26)));
}

/// What a later version may have written is unknown to this one.
template <class Enum>
Enum known_or_zero(std::uint64_t value, int count) {
  return static_cast<Enum>(value < static_cast<std::uint64_t>(count) ? value : 0);
}

std::uint32_t text_number(std::uint64_t value) {
  constexpr std::uint32_t kLargest = std::numeric_limits<std::uint32_t>::max();
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(value, kLargest));
}

/// Lays the payload out where it stays; `put` writes at most `most` bytes.
template <class Put>
void append_record(std::string& out, RecordType type, std::size_t most, std::uint64_t segment,
                   std::uint64_t offset, Put put) {
  const std::size_t start = out.size();
  out.resize_and_overwrite(
      start + kRecordHeadBytes + most, [&](char* bytes, std::size_t) -> std::size_t {
        char* const head = bytes + start;
        FieldWriter fields(head + kRecordHeadBytes);
        put(fields);
        const auto record_bytes = static_cast<std::size_t>(fields.end() - head);
        FieldWriter behind_checksum(head + 4);
        behind_checksum.fixed(static_cast<std::uint16_t>(record_bytes - kRecordHeadBytes));
        behind_checksum.fixed(static_cast<std::uint8_t>(type));
        FieldWriter(head).fixed(checksum({head + 4, record_bytes - 4}, segment, offset));
        return start + record_bytes;
      });
}

std::int64_t as_signed(std::uint64_t value) { return static_cast<std::int64_t>(value); }
std::uint64_t as_unsigned(std::int64_t value) { return static_cast<std::uint64_t>(value); }

}  // namespace

void append_record(std::string& out, RecordType type, std::string_view payload,
                   std::uint64_t segment, std::uint64_t offset) {
  append_record(out, type, payload.size(), segment, offset,
                [payload](FieldWriter& fields) { fields.text(payload); });
}

std::optional<Record> parse_record(std::string_view bytes, std::uint64_t segment,
                                   std::uint64_t offset) {
  if (bytes.size() < kRecordHeadBytes) return std::nullopt;
  const auto type = static_cast<unsigned char>(bytes[6]);
  if (type == 0) return std::nullopt;
  const std::size_t length = get_fixed<std::uint16_t>(bytes.data() + 4);
  if (length > bytes.size() - kRecordHeadBytes) return std::nullopt;
  if (get_fixed<std::uint32_t>(bytes.data()) !=
      checksum(bytes.substr(4, kRecordHeadBytes - 4 + length), segment, offset))
    return std::nullopt;
  return Record{static_cast<RecordType>(type), bytes.substr(kRecordHeadBytes, length)};
}

std::string encode_segment(std::uint64_t segment_bytes) {
  std::array<char, kMagic.size() + 2 + 8> payload{};
  FieldWriter fields(payload.data());
  fields.text(kMagic);
  fields.fixed(kFormatVersion);
  fields.fixed(segment_bytes);
  return {payload.data(), fields.end()};
}

std::optional<SegmentRecord> decode_segment(std::string_view payload) {
  if (!payload.starts_with(kMagic)) return std::nullopt;
  FieldReader fields(payload.substr(kMagic.size()));
  SegmentRecord record;
  record.version = fields.fixed<std::uint16_t>();
  record.segment_bytes = fields.fixed<std::uint64_t>();
  if (!fields.ok()) return std::nullopt;
  return record;
}

std::string encode_text(std::uint64_t id, std::string_view text) {
  std::array<char, kVarintBytes> number{};
  FieldWriter fields(number.data());
  fields.varint(id);
  return std::string(number.data(), fields.end()).append(text);
}

void append_text(std::string& out, std::uint64_t id, std::string_view text, std::uint64_t segment,
                 std::uint64_t offset) {
  append_record(out, RecordType::Text, kVarintBytes + text.size(), segment, offset,
                [id, text](FieldWriter& fields) {
                  fields.varint(id);
                  fields.text(text);
                });
}

std::optional<TextRecord> decode_text(std::string_view payload) {
  FieldReader fields(payload);
  const std::uint64_t id = fields.varint();
  if (!fields.ok() || id == 0 || id >= kTextIds) return std::nullopt;
  return TextRecord{id, fields.rest()};
}

namespace {

constexpr unsigned kDeviceBits = 3;
constexpr unsigned kKindBits = 1;

/// The fields that version 1 began without, as many as are needed to hold what is not zero.
void put_traits(FieldWriter& out, const ClickRecord& record) {
  const ClickFacts& click = record.click;
  const std::array<std::uint64_t, 6> fields{
      static_cast<std::uint64_t>(click.device) | static_cast<std::uint64_t>(click.os)
                                                     << kDeviceBits,
      number_of(click.country),
      record.language,
      static_cast<std::uint64_t>(click.kind) | static_cast<std::uint64_t>(click.asn_class)
                                                   << kKindBits,
      click.variant,
      zigzag(click.skew_ms)};
  std::size_t count = fields.size();
  while (count > 0 && fields[count - 1] == 0) --count;
  for (std::size_t i = 0; i < count; ++i) out.varint(fields[i]);
}

void read_traits(FieldReader& fields, ClickRecord& record) {
  ClickFacts& click = record.click;
  const std::uint64_t reader = fields.varint_or_zero();
  click.device = known_or_zero<Device>(reader & ((1u << kDeviceBits) - 1), kDeviceCount);
  click.os = known_or_zero<Os>(reader >> kDeviceBits, kOsCount);
  click.country = country_of(fields.varint_or_zero());
  record.language = text_number(fields.varint_or_zero());
  const std::uint64_t origin = fields.varint_or_zero();
  click.kind = known_or_zero<ClickKind>(origin & ((1u << kKindBits) - 1), kClickKindCount);
  click.asn_class = known_or_zero<AsnClass>(origin >> kKindBits, kAsnClassCount);
  click.variant = static_cast<std::uint8_t>(fields.varint_or_zero());
  click.skew_ms = from_zigzag(fields.varint_or_zero());
}

void put_click(FieldWriter& out, const ClickRecord& record) {
  const ClickFacts& click = record.click;
  out.fixed(as_unsigned(click.id.value));
  out.fixed(click.visitor);
  out.fixed(static_cast<std::uint8_t>(click.verdict));
  out.varint(as_unsigned(click.link.value));
  out.varint(as_unsigned(click.article.value));
  out.varint(click.placement);
  out.varint(record.reason);
  out.varint(record.referrer);
  out.varint(record.user_agent);
  put_traits(out, record);
}

/// Whatever the numbers of texts.
constexpr std::size_t kMostClickBytes = kClickPayloadBytes + 4 * kVarintBytes;

}  // namespace

std::string encode_click(const ClickRecord& record) {
  std::array<char, kMostClickBytes> payload{};
  FieldWriter fields(payload.data());
  put_click(fields, record);
  return {payload.data(), fields.end()};
}

void append_click(std::string& out, const ClickRecord& record, std::uint64_t segment,
                  std::uint64_t offset) {
  append_record(out, RecordType::Click, kMostClickBytes, segment, offset,
                [&record](FieldWriter& fields) { put_click(fields, record); });
}

std::optional<ClickRecord> decode_click(std::string_view payload) {
  FieldReader fields(payload);
  ClickRecord record;
  record.click.id.value = as_signed(fields.fixed<std::uint64_t>());
  record.click.visitor = fields.fixed<std::uint64_t>();
  const auto verdict = fields.fixed<std::uint8_t>();
  record.click.link.value = as_signed(fields.varint());
  record.click.article.value = as_signed(fields.varint());
  record.click.placement = static_cast<std::uint16_t>(fields.varint());
  record.reason = text_number(fields.varint());
  record.referrer = text_number(fields.varint());
  record.user_agent = text_number(fields.varint());
  read_traits(fields, record);
  if (!fields.ok() || verdict >= kVerdictCount) return std::nullopt;
  record.click.verdict = static_cast<Verdict>(verdict);
  return record;
}

}  // namespace candor::journal
