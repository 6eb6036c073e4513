#include "proxy/folder_front.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "base/ascii.h"
#include "link/url.h"
#include "pages/site_folder.h"

namespace candor::proxy {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostCachedPages = 1000;
constexpr std::uintmax_t kLargestFile = 64u << 20;

std::string_view content_type(const fs::path& file) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 21> kTypes{{
      {".html", "text/html"},
      {".htm", "text/html"},
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript"},
      {".mjs", "text/javascript"},
      {".json", "application/json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".jpeg", "image/jpeg"},
      {".webp", "image/webp"},
      {".avif", "image/avif"},
      {".gif", "image/gif"},
      {".ico", "image/x-icon"},
      {".xml", "application/xml"},
      {".txt", "text/plain; charset=utf-8"},
      {".woff", "font/woff"},
      {".woff2", "font/woff2"},
      {".pdf", "application/pdf"},
      {".mp4", "video/mp4"},
      {".webmanifest", "application/manifest+json"},
  }};
  const std::string extension = ascii::to_lower(file.extension().string());
  for (const auto& [suffix, type] : kTypes)
    if (extension == suffix) return type;
  return "application/octet-stream";
}

http::Response plain(int status, std::string body) {
  http::Response response;
  response.status = status;
  response.headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}};
  response.body = std::move(body);
  return response;
}

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw fs::filesystem_error("cannot read", file, std::make_error_code(std::errc::io_error));
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The file a request's path names, relative to the folder. Nothing for what no page links to: dot
/// segments however they are written, separators and NUL behind an escape, and hidden files
/// (".git",
/// ".env"), except what RFC 8615 puts into ".well-known".
std::optional<fs::path> find_relative(std::string_view request_path) {
  fs::path relative;
  while (!request_path.empty()) {
    const std::size_t end = std::min(request_path.find('/'), request_path.size());
    const std::string segment = percent_decode(request_path.substr(0, end));
    request_path.remove_prefix(std::min(end + 1, request_path.size()));
    if (segment.find('/') != std::string::npos || segment.find('\0') != std::string::npos)
      return std::nullopt;
    if (segment.starts_with('.') && segment != ".well-known") return std::nullopt;
    if (!segment.empty()) relative /= segment;
  }
  return relative;
}

/// To the same folder with a slash at its end. Built from the segments: a path that begins with two
/// slashes would send the reader to another host.
http::Response to_folder(const fs::path& relative, const std::string& query) {
  std::string location = "/";
  for (const fs::path& segment : relative) location += percent_encode(segment.string()) + '/';
  if (!query.empty()) location += '?' + query;
  http::Response response;
  response.status = 301;
  response.headers = {{"Location", location}, {"Cache-Control", "no-cache"}};
  return response;
}

bool is_inside(const fs::path& root, const fs::path& file) {
  const auto relative = file.lexically_relative(root);
  return !relative.empty() && *relative.begin() != "..";
}

}  // namespace

FolderFront::FolderFront(http::EventLoop& loop, http::WorkerPool& pool, pages::PageProcessor& pages,
                         const store::LinkStore& links, const fs::path& root)
    : loop_(loop), pool_(pool), pages_(pages), links_(links), root_(fs::canonical(root)) {}

void FolderFront::handle(const http::Request& request, http::Reply reply) {
  auto box = std::make_shared<http::Reply>(std::move(reply));
  const bool taken = pool_.submit([this, box, request] {
    auto response = std::make_shared<http::Response>();
    try {
      *response = answer(request);
    } catch (const std::exception&) {
      *response = plain(500, "The page could not be read.\n");
    }
    loop_.post([box, response] { box->send(std::move(*response)); });
  });
  if (!taken) box->send(plain(503, "Busy. Try again in a moment.\n"));
}

http::Response FolderFront::answer(const http::Request& request) {
  if (request.method != "GET" && request.method != "HEAD") {
    http::Response response = plain(405, "Only GET and HEAD here.\n");
    response.headers.emplace_back("Allow", "GET, HEAD");
    return response;
  }
  const http::Response missing = plain(404, "There is no such page.\n");
  const auto relative = find_relative(request.path);
  if (!relative) return missing;
  // Symbolic links are followed, but only to places inside the folder.
  std::error_code error;
  fs::path real = fs::canonical(root_ / *relative, error);
  if (error || !is_inside(root_, real)) return missing;
  if (fs::is_directory(real)) {
    if (!request.path.ends_with('/')) return to_folder(*relative, request.query);
    real = fs::canonical(real / "index.html", error);
    if (error || !is_inside(root_, real)) return missing;
  } else if (request.path.ends_with('/')) {
    return missing;
  }
  if (!fs::is_regular_file(real)) return missing;
  if (fs::file_size(real) > kLargestFile) return plain(500, "The file is larger than 64 MiB.\n");

  if (content_type(real) == "text/html") return page_response(real);
  http::Response response;
  response.headers = {{"Content-Type", std::string(content_type(real))},
                      {"Cache-Control", "no-cache"}};
  response.body = read_file(real);
  return response;
}

http::Response FolderFront::page_response(const fs::path& file) {
  const Disclosed page = disclose(file);
  http::Response response;
  // No charset: the page's own declaration decides, as it did when it was written.
  response.headers = {{"Content-Type", "text/html"},
                      {"Cache-Control", page.passed_through ? "no-store" : "no-cache"}};
  response.body = *page.page;
  return response;
}

FolderFront::Disclosed FolderFront::disclose(const fs::path& file) {
  Disclosed wanted{fs::last_write_time(file), fs::file_size(file), links_.link_epoch(), nullptr,
                   false};
  const std::string key = file.string();
  const auto known = cache_.with([&](auto& cache) {
    const auto found = cache.find(key);
    return found == cache.end() ? Disclosed{} : found->second;
  });
  if (known.page && known.written_at == wanted.written_at && known.bytes == wanted.bytes &&
      known.link_epoch == wanted.link_epoch)
    return known;
  // The file names the article, not the request: many paths lead to one file.
  const std::string path = pages::path_of_file(file.lexically_relative(root_).generic_string());
  const std::string bytes = read_file(file);
  const pages::SiteFolder folder(root_, {});
  pages::PageAsk ask{.path = path};
  ask.stylesheet =
      ask.variant = [&](std::string_view address) { return folder.read(address, path, bytes); };
  const auto show = [&wanted](disclosure::InjectResult result) {
    wanted.passed_through = result.outcome == disclosure::InjectOutcome::PassedThrough;
    wanted.page = std::make_shared<const std::string>(std::move(result.page));
  };
  try {
    show(pages_.inject(bytes, ask));
  } catch (const std::exception&) {
    // A store that takes no writing (a full disk) must not take the site from its readers.
    show(pages_.disclose(bytes, ask));
    return wanted;
  }
  // Adopting a link or recording the article moves the epoch, so that the next request looks once
  // more: another change may have come in between.
  cache_.with([&](auto& cache) {
    if (cache.size() >= kMostCachedPages) cache.clear();
    cache[key] = wanted;
  });
  return wanted;
}

}  // namespace candor::proxy
