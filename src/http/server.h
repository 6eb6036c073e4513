#pragma once
// The HTTP/1.1 server core of all fronts: strict parsing (RFC 9112), limits and deadlines on
// everything, graceful drain.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "http/event_loop.h"
#include "http/message.h"

namespace candor::http {

struct Limits {
  std::size_t head_bytes =
      16 * 1024;  ///< request line and headers; beyond: 431 (414 when the target alone is)
  std::size_t target_bytes = 8 * 1024;
  std::size_t header_count = 100;
  std::size_t body_bytes = 1024 * 1024;  ///< beyond: 413
  std::size_t connections = 10000;
  std::size_t pipelined = 64;  ///< requests answered per connection before reading on
  std::size_t write_buffer_bytes = 4u << 20;
  std::size_t requests_per_connection = 100000;
  std::chrono::milliseconds head_deadline{5000};  ///< for the whole head; beyond: 408
  std::chrono::milliseconds body_deadline{10000};
  std::chrono::milliseconds write_deadline{10000};
  std::chrono::milliseconds keep_alive{15000};
};

/// The right to answer one request, once. May be kept and used later, on the loop's thread; dropped
/// unanswered it answers 500. Answering a connection that is gone does nothing.
class Reply {
 public:
  struct Slot;
  explicit Reply(std::shared_ptr<Slot> slot) : slot_(std::move(slot)) {}
  Reply(Reply&&) noexcept = default;
  Reply& operator=(Reply&&) noexcept = default;
  ~Reply();
  void send(Response response);

 private:
  std::shared_ptr<Slot> slot_;
};

class Handler {
 public:
  virtual ~Handler() = default;
  /// Called on the loop's thread for each complete request. The request is only valid during the
  /// call.
  virtual void handle(const Request& request, Reply reply) = 0;
};

class Server {
 public:
  /// Listens on "127.0.0.1:8080", "[::1]:0" or "unix:/path" (mode 0600). Port 0 picks one; see
  /// address(). Throws std::system_error or Poco::Exception with the address in its text when it
  /// cannot listen.
  Server(EventLoop& loop, const std::string& listen, Handler& handler, Limits limits);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::string address() const;  ///< "127.0.0.1:8080" as bound
  std::size_t connections() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace candor::http
