#include "networks/fingerprint.h"

#include <sodium.h>

#include <array>

namespace candor::networks {

Fingerprint& Fingerprint::add(std::string_view text) {
  facts_ += '\x1F';
  facts_ += text;
  return *this;
}

Fingerprint& Fingerprint::add(std::int64_t number) { return add(std::to_string(number)); }

std::string Fingerprint::hex() const {
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(),
                     reinterpret_cast<const unsigned char*>(facts_.data()), facts_.size(), nullptr,
                     0);
  std::string hex;
  for (unsigned char byte : hash)
    for (unsigned nibble : {unsigned{byte} >> 4U, unsigned{byte} & 0xFU})
      hex += "0123456789abcdef"[nibble];
  return hex;
}

}  // namespace candor::networks
