#include "redirect/client_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "base/ascii.h"
#include "http/grammar.h"
#include "redirect/forwarded_list.h"

namespace candor::redirect {
namespace {

constexpr std::size_t kV4At = 12;  // where the four bytes of ::ffff:a.b.c.d are
constexpr unsigned kV4PrefixBits = 96;

bool is_port(std::string_view text) {
  return text.starts_with(':') && text.size() >= 2 && text.size() <= 6 &&
         std::all_of(text.begin() + 1, text.end(), ascii::is_digit);
}

/// Takes away what may stand around an address in a forwarded header: brackets and a port. Empty
/// when it is something else.
std::string_view without_port(std::string_view text) {
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return {};
    const std::string_view behind = text.substr(end + 1);
    return behind.empty() || is_port(behind) ? text.substr(1, end - 1) : std::string_view{};
  }
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon != text.rfind(':')) return text;
  return is_port(text.substr(colon)) ? text.substr(0, colon) : std::string_view{};
}

/// Four decimal numbers without leading zeros, as inet_pton takes them.
std::optional<Address> parse_v4(std::string_view text) {
  Address address{};
  address[10] = address[11] = 0xFF;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (std::size_t i = kV4At; i < address.size(); ++i) {
    if (i != kV4At && (at == end || *at++ != '.')) return std::nullopt;
    const char* const begin = at;
    unsigned number = 0;
    for (; at != end && ascii::is_digit(*at) && at - begin < 4; ++at)
      number = number * 10 + static_cast<unsigned>(*at - '0');
    if (at == begin || number > 255 || (*begin == '0' && at - begin > 1)) return std::nullopt;
    address[i] = static_cast<std::uint8_t>(number);
  }
  return at == end ? std::optional(address) : std::nullopt;
}

bool shares_prefix(const Address& a, const Address& b, unsigned bits) {
  const std::size_t whole = bits / 8;
  if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin()))
    return false;
  const unsigned rest = bits % 8;
  return rest == 0 || (a[whole] >> (8 - rest)) == (b[whole] >> (8 - rest));
}

}  // namespace

bool is_v4(const Address& address) {
  return std::all_of(address.begin(), address.begin() + 10, [](auto byte) { return byte == 0; }) &&
         address[10] == 0xFF && address[11] == 0xFF;
}

std::optional<Address> parse_address(std::string_view text) {
  const std::string_view name = without_port(text);
  if (name.find(':') == std::string_view::npos) return parse_v4(name);
  std::array<char, INET6_ADDRSTRLEN> terminated{};
  // inet_pton stops at a NUL and would take what stands in front of it.
  if (name.size() >= terminated.size() || name.find('\0') != std::string_view::npos)
    return std::nullopt;
  std::ranges::copy(name, terminated.begin());
  Address address{};
  if (::inet_pton(AF_INET6, terminated.data(), address.data()) == 1) return address;
  return std::nullopt;
}

std::string format_address(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (!is_v4(address)) {
    ::inet_ntop(AF_INET6, address.data(), text.data(), text.size());
    return text.data();
  }
  // inet_ntop goes through printf, which every click would pay for.
  char* end = text.data();
  for (std::size_t i = kV4At; i < address.size(); ++i) {
    if (i != kV4At) *end++ = '.';
    end = std::to_chars(end, text.data() + text.size(), unsigned{address[i]}).ptr;
  }
  return {text.data(), end};
}

TrustedProxies::TrustedProxies(const std::vector<std::string>& ranges, ForwardedHeader header)
    : header_(header) {
  for (const std::string& each : ranges) {
    const std::string_view text = each;
    const auto slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    unsigned bits = 128;
    bool sound = address.has_value();
    if (sound && slash != std::string_view::npos) {
      const std::string_view digits = text.substr(slash + 1);
      const unsigned most = is_v4(*address) ? 32 : 128;
      const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
      sound = error == std::errc() && end == digits.data() + digits.size() && bits <= most;
      if (is_v4(*address)) bits += kV4PrefixBits;
    }
    if (!sound)
      throw std::invalid_argument("neither an address nor a range of addresses: \"" + each + "\"");
    ranges_.push_back({*address, bits});
  }
}

bool TrustedProxies::contains(const Address& address) const {
  return std::ranges::any_of(ranges_, [&](const Range& range) {
    return shares_prefix(address, range.address, range.bits);
  });
}

bool TrustedProxies::contains(std::string_view text) const {
  const auto address = parse_address(text);
  return address && contains(*address);
}

std::string TrustedProxies::client_address(const http::Request& request) const {
  const auto client = find_client(request);
  return client ? format_address(*client) : request.peer;
}

std::optional<Address> TrustedProxies::find_client(const http::Request& request) const {
  std::optional<Address> client;
  if (!request.peer.empty()) {
    client = parse_address(request.peer);
    if (!client || !contains(*client)) return client;
  }
  // Each proxy appends the address it saw, so the list is read from its end: the last header's last
  // entry first.
  for (auto header = request.headers.rbegin(); header != request.headers.rend(); ++header) {
    const bool plain = header_ == ForwardedHeader::XForwardedFor;
    if (!http::is_named(header->first, plain ? "x-forwarded-for" : "forwarded")) continue;
    ForwardedList list(header->second);
    while (const auto entry = list.take_last()) {
      const auto address = plain ? parse_address(*entry) : parse_forwarded_for(*entry);
      if (!address) return client;
      client = address;
      if (!contains(*address)) return client;
    }
  }
  return client;
}

}  // namespace candor::redirect
