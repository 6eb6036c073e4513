#pragma once
// A blocking HTTP client: one request, one complete answer, or a reason why there is none.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace candor::fetch {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method = "GET";
  std::string url{};  ///< http or https, with a host (which one does not matter on a Unix socket)
  HeaderList headers{};
  std::string body{};
  std::string unix_socket_path{};    ///< empty: TCP
  std::int64_t timeout_ms = 30'000;  ///< for everything, from connecting to the last byte
  std::size_t max_body_bytes = std::size_t{16} << 20;
  /// Refuses to connect anywhere else, whatever a name leads to; see public_address.h.
  bool public_addresses_only = false;
  /// Asked about once a second; true ends the request. None: nothing does but its time.
  std::function<bool()> cancelled = nullptr;
};

struct Response {
  int status = 0;
  HeaderList headers;  ///< as sent, values trimmed; of the final answer only
  std::string body;
  std::string local_address;  ///< from which the request went out; empty: a Unix socket

  /// First value of a header, name compared ignoring case; nothing when absent.
  std::optional<std::string_view> find_header(std::string_view name) const;
};

enum class ErrorKind {
  BadRequest,     ///< not http or https, or not a URL, or a header with a line break
  CannotConnect,  ///< name, address, refused, no such socket: nobody saw the request
  Timeout,
  TooLarge,  ///< the answer's body is beyond max_body_bytes
  Cancelled,
  Broken,  ///< TLS failed, or the answer was cut off or is no HTTP
};

struct Error {
  ErrorKind kind = ErrorKind::Broken;
  std::string message;
};

/// Keeps its connection for the next request. Redirects are answers like others: never followed. No
/// proxy is used and no cookie kept, whatever the environment says. One thread at a time.
class Client {
 public:
  Client();
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  Result<Response, Error> send(const Request& request);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace candor::fetch
