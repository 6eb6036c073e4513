#include "proxy/folder_front.h"

#include <array>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

#include "link/url.h"

namespace candor::proxy {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostCachedPages = 1000;
constexpr std::uintmax_t kLargestFile = 64u << 20;

std::string_view content_type(const fs::path& file) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kTypes{{
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
      {".gif", "image/gif"},
      {".ico", "image/x-icon"},
      {".xml", "application/xml"},
      {".txt", "text/plain; charset=utf-8"},
      {".woff2", "font/woff2"},
  }};
  const std::string extension = file.extension().string();
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
  const std::string path = percent_decode(request.path);
  if (path.find('\0') != std::string::npos) return plain(400, "The path holds a NUL byte.\n");
  fs::path file = root_ / path.substr(path.find_first_not_of('/') == std::string::npos
                                          ? path.size()
                                          : path.find_first_not_of('/'));
  std::error_code error;
  if (fs::is_directory(file, error)) {
    if (!path.ends_with('/')) {
      http::Response response = plain(301, {});
      response.headers = {{"Location", request.path + "/"}};
      return response;
    }
    file /= "index.html";
  }
  // Symbolic links are followed, but only to places inside the folder.
  const fs::path real = fs::canonical(file, error);
  if (error || !is_inside(root_, real) || !fs::is_regular_file(real))
    return plain(404, "There is no such page.\n");
  if (fs::file_size(real) > kLargestFile) return plain(500, "The file is larger than 64 MiB.\n");

  if (content_type(real) == "text/html") return page_response(real, path);
  http::Response response;
  response.headers = {{"Content-Type", std::string(content_type(real))},
                      {"Cache-Control", "no-cache"}};
  response.body = read_file(real);
  return response;
}

http::Response FolderFront::page_response(const fs::path& file, const std::string& path) {
  const Disclosed page = disclose(file, path);
  http::Response response;
  // No charset: the page's own declaration decides, as it did when it was written.
  response.headers = {{"Content-Type", "text/html"},
                      {"Cache-Control", page.passed_through ? "no-store" : "no-cache"}};
  response.body = *page.page;
  return response;
}

FolderFront::Disclosed FolderFront::disclose(const fs::path& file, const std::string& path) {
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
  auto result = pages_.inject(read_file(file), path);
  wanted.passed_through = result.outcome == disclosure::InjectOutcome::PassedThrough;
  wanted.page = std::make_shared<const std::string>(std::move(result.page));
  // Adopting a link or recording the article moves the epoch; the page already shows both.
  wanted.link_epoch = links_.link_epoch();
  cache_.with([&](auto& cache) {
    if (cache.size() >= kMostCachedPages) cache.clear();
    cache[key] = wanted;
  });
  return wanted;
}

}  // namespace candor::proxy
