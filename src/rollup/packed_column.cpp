#include "rollup/packed_column.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <utility>

namespace candor::rollup {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::size_t kGroup = 64;
constexpr std::size_t kHeadBytes = 20;
constexpr std::size_t kChecksumAt = 12;
constexpr std::uint8_t kVersion = 1;
constexpr int kIdTimeShift = 22;  // of click/click_id.h: what is below is node and sequence
constexpr std::int64_t kIdLowMask = (std::int64_t{1} << kIdTimeShift) - 1;
constexpr std::uint64_t kMostDense = std::uint64_t{1} << 20;

std::size_t groups_of(std::size_t count) { return (count + kGroup - 1) / kGroup; }

std::uint64_t load(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

template <class T>
void append_number(std::string& bytes, T number) {
  bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

/// Four sums side by side, so that checking costs little beside unpacking. Each step is a
/// permutation of its sum, so a changed word always changes the result of its lane.
std::uint64_t checksum_of(std::uint64_t seed, std::string_view bytes) {
  constexpr std::uint64_t kFirst = 0x9E3779B185EBCA87u;
  constexpr std::uint64_t kSecond = 0xC2B2AE3D27D4EB4Fu;
  const auto step = [](std::uint64_t sum, std::uint64_t word) {
    return std::rotl(sum ^ (word * kFirst), 31) * kSecond;
  };
  std::array<std::uint64_t, 4> lanes{seed, seed + kFirst, seed ^ kSecond, ~seed};
  const std::size_t length = bytes.size();
  while (bytes.size() >= 32) {
    for (std::size_t lane = 0; lane < 4; ++lane)
      lanes[lane] = step(lanes[lane], load(bytes.data() + lane * 8));
    bytes.remove_prefix(32);
  }
  std::array<char, 32> rest{};
  if (!bytes.empty()) std::memcpy(rest.data(), bytes.data(), bytes.size());
  for (std::size_t lane = 0; lane < 4; ++lane)
    lanes[lane] = step(lanes[lane], load(rest.data() + lane * 8));
  std::uint64_t sum = length;
  for (const std::uint64_t lane : lanes) sum = step(sum, lane);
  return sum ^ (sum >> 32);
}

std::uint64_t checksum_of_column(std::string_view bytes, std::uint64_t place) {
  const std::uint64_t head = checksum_of(place, bytes.substr(0, kChecksumAt));
  return checksum_of(head, bytes.substr(kHeadBytes));
}

void append_varint(std::string& bytes, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) bytes += static_cast<char>((number & 0x7F) | 0x80);
  bytes += static_cast<char>(number);
}

bool take_varint(std::string_view& bytes, std::uint64_t& number) {
  number = 0;
  for (int shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    number |= std::uint64_t{byte & 0x7Fu} << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}

std::int64_t unzigzag(std::uint64_t code) {
  return static_cast<std::int64_t>((code >> 1) ^ (~(code & 1) + 1));
}

unsigned width_of(std::uint64_t most) { return static_cast<unsigned>(std::bit_width(most)); }

/// Up to 64 codes of `width` bits as `width` words.
void append_group(std::string& bytes, std::span<const std::uint32_t> codes, unsigned width) {
  std::array<std::uint64_t, 33> words{};
  std::size_t bit = 0;
  for (const std::uint32_t code : codes) {
    const std::size_t shift = bit % 64;
    words[bit / 64] |= std::uint64_t{code} << shift;
    if (shift + width > 64) words[bit / 64 + 1] |= std::uint64_t{code} >> (64 - shift);
    bit += width;
  }
  bytes.append(reinterpret_cast<const char*>(words.data()), std::size_t{width} * 8);
}

void append_codes(std::string& bytes, std::span<const std::uint32_t> codes, unsigned width) {
  for (std::size_t at = 0; at < codes.size(); at += kGroup)
    append_group(bytes, codes.subspan(at, std::min(kGroup, codes.size() - at)), width);
}

template <unsigned kWidth, std::size_t kIndex>
std::uint32_t code_at(const std::uint64_t* words) {
  constexpr std::size_t kBit = kIndex * kWidth;
  constexpr std::size_t kShift = kBit % 64;
  constexpr std::uint64_t kMask = (std::uint64_t{1} << kWidth) - 1;
  std::uint64_t code = words[kBit / 64] >> kShift;
  if constexpr (kShift + kWidth > 64) code |= words[kBit / 64 + 1] << (64 - kShift);
  return static_cast<std::uint32_t>(code & kMask);
}

template <unsigned kWidth>
void unpack_group(const char* bytes, std::uint32_t* out) {
  if constexpr (kWidth == 0) {
    std::fill_n(out, kGroup, 0u);
  } else {
    std::array<std::uint64_t, kWidth> words;
    std::memcpy(words.data(), bytes, sizeof words);
    [&]<std::size_t... kIndex>(std::index_sequence<kIndex...>) {
      ((out[kIndex] = code_at<kWidth, kIndex>(words.data())), ...);
    }(std::make_index_sequence<kGroup>{});
  }
}

using Unpack = void (*)(const char*, std::uint32_t*);
template <unsigned... kWidth>
constexpr std::array<Unpack, sizeof...(kWidth)> unpackers(
    std::integer_sequence<unsigned, kWidth...>) {
  return {unpack_group<kWidth>...};
}
constexpr auto kUnpack = unpackers(std::make_integer_sequence<unsigned, 33>{});

void unpack(std::string_view bytes, unsigned width, std::size_t count,
            std::vector<std::uint32_t>& out) {
  out.resize(groups_of(count) * kGroup);
  const Unpack unpack_one = kUnpack[width];
  for (std::size_t group = 0; group < groups_of(count); ++group)
    unpack_one(bytes.data() + group * width * 8, out.data() + group * kGroup);
}

struct Coded {
  std::vector<std::int64_t> dictionary;
  std::vector<std::uint32_t> codes;
};

/// Values near each other are looked up in a table of all numbers between them.
Coded code_dense(std::span<const std::int64_t> values, std::int64_t least, std::uint64_t range) {
  std::vector<std::uint32_t> code_of(range + 1);
  const auto place_of = [least](std::int64_t value) {
    return static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(least);
  };
  for (const std::int64_t value : values) code_of[place_of(value)] = 1;
  Coded coded;
  for (std::uint64_t place = 0; place <= range; ++place) {
    if (code_of[place] == 0) continue;
    code_of[place] = static_cast<std::uint32_t>(coded.dictionary.size());
    coded.dictionary.push_back(
        static_cast<std::int64_t>(static_cast<std::uint64_t>(least) + place));
  }
  coded.codes.reserve(values.size());
  for (const std::int64_t value : values) coded.codes.push_back(code_of[place_of(value)]);
  return coded;
}

Coded code(std::span<const std::int64_t> values) {
  if (values.empty()) return {};
  const auto [least, most] = std::ranges::minmax(values);
  const std::uint64_t range = static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least);
  if (range < kMostDense) return code_dense(values, least, range);
  Coded coded;
  coded.dictionary.assign(values.begin(), values.end());
  std::ranges::sort(coded.dictionary);
  const auto [end, last] = std::ranges::unique(coded.dictionary);
  coded.dictionary.erase(end, last);
  coded.codes.reserve(values.size());
  for (const std::int64_t value : values)
    coded.codes.push_back(static_cast<std::uint32_t>(
        std::ranges::lower_bound(coded.dictionary, value) - coded.dictionary.begin()));
  return coded;
}

void append_dictionary(std::string& bytes, const std::vector<std::int64_t>& dictionary) {
  std::uint64_t last = 0;
  for (std::size_t n = 0; n < dictionary.size(); ++n) {
    const auto value = static_cast<std::uint64_t>(dictionary[n]);
    append_varint(bytes, n == 0 ? zigzag(dictionary[n]) : value - last);
    last = value;
  }
}

unsigned width_of_codes(const Coded& coded) {
  return coded.dictionary.empty() ? 0 : width_of(coded.dictionary.size() - 1);
}

}  // namespace

std::string PackedColumn::seal(Packing packing, unsigned width, std::size_t count,
                               std::size_t dictionary, std::string body, std::uint64_t place) {
  std::string bytes{static_cast<char>(kVersion), static_cast<char>(packing),
                    static_cast<char>(width), '\0'};
  append_number(bytes, static_cast<std::uint32_t>(count));
  append_number(bytes, static_cast<std::uint32_t>(dictionary));
  append_number(bytes, std::uint64_t{0});
  bytes += body;
  const std::uint64_t checksum = checksum_of_column(bytes, place);
  std::memcpy(bytes.data() + kChecksumAt, &checksum, sizeof checksum);
  return bytes;
}

std::string pack_codes(std::span<const std::int64_t> values, std::uint64_t place) {
  if (values.size() > kMostPacked) throw std::logic_error("too many values for a column");
  const Coded coded = code(values);
  const unsigned width = width_of_codes(coded);
  std::string body;
  append_dictionary(body, coded.dictionary);
  append_codes(body, coded.codes, width);
  return PackedColumn::seal(PackedColumn::Packing::Codes, width, values.size(),
                            coded.dictionary.size(), std::move(body), place);
}

std::string pack_ordinals(std::span<const std::int64_t> values, std::uint64_t place) {
  if (values.size() > kMostPacked) throw std::logic_error("too many values for a column");
  std::vector<std::uint32_t> codes;
  codes.reserve(values.size());
  for (const std::int64_t value : values) {
    if (value < 0 || value > std::numeric_limits<std::uint32_t>::max())
      throw std::logic_error("an ordinal does not fit its column");
    codes.push_back(static_cast<std::uint32_t>(value));
  }
  const unsigned width = codes.empty() ? 0 : width_of(std::ranges::max(codes));
  std::string body;
  append_codes(body, codes, width);
  return PackedColumn::seal(PackedColumn::Packing::Ordinals, width, values.size(), 0,
                            std::move(body), place);
}

std::string pack_ascending(std::span<const std::int64_t> values, std::uint64_t place) {
  if (values.size() > kMostPacked) throw std::logic_error("too many values for a column");
  std::vector<std::uint32_t> gaps;
  std::vector<std::int64_t> low;
  std::int64_t last = values.empty() ? 0 : values.front();
  std::int64_t last_ms = last >> kIdTimeShift;
  for (const std::int64_t value : values) {
    const std::int64_t gap = (value >> kIdTimeShift) - last_ms;
    if (value < last || value < 0 || gap > std::numeric_limits<std::uint32_t>::max())
      throw std::logic_error("ids of a column do not ascend, or are too far apart");
    gaps.push_back(static_cast<std::uint32_t>(gap));
    low.push_back(value & kIdLowMask);
    last = value;
    last_ms = value >> kIdTimeShift;
  }
  std::string body;
  append_varint(body,
                values.empty() ? 0 : static_cast<std::uint64_t>(values.front() >> kIdTimeShift));
  std::string packed_gaps;
  for (std::size_t at = 0; at < gaps.size(); at += kGroup) {
    const auto group = std::span(gaps).subspan(at, std::min(kGroup, gaps.size() - at));
    const unsigned gap_width = width_of(std::ranges::max(group));
    body += static_cast<char>(gap_width);
    append_group(packed_gaps, group, gap_width);
  }
  body += packed_gaps;
  const Coded coded = code(low);
  const unsigned width = width_of_codes(coded);
  append_dictionary(body, coded.dictionary);
  append_codes(body, coded.codes, width);
  return PackedColumn::seal(PackedColumn::Packing::Ascending, width, values.size(),
                            coded.dictionary.size(), std::move(body), place);
}

bool PackedColumn::read_dictionary(std::string_view& body, std::size_t size) {
  if (size > body.size()) return false;
  dictionary_.resize(size);
  std::uint64_t last = 0;
  for (std::size_t n = 0; n < size; ++n) {
    std::uint64_t number = 0;
    if (!take_varint(body, number)) return false;
    last = n == 0 ? static_cast<std::uint64_t>(unzigzag(number)) : last + number;
    dictionary_[n] = static_cast<std::int64_t>(last);
  }
  return true;
}

bool PackedColumn::open_ascending(std::string_view& body) {
  const std::size_t groups = groups_of(count_);
  if (!take_varint(body, first_ms_) || body.size() < groups) return false;
  gap_widths_ = body.substr(0, groups);
  body.remove_prefix(groups);
  std::size_t bytes = 0;
  for (const char width : gap_widths_) {
    if (static_cast<unsigned char>(width) > 32) return false;
    bytes += static_cast<unsigned char>(width) * std::size_t{8};
  }
  if (body.size() < bytes) return false;
  gaps_ = body.substr(0, bytes);
  body.remove_prefix(bytes);
  return true;
}

Result<PackedColumn, std::string> PackedColumn::open(std::string_view bytes, std::uint64_t place) {
  const auto damaged = [](const char* what) { return std::unexpected(std::string(what)); };
  if (bytes.size() < kHeadBytes) return damaged("it ends too early");
  if (load(bytes.data() + kChecksumAt) != checksum_of_column(bytes, place))
    return damaged("its checksum is wrong");
  if (static_cast<std::uint8_t>(bytes[0]) != kVersion)
    return damaged("it was written in another way than this version reads");
  PackedColumn column;
  column.packing_ = static_cast<Packing>(bytes[1]);
  column.width_ = static_cast<unsigned char>(bytes[2]);
  std::uint32_t count = 0;
  std::uint32_t dictionary = 0;
  std::memcpy(&count, bytes.data() + 4, sizeof count);
  std::memcpy(&dictionary, bytes.data() + 8, sizeof dictionary);
  column.count_ = count;
  if (column.width_ > 32 || count > kMostPacked) return damaged("its head makes no sense");
  std::string_view body = bytes.substr(kHeadBytes);
  if (column.packing_ == Packing::Ascending && !column.open_ascending(body))
    return damaged("its times make no sense");
  if (!column.read_dictionary(body, dictionary)) return damaged("its dictionary makes no sense");
  column.codes_ = body;
  if (body.size() != groups_of(count) * column.width_ * 8) return damaged("it has another length");
  return column;
}

void PackedColumn::read_codes(std::vector<std::uint32_t>& out) const {
  unpack(codes_, width_, count_, out);
}

std::vector<std::int64_t> PackedColumn::read_ascending(
    const std::vector<std::uint32_t>& low) const {
  std::vector<std::int64_t> values(count_);
  std::array<std::uint32_t, kGroup> gaps{};
  std::uint64_t ms = first_ms_;
  const char* bytes = gaps_.data();
  for (std::size_t at = 0; at < count_; at += kGroup) {
    const auto width = static_cast<unsigned char>(gap_widths_[at / kGroup]);
    kUnpack[width](bytes, gaps.data());
    bytes += width * std::size_t{8};
    for (std::size_t n = at; n < std::min(count_, at + kGroup); ++n) {
      ms += gaps[n - at];
      values[n] = static_cast<std::int64_t>((ms << kIdTimeShift) |
                                            static_cast<std::uint64_t>(dictionary_[low[n]]));
    }
  }
  return values;
}

Result<std::vector<std::int64_t>, std::string> PackedColumn::read() const {
  std::vector<std::uint32_t> codes;
  read_codes(codes);
  if (packing_ == Packing::Ordinals)
    return std::vector<std::int64_t>(codes.begin(),
                                     codes.begin() + static_cast<std::ptrdiff_t>(count_));
  for (std::size_t n = 0; n < count_; ++n)
    if (codes[n] >= dictionary_.size())
      return std::unexpected("a value is missing from its dictionary");
  if (packing_ == Packing::Ascending) return read_ascending(codes);
  std::vector<std::int64_t> values(count_);
  for (std::size_t n = 0; n < count_; ++n) values[n] = dictionary_[codes[n]];
  return values;
}

}  // namespace candor::rollup
