#include "fetch/public_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace candor::fetch {
namespace {

struct Range {
  std::uint32_t first;
  int bits;
};

constexpr std::uint32_t ip4(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return (a << 24) | (b << 16) | (c << 8) | d;
}

constexpr std::array kNotPublic{
    Range{ip4(0, 0, 0, 0), 8},      Range{ip4(10, 0, 0, 0), 8},     Range{ip4(100, 64, 0, 0), 10},
    Range{ip4(127, 0, 0, 0), 8},    Range{ip4(169, 254, 0, 0), 16}, Range{ip4(172, 16, 0, 0), 12},
    Range{ip4(192, 0, 0, 0), 24},   Range{ip4(192, 0, 2, 0), 24},   Range{ip4(192, 168, 0, 0), 16},
    Range{ip4(192, 88, 99, 0), 24}, Range{ip4(198, 18, 0, 0), 15},  Range{ip4(198, 51, 100, 0), 24},
    Range{ip4(203, 0, 113, 0), 24}, Range{ip4(224, 0, 0, 0), 3}};

bool is_public_ip4(std::uint32_t address) {
  return std::ranges::none_of(kNotPublic, [address](const Range& range) {
    return (address >> (32 - range.bits)) == (range.first >> (32 - range.bits));
  });
}

using Bytes = std::array<std::uint8_t, 16>;

std::uint32_t ip4_at(const Bytes& bytes, std::size_t at) {
  return ip4(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
}

bool starts_with(const Bytes& bytes, std::initializer_list<std::uint8_t> prefix) {
  return std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

bool is_public_ip6(const Bytes& bytes) {
  if (starts_with(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}) ||
      starts_with(bytes, {0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0}))
    return is_public_ip4(ip4_at(bytes, 12));
  if (starts_with(bytes, {0x20, 0x02})) return is_public_ip4(ip4_at(bytes, 2));
  // Teredo and documentation lie within 2000::/3.
  if (starts_with(bytes, {0x20, 0x01, 0, 0}) || starts_with(bytes, {0x20, 0x01, 0x0D, 0xB8}))
    return false;
  return (bytes[0] & 0xE0) == 0x20;
}

}  // namespace

bool is_public_address(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address, sizeof in);
    return is_public_ip4(ntohl(in.sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6) return false;
  sockaddr_in6 in{};
  std::memcpy(&in, &address, sizeof in);
  Bytes bytes{};
  std::memcpy(bytes.data(), &in.sin6_addr, bytes.size());
  return is_public_ip6(bytes);
}

}  // namespace candor::fetch
