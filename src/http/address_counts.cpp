#include "http/address_counts.h"

#include <arpa/inet.h>

#include <array>

namespace candor::http {

std::uint64_t address_group(const std::string& address) {
  std::array<std::uint8_t, 16> bytes{};
  std::uint64_t group = 0;
  if (::inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) {
    for (std::size_t i = 0; i < 8; ++i) group = group << 8 | bytes[i];
    return group;
  }
  if (::inet_pton(AF_INET, address.c_str(), bytes.data()) != 1) return 0;
  for (std::size_t i = 0; i < 4; ++i) group = group << 8 | bytes[i];
  // No network on the internet begins with 0xFFFFFFFF, so IPv4 and IPv6 never meet.
  return std::uint64_t{0xFFFFFFFF} << 32 | group;
}

std::size_t AddressCounts::count(std::uint64_t group) const {
  const auto found = counts_.find(group);
  return found == counts_.end() ? 0 : found->second;
}

void AddressCounts::leave(std::uint64_t group) {
  const auto found = counts_.find(group);
  if (found != counts_.end() && --found->second == 0) counts_.erase(found);
}

}  // namespace candor::http
