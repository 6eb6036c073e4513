#pragma once
// Databases of a few networks in MaxMind's format, made for tests after
// https://maxmind.github.io/MaxMind-DB/.
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "geo/database_file.h"

namespace candor::geo {

inline Address v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d) {
  return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, a, b, c, d};
}

namespace encoding {

inline std::string head(unsigned type, std::size_t size) {
  std::string out;
  const std::size_t in_head = size < 29 ? size : 29;
  out += static_cast<char>((type > 7 ? 0 : type) << 5 | in_head);
  if (type > 7) out += static_cast<char>(type - 7);
  if (size >= 29) out += static_cast<char>(size - 29);
  return out;
}
inline std::string text(std::string_view value) {
  return head(2, value.size()) + std::string(value);
}
inline std::string whole(unsigned type, std::uint64_t value) {
  std::string bytes;
  for (; value != 0; value >>= 8) bytes.insert(bytes.begin(), static_cast<char>(value & 0xFF));
  return head(type, bytes.size()) + bytes;
}
inline std::string number(std::uint32_t value) { return whole(6, value); }
inline std::string map(const std::vector<std::pair<std::string, std::string>>& entries) {
  std::string out = head(7, entries.size());
  for (const auto& [key, value] : entries) out += text(key) + value;
  return out;
}

}  // namespace encoding

class TinyDatabase {
 public:
  explicit TinyDatabase(std::string type, std::uint64_t built_at_s = 1'790'000'000)
      : type_(std::move(type)), built_at_s_(built_at_s) {}

  /// `data` is encoded; `bits` counts from the address's first, so an IPv4 /8 has 104.
  void add(Address address, unsigned bits, std::string data) {
    // The format keeps IPv4 below ::/96.
    if (address[10] == 0xFF && address[11] == 0xFF) address[10] = address[11] = 0;
    std::size_t node = 0;
    for (unsigned i = 0; i < bits; ++i) {
      const std::size_t side = address[i / 8] >> (7 - i % 8) & 1;
      if (i + 1 == bits) {
        nodes_[node][side] = -static_cast<std::int64_t>(data_.size()) - 1;
      } else {
        if (nodes_[node][side] <= 0) {
          nodes_[node][side] = static_cast<std::int64_t>(nodes_.size());
          nodes_.push_back({0, 0});
        }
        node = static_cast<std::size_t>(nodes_[node][side]);
      }
    }
    data_ += data;
  }

  std::string bytes() const {
    using namespace encoding;
    std::string out;
    for (const auto& sides : nodes_)
      for (const std::int64_t side : sides) {
        const auto count = static_cast<std::int64_t>(nodes_.size());
        const std::int64_t record = side > 0 ? side : side == 0 ? count : count + 16 - side - 1;
        for (const int shift : {16, 8, 0}) out += static_cast<char>(record >> shift & 0xFF);
      }
    out += std::string(16, '\0') + data_ + "\xAB\xCD\xEFMaxMind.com";
    return out + map({{"binary_format_major_version", whole(5, 2)},
                      {"binary_format_minor_version", whole(5, 0)},
                      {"build_epoch", whole(9, built_at_s_)},
                      {"database_type", text(type_)},
                      {"description", map({{"en", text("for tests")}})},
                      {"ip_version", whole(5, 6)},
                      {"languages", head(11, 0)},
                      {"node_count", number(static_cast<std::uint32_t>(nodes_.size()))},
                      {"record_size", whole(5, 24)}});
  }

  void write(const std::filesystem::path& path) const { write_bytes(path, bytes()); }
  static void write_bytes(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
  }

 private:
  std::string type_;
  std::uint64_t built_at_s_;
  /// 0: nothing; above: a node; below: -1 - offset of data.
  std::vector<std::array<std::int64_t, 2>> nodes_{{0, 0}};
  std::string data_;
};

/// 81.2.0.0/16 is British, 2001:db8::/32 German, 203.0.113.0/24 has no country.
inline TinyDatabase sample_countries(std::string type = "DBIP-Country-Lite") {
  using namespace encoding;
  TinyDatabase database(std::move(type));
  database.add(v4(81, 2, 0, 0), 112, map({{"country", map({{"iso_code", text("GB")}})}}));
  database.add({0x20, 0x01, 0x0D, 0xB8}, 32, map({{"country_code", text("DE")}}));
  database.add(v4(203, 0, 113, 0), 120, map({{"continent", text("EU")}}));
  return database;
}

}  // namespace candor::geo
