#include <algorithm>

#include "base/ascii.h"
#include "link/percent_set.h"
#include "link/url.h"

namespace candor {
namespace {

std::string decode_form(std::string_view text) {
  if (text.find('+') == std::string_view::npos) return percent_decode(text);
  std::string spaced(text);
  std::ranges::replace(spaced, '+', ' ');
  return percent_decode(spaced);
}

}  // namespace

std::string percent_decode(std::string_view text) {
  const std::size_t plain = text.find('%');
  if (plain == std::string_view::npos) return std::string(text);
  std::string out;
  out.reserve(text.size());
  out.append(text.substr(0, plain));
  for (std::size_t i = plain; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high >= 0 && low >= 0) {
        out += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

std::string percent_encode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (ascii::is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~')
      out += c;
    else
      append_percent_byte(out, static_cast<unsigned char>(c));
  }
  return out;
}

std::vector<QueryParameter> parse_query(std::string_view query) {
  std::vector<QueryParameter> parameters;
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    if (!pair.empty()) {
      const std::size_t equals = pair.find('=');
      const bool has_value = equals != std::string_view::npos;
      parameters.push_back({.name = decode_form(pair.substr(0, equals)),
                            .value = has_value ? decode_form(pair.substr(equals + 1)) : ""});
    }
    if (end == std::string_view::npos) break;
    query.remove_prefix(end + 1);
  }
  return parameters;
}

}  // namespace candor
