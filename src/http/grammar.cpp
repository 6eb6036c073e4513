#include "http/grammar.h"

#include <algorithm>

namespace candor::http {
namespace {

bool is_port(std::string_view text) {
  if (text.size() > 5 || !std::ranges::all_of(text, ascii::is_digit)) return false;
  unsigned value = 0;
  for (const char c : text) value = value * 10 + static_cast<unsigned>(c - '0');
  return value <= 65535;
}

bool is_ip_literal_text(std::string_view text) {
  return text.size() >= 2 && std::ranges::all_of(text, [](char c) {
           return hex_value(c) >= 0 || c == ':' || c == '.';
         });
}

}  // namespace

bool is_authority(std::string_view text) {
  std::string_view rest = text;
  if (!text.empty() && text.front() == '[') {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos || !is_ip_literal_text(text.substr(1, end - 1))) return false;
    rest = text.substr(end + 1);
  } else {
    const std::size_t end = std::min(text.find(':'), text.size());
    if (end == 0 || !grammar_detail::all(text.substr(0, end), grammar_detail::Host) ||
        !is_well_escaped(text.substr(0, end)))
      return false;
    rest = text.substr(end);
  }
  return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
}

bool is_well_escaped(std::string_view path) {
  for (std::size_t at = path.find('%'); at != std::string_view::npos; at = path.find('%', at + 3)) {
    if (path.size() - at < 3) return false;
    const int high = hex_value(path[at + 1]);
    const int low = hex_value(path[at + 2]);
    if (high < 0 || low < 0 || high * 16 + low == 0) return false;
  }
  return true;
}

}  // namespace candor::http
