#include "api/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <array>
#include <cstddef>
#include <span>
#include <stdexcept>

#include "base/ascii.h"
#include "link/url.h"

namespace candor::api {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t kDigits = 6;
constexpr std::uint32_t kCodes = 1'000'000;
constexpr int kRecoveryCodes = 10;

template <std::size_t Size>
std::string random_bytes(Random& random) {
  std::array<std::byte, Size> bytes{};
  random.fill(bytes);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

std::string encode_base32(std::string_view bytes) {
  std::string text;
  unsigned held = 0;
  unsigned bits = 0;
  for (const char byte : bytes) {
    held = (held << 8) | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 5; bits -= 5) text += kAlphabet[(held >> (bits - 5)) & 31];
    held &= 0xff;
  }
  if (bits > 0) text += kAlphabet[(held << (5 - bits)) & 31];
  return text;
}

std::optional<std::string> decode_base32(std::string_view text) {
  std::string bytes;
  unsigned held = 0;
  unsigned bits = 0;
  for (const char c : text) {
    const auto value = kAlphabet.find(c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
    if (value == std::string_view::npos) return std::nullopt;
    held = ((held << 5) | static_cast<unsigned>(value)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>((held >> bits) & 0xff);
  }
  return bytes;
}

std::string totp_code(std::string_view key, std::int64_t step) {
  std::array<unsigned char, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i)
    counter[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (56 - 8 * i));
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  if (HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), counter.data(), counter.size(),
           mac.data(), &size) == nullptr)
    throw std::runtime_error("SHA-1 is not available for the authenticator's codes");
  const std::size_t at = mac.at(size - 1) & 15u;
  const std::uint32_t number = (mac.at(at) & 0x7fu) << 24 |
                               static_cast<std::uint32_t>(mac.at(at + 1)) << 16 |
                               static_cast<std::uint32_t>(mac.at(at + 2)) << 8 | mac.at(at + 3);
  const std::string digits = std::to_string(number % kCodes);
  return std::string(kDigits - digits.size(), '0') + digits;
}

std::optional<std::int64_t> find_totp_step(std::string_view key, std::string_view code,
                                           std::int64_t now_ms) {
  if (code.size() != kDigits) return std::nullopt;
  std::optional<std::int64_t> found;
  // All three are compared whole, so that how long it takes tells nothing.
  const std::int64_t now = now_ms / kTotpStepMs;
  for (std::int64_t step = now - 1; step <= now + 1; ++step)
    if (sodium_memcmp(totp_code(key, step).data(), code.data(), kDigits) == 0) found = step;
  return found;
}

std::string totp_uri(std::string_view issuer, std::string_view account, std::string_view base32) {
  const std::string from = percent_encode(issuer);
  return "otpauth://totp/" + from + ":" + percent_encode(account) +
         "?secret=" + std::string(base32) + "&issuer=" + from +
         "&algorithm=SHA1&digits=6&period=30";
}

std::string new_totp_key(Random& random) { return encode_base32(random_bytes<20>(random)); }

std::vector<std::string> new_recovery_codes(Random& random) {
  std::vector<std::string> codes;
  for (int n = 0; n < kRecoveryCodes; ++n) {
    const std::string text = ascii::to_lower(encode_base32(random_bytes<10>(random)));
    std::string code;
    for (std::size_t i = 0; i < text.size(); i += 4)
      code += (i == 0 ? "" : "-") + text.substr(i, 4);
    codes.push_back(std::move(code));
  }
  return codes;
}

std::string plain_recovery_code(std::string_view typed) {
  std::string plain;
  for (const char c : ascii::to_lower(typed))
    if (ascii::is_alnum(c)) plain += c;
  return plain;
}

}  // namespace candor::api
