#include "http/h1_handlers.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/ascii.h"

namespace candor::http {
namespace {

std::string header_lines(const Request& request) {
  std::string lines;
  for (const auto& [name, value] : request.headers) lines += name + ": " + value + "\n";
  return lines;
}

std::string cookie_lines(const Request& request) {
  std::string lines;
  for (const auto& [name, value] : request.headers) {
    if (!ascii::equals_ignoring_case(name, "cookie")) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      const std::string_view pair = ascii::trim(rest.substr(0, end));
      if (pair.find('=') != std::string_view::npos) lines.append(pair).append("\n");
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return lines;
}

}  // namespace

void H1Handlers::handle(const Request& request, Reply reply) {
  Response response;
  response.headers.emplace_back("Content-Type", "text/plain");
  if (request.path == "/" || request.path == "*")
    response.body = request.body.empty() ? "OK" : request.body;
  else if (request.path == "/echo")
    response.body = header_lines(request);
  else if (request.path == "/cookie")
    response.body = cookie_lines(request);
  else
    response.status = 404;
  reply.send(std::move(response));
}

}  // namespace candor::http
