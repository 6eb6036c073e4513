#pragma once
// Hosts of http and https URLs: domains, IPv4 and IPv6 addresses, in the one spelling that browsers
// send (WHATWG URL Standard, "Hosts", read 2026-11).
#include <optional>
#include <string>
#include <string_view>

namespace candor {

/// The serialised host ("xn--bcher-kva.example", "192.168.0.1", "[::1]"), nothing when browsers
/// refuse it. `text` is valid UTF-8 and not empty.
std::optional<std::string> parse_host(std::string_view text);

/// Malformed bytes become U+FFFD, as a browser's UTF-8 decoder does.
std::string with_replaced_malformed_utf8(std::string_view bytes);

}  // namespace candor
