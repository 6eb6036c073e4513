#include "jobs/webhook_signature.h"

#include <sodium.h>

#include <array>
#include <span>
#include <stdexcept>

namespace candor::jobs {
namespace {

constexpr std::string_view kSecretPrefix = "whsec_";

std::string base64(std::span<const unsigned char> bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.resize(text.size() - 1);  // its NUL
  return text;
}

std::string key_of(std::string_view secret) {
  if (secret.starts_with(kSecretPrefix)) secret.remove_prefix(kSecretPrefix.size());
  std::string key(secret.size(), '\0');
  std::size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(key.data()), key.size(), secret.data(),
                        secret.size(), nullptr, &length, nullptr,
                        sodium_base64_VARIANT_ORIGINAL) != 0)
    throw std::runtime_error("a webhook's stored secret is no base64");
  key.resize(length);
  return key;
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string new_webhook_secret(Random& random) {
  std::array<unsigned char, 32> key{};
  random.fill(std::as_writable_bytes(std::span(key)));
  return std::string(kSecretPrefix) + base64(key);
}

std::string new_message_id(Random& random) {
  std::array<unsigned char, 16> id{};
  random.fill(std::as_writable_bytes(std::span(id)));
  std::string hex(id.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), id.data(), id.size());
  hex.resize(id.size() * 2);
  return "msg_" + hex;
}

std::string sign_message(std::string_view secret, std::string_view message_id,
                         std::int64_t timestamp_s, std::string_view body) {
  const std::string key = key_of(secret);
  const std::string head = std::string(message_id) + "." + std::to_string(timestamp_s) + ".";
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(head), head.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(body), body.size());
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
  crypto_auth_hmacsha256_final(&state, mac.data());
  return "v1," + base64(mac);
}

}  // namespace candor::jobs
