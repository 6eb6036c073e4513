#include "api/dashboard.h"

#include <array>
#include <string_view>
#include <utility>

#include "dashboard_files.h"

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

}  // namespace

http::Response dashboard_file(const http::Request& request) {
  if (request.method != "GET" && request.method != "HEAD") {
    http::Response response = plain(405, "Only GET and HEAD here.\n");
    response.headers.emplace_back("Allow", "GET, HEAD");
    return response;
  }
  const std::string_view name =
      request.path == "/" ? "index.html" : std::string_view(request.path).substr(1);
  for (const auto& file : dashboard_files::files()) {
    if (file.name != name) continue;
    http::Response response;
    response.headers = {{"Content-Type", std::string(content_type(name))},
                        {"Cache-Control", "no-cache"}};
    response.body = file.content;
    return response;
  }
  return plain(404, "There is no such page. The dashboard begins at /\n");
}

}  // namespace candor::api
