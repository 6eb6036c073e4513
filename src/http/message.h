#pragma once
// HTTP/1.1 requests and responses as our server core hands them on.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace candor::http {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;  ///< as sent: "GET"
  std::string target;  ///< origin form as sent: "/go/x?a=1"
  std::string path;    ///< target up to '?', as sent (not decoded)
  std::string query;   ///< behind '?'
  HeaderList headers;  ///< names as sent, in order; values trimmed
  std::string body;
  std::string peer;  ///< numeric address of the connection; empty on a Unix socket
  bool keep_alive = true;

  /// First value of a header, name compared ignoring case; nothing when absent.
  std::optional<std::string_view> find_header(std::string_view name) const;
};

/// Content-Length, Connection and Date are the server's; put none of them into `headers`.
struct Response {
  int status = 200;
  HeaderList headers{};
  /// Further header lines, each with its CRLF, as they are sent. Of this program's own text: they
  /// are not checked, and not the server's three.
  std::string_view constant_headers{};
  std::string body{};
  bool close = false;  ///< end the connection behind this answer
};

std::string_view reason_phrase(int status);

}  // namespace candor::http
