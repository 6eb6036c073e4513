#include "app/config_limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <string_view>

#include "app/config_section.h"
#include "base/ascii.h"
#include "redirect/client_address.h"

namespace candor::app {
namespace {

std::size_t size(Section& section, const char* key, std::size_t otherwise, std::int64_t least,
                 std::int64_t most) {
  return static_cast<std::size_t>(
      section.number(key, static_cast<std::int64_t>(otherwise), least, most));
}

std::chrono::milliseconds time(Section& section, const char* key,
                               std::chrono::milliseconds otherwise) {
  return std::chrono::milliseconds(section.number(key, otherwise.count(), 100, 600'000));
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port <= 65535;
}

bool is_host(std::string_view host) {
  if (host.starts_with('['))
    return host.ends_with(']') && redirect::parse_address(host).has_value();
  if (host.empty() || host.find(':') != std::string_view::npos) return false;
  const bool numeric =
      std::ranges::all_of(host, [](char c) { return ascii::is_digit(c) || c == '.'; });
  if (numeric) return redirect::parse_address(host).has_value();
  return std::ranges::all_of(host,
                             [](char c) { return ascii::is_alnum(c) || c == '-' || c == '.'; });
}

bool can_listen(std::string_view text) {
  constexpr std::string_view kUnix = "unix:";
  if (text.starts_with(kUnix)) return text.size() > kUnix.size();
  const auto colon = text.rfind(':');
  return colon != std::string_view::npos && is_host(text.substr(0, colon)) &&
         is_port(text.substr(colon + 1));
}

}  // namespace

void read_redirect_limits(Section& section, Config& config) {
  http::Limits& limits = config.redirect_limits;
  limits.head_bytes = size(section, "head_bytes", limits.head_bytes, 1024, 1 << 20);
  limits.target_bytes = size(section, "target_bytes", limits.target_bytes, 256, 1 << 20);
  limits.header_count = size(section, "header_count", limits.header_count, 10, 1000);
  limits.body_bytes = size(section, "body_bytes", limits.body_bytes, 0, 1 << 20);
  limits.connections = size(section, "connections", limits.connections, 1, 1'000'000);
  limits.connections_per_address =
      size(section, "connections_per_address", limits.connections_per_address, 0, 1'000'000);
  limits.requests_per_connection =
      size(section, "requests_per_connection", limits.requests_per_connection, 1, 1'000'000'000);
  limits.head_deadline = time(section, "head_deadline_ms", limits.head_deadline);
  limits.body_deadline = time(section, "body_deadline_ms", limits.body_deadline);
  limits.write_deadline = time(section, "write_deadline_ms", limits.write_deadline);
  limits.keep_alive = time(section, "keep_alive_ms", limits.keep_alive);
  config.not_found_per_minute = static_cast<unsigned>(
      section.number("not_found_per_minute", config.not_found_per_minute, 0, 60'000));
}

std::string listen_address(Section& section, const char* key, const std::string& otherwise) {
  std::string text = section.text(key, otherwise);
  if (!can_listen(text))
    section.fail_key(key, fmt::format("\"{}\" is no address and port, as in \"127.0.0.1:8080\", "
                                      "\"[::1]:8080\" or \"unix:/run/candor.sock\"",
                                      text));
  return text;
}

}  // namespace candor::app
