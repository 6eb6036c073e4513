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

std::optional<RawParameter> take_parameter(std::string_view& query) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    return RawParameter{.name = pair.substr(0, equals),
                        .value = pair.substr(std::min(equals + 1, pair.size()))};
  }
  return std::nullopt;
}

bool RawParameter::is_named(std::string_view wanted) const {
  return name == wanted ||
         (name.find_first_of("%+") != std::string_view::npos && decode_form(name) == wanted);
}

std::string RawParameter::decoded_value() const { return decode_form(value); }

std::vector<QueryParameter> parse_query(std::string_view query) {
  std::vector<QueryParameter> parameters;
  while (const auto raw = take_parameter(query))
    parameters.push_back({.name = decode_form(raw->name), .value = raw->decoded_value()});
  return parameters;
}

}  // namespace candor
