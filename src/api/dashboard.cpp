#include "api/dashboard.h"

#include <fmt/format.h>
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

Sent sent(std::string_view name, std::string_view content) {
  std::string packed = http::gzip(content, http::kGzipSmallest);
  if (packed.size() >= content.size()) packed.clear();
  return {name, content, std::move(packed), hash_of(content)};
}

constexpr std::string_view kFirstPage = "index.html";

/// Where files are that browsers keep for good: "v/HASH/", the hash being that of all of them. As
/// modules name each other by relative paths, a page's are always of one version.
const std::string& kept_folder() {
  static const std::string folder = [] {
    std::string all;
    for (const auto& file : dashboard_files::files()) all.append(file.name).append(file.content);
    return "v/" + hash_of(all) + "/";
  }();
  return folder;
}

/// The first page, which is asked for anew each time, names the others where they are kept.
std::string first_page(std::string_view text) {
  std::string page(text);
  for (const auto& file : dashboard_files::files()) {
    const std::string quoted = fmt::format("=\"{}\"", file.name);
    for (auto at = page.find(quoted); at != std::string::npos; at = page.find(quoted, at))
      page.insert(at + 2, kept_folder());
  }
  return page;
}

const std::vector<Sent>& sent_files() {
  static std::string page;
  static const std::vector<Sent> all = [] {
    std::vector<Sent> out;
    for (const auto& file : dashboard_files::files()) {
      if (file.name == kFirstPage) page = first_page(file.content);
      out.push_back(sent(file.name, file.name == kFirstPage ? page : file.content));
    }
    return out;
  }();
  return all;
}

/// Packed or not, it is another representation: its ETag is another strong one (RFC 9110 8.8.3.3).
http::Response answer_with(const Sent& file, const http::Request& request, bool kept) {
  const bool packs = !file.packed.empty() &&
                     http::accepts_gzip(request.find_header("Accept-Encoding").value_or(""));
  http::Response response;
  response.headers = {{"Content-Type", std::string(content_type(file.name))},
                      // RFC 8246: not even asked about for a year.
                      {"Cache-Control", kept ? "public, max-age=31536000, immutable" : "no-cache"},
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
  std::string_view name =
      request.path == "/" ? kFirstPage : std::string_view(request.path).substr(1);
  const bool kept = name.starts_with(kept_folder());
  if (kept) name.remove_prefix(kept_folder().size());
  const auto& all = sent_files();
  const auto file = std::ranges::find(all, name, &Sent::name);
  if (file != all.end() && !(kept && name == kFirstPage)) return answer_with(*file, request, kept);
  return plain(404, "There is no such page. The dashboard begins at /\n");
}

}  // namespace candor::api
