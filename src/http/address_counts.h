#pragma once
// How many connections each client has open. Memory grows with connections, not with addresses.
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

namespace candor::http {

/// What one client can easily change counts as one: an IPv4 address, or a /64 of IPv6 (which every
/// household gets whole). Nothing that is no address has a group of its own: 0.
std::uint64_t address_group(const std::string& address);

class AddressCounts {
 public:
  std::size_t count(std::uint64_t group) const;
  void enter(std::uint64_t group) { ++counts_[group]; }
  void leave(std::uint64_t group);

 private:
  std::unordered_map<std::uint64_t, std::size_t> counts_;
};

}  // namespace candor::http
