#include "api/dashboard.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "dashboard_files.h"
#include "http/gzip.h"

namespace candor::api {
namespace {

std::string_view content_type(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kTypes{{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".json", "application/json"},
      {".ico", "image/x-icon"},
  }};
  for (const auto& [suffix, type] : kTypes)
    if (name.ends_with(suffix)) return type;
  return "application/octet-stream";
}

http::Response plain(int status, std::string body) {
  http::Response response;
  response.status = status;
  response.headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}};
  response.body = std::move(body);
  return response;
}

/// A file as it is sent: compressed once, not for each reader.
struct Sent {
  std::string_view name;
  std::string_view content;
  std::string packed;  ///< empty where packing it gains nothing
  std::string etag;    ///< without quotes
};

std::string hash_of(std::string_view bytes) {
  std::array<unsigned char, crypto_generichash_BYTES_MIN> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  std::string hex(hash.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return hex;
}

const std::vector<Sent>& sent_files() {
  static const std::vector<Sent> all = [] {
    std::vector<Sent> out;
    for (const auto& file : dashboard_files::files()) {
      std::string packed = http::gzip(file.content, http::kGzipSmallest);
      if (packed.size() >= file.content.size()) packed.clear();
      out.push_back({file.name, file.content, std::move(packed), hash_of(file.content)});
    }
    return out;
  }();
  return all;
}

/// Packed or not, it is another representation: its ETag is another strong one (RFC 9110 8.8.3.3).
http::Response answer_with(const Sent& file, const http::Request& request) {
  const bool packs = !file.packed.empty() &&
                     http::accepts_gzip(request.find_header("Accept-Encoding").value_or(""));
  http::Response response;
  response.headers = {{"Content-Type", std::string(content_type(file.name))},
                      {"Cache-Control", "no-cache"},
                      {"Vary", "Accept-Encoding"},
                      {"ETag", '"' + file.etag + (packs ? "-gzip\"" : "\"")}};
  if (packs) response.headers.emplace_back("Content-Encoding", "gzip");
  response.body = packs ? std::string_view(file.packed) : file.content;
  return response;
}

}  // namespace

http::Response dashboard_file(const http::Request& request) {
  if (request.method != "GET" && request.method != "HEAD") {
    http::Response response = plain(405, "Only GET and HEAD here.\n");
    response.headers.emplace_back("Allow", "GET, HEAD");
    return response;
  }
  const std::string_view name =
      request.path == "/" ? "index.html" : std::string_view(request.path).substr(1);
  const auto& all = sent_files();
  const auto file = std::ranges::find(all, name, &Sent::name);
  if (file != all.end()) return answer_with(*file, request);
  return plain(404, "There is no such page. The dashboard begins at /\n");
}

}  // namespace candor::api
