#pragma once
// Report files of tests/fixtures/networks, and the same text in other encodings.
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

#include "networks/report_file.h"

namespace candor::networks {

inline std::string load_fixture(const std::string& name) {
  std::ifstream file(CANDOR_SOURCE_DIR "/tests/fixtures/networks/" + name, std::ios::binary);
  if (!file) throw std::runtime_error("no fixture " + name);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Empty texts leave an option out.
inline ReportOptions options_of(std::string_view network, std::string_view currency) {
  ReportOptions options;
  options.network = network;
  options.currency = find_currency(currency);
  return options;
}

/// UTF-16, little endian with its mark, of a text of the Basic Multilingual Plane.
inline std::string to_utf16(std::string_view utf8) {
  std::string out = "\xFF\xFE";
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : 3;
    unsigned c = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k)
      c = (c << 6U) | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
    out += static_cast<char>(c & 0xFFU);
    out += static_cast<char>(c >> 8U);
    i += length;
  }
  return out;
}

inline std::string with_crlf(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

inline std::int64_t sum_of(const ReportFile& file, std::int64_t CommissionRow::* member) {
  std::int64_t sum = 0;
  for (const CommissionRow& row : file.rows) sum += row.*member;
  return sum;
}

}  // namespace candor::networks
