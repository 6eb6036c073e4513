#include "redirect/beacon_script.h"

#include <sodium.h>

#include <array>

#include "beacon_files.h"

namespace candor::redirect {
namespace {

const std::string& version() {
  static const std::string text = [] {
    const std::string_view script = beacon_script();
    std::array<unsigned char, crypto_generichash_BYTES_MIN> digest{};
    crypto_generichash(digest.data(), digest.size(),
                       reinterpret_cast<const unsigned char*>(script.data()), script.size(),
                       nullptr, 0);
    std::array<char, 9> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), 4);
    return std::string(hex.data(), 8);
  }();
  return text;
}

}  // namespace

std::string_view beacon_script() { return beacon_files::file("candor.js"); }

std::string beacon_script_reference() { return std::string(kBeaconScriptName) + "?v=" + version(); }

http::Response beacon_script_answer(const http::Request& request) {
  const std::string tag = '"' + version() + '"';
  http::Response response;
  response.headers = {
      {"Content-Type", "text/javascript; charset=utf-8"},
      {"Cache-Control", request.query == "v=" + version() ? "public, max-age=31536000, immutable"
                                                          : "public, max-age=300"},
      {"ETag", tag},
      {"X-Content-Type-Options", "nosniff"},
      {"Cross-Origin-Resource-Policy", "cross-origin"}};
  if (request.find_header("If-None-Match") == tag) {
    response.status = 304;
    return response;
  }
  response.body = beacon_script();
  return response;
}

}  // namespace candor::redirect
