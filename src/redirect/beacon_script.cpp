#include "redirect/beacon_script.h"

#include <sodium.h>

#include <array>

#include "beacon_files.h"

namespace candor::redirect {
namespace {

std::string version_of(std::string_view text) {
  std::array<unsigned char, crypto_generichash_BYTES_MIN> digest{};
  crypto_generichash(digest.data(), digest.size(),
                     reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr, 0);
  std::array<char, 9> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), 4);
  return {hex.data(), 8};
}

const std::string& script_version() {
  static const std::string text = version_of(beacon_script());
  return text;
}

const std::string& stylesheet_version() {
  static const std::string text = version_of(stylesheet());
  return text;
}

http::Response file_answer(const http::Request& request, std::string_view text,
                           std::string_view type, const std::string& version) {
  const std::string tag = '"' + version + '"';
  http::Response response;
  response.headers = {
      {"Content-Type", std::string(type)},
      {"Cache-Control", request.query == "v=" + version ? "public, max-age=31536000, immutable"
                                                        : "public, max-age=300"},
      {"ETag", tag},
      {"X-Content-Type-Options", "nosniff"},
      {"Cross-Origin-Resource-Policy", "cross-origin"}};
  if (request.find_header("If-None-Match") == tag) {
    response.status = 304;
    return response;
  }
  response.body = text;
  return response;
}

}  // namespace

std::string_view beacon_script() { return beacon_files::file("candor.js"); }

std::string beacon_script_reference() {
  return std::string(kBeaconScriptName) + "?v=" + script_version();
}

std::string_view stylesheet() { return beacon_files::file("candor.css"); }

std::string stylesheet_reference() {
  return std::string(kStylesheetName) + "?v=" + stylesheet_version();
}

http::Response beacon_script_answer(const http::Request& request) {
  return file_answer(request, beacon_script(), "text/javascript; charset=utf-8", script_version());
}

http::Response stylesheet_answer(const http::Request& request) {
  return file_answer(request, stylesheet(), "text/css; charset=utf-8", stylesheet_version());
}

}  // namespace candor::redirect
