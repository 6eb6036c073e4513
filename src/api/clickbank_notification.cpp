#include "api/clickbank_notification.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

namespace candor::api {
namespace {

using nlohmann::json;

struct ContextDeleter {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

std::optional<std::string> from_base64(const json& body, const char* name) {
  const auto member = body.find(name);
  if (member == body.end() || !member->is_string()) return std::nullopt;
  const auto& text = member->get_ref<const std::string&>();
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), " \r\n", &size, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0)
    return std::nullopt;
  bytes.resize(size);
  return bytes;
}

std::string key_of(std::string_view secret) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned size = 0;
  EVP_Digest(secret.data(), secret.size(), hash.data(), &size, EVP_sha1(), nullptr);
  std::string hex(size * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), size);
  return hex.substr(0, 32);
}

std::optional<std::string> decrypt(const std::string& sealed, const std::string& iv,
                                   const std::string& key) {
  const std::unique_ptr<EVP_CIPHER_CTX, ContextDeleter> context(EVP_CIPHER_CTX_new());
  const auto* bytes = reinterpret_cast<const unsigned char*>(sealed.data());
  std::string opened(sealed.size() + 16, '\0');
  auto* out = reinterpret_cast<unsigned char*>(opened.data());
  int length = 0;
  int rest = 0;
  if (!context ||
      EVP_DecryptInit_ex(context.get(), EVP_aes_256_cbc(), nullptr,
                         reinterpret_cast<const unsigned char*>(key.data()),
                         reinterpret_cast<const unsigned char*>(iv.data())) != 1 ||
      EVP_DecryptUpdate(context.get(), out, &length, bytes, static_cast<int>(sealed.size())) != 1 ||
      EVP_DecryptFinal_ex(context.get(), out + length, &rest) != 1)
    return std::nullopt;
  opened.resize(static_cast<std::size_t>(length + rest));
  return opened;
}

}  // namespace

Result<std::string, std::string> open_notification(std::string_view body, std::string_view secret) {
  constexpr std::size_t kIvBytes = 16;
  const json sealed = json::parse(body, nullptr, false);
  const auto notification = from_base64(sealed, "notification");
  const auto iv = from_base64(sealed, "iv");
  if (!notification || !iv || iv->size() != kIvBytes)
    return std::unexpected("the body is no {\"notification\": ..., \"iv\": ...} in base64");
  auto opened = decrypt(*notification, *iv, key_of(secret));
  if (!opened)
    return std::unexpected(
        "the notification cannot be opened: revenue.clickbank_secret is not the secret key it was "
        "sealed with");
  return *std::move(opened);
}

}  // namespace candor::api
