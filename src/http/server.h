#pragma once
// The HTTP/1.1 server core of all fronts: strict parsing (RFC 9112), limits and deadlines on
// everything, graceful drain.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "http/event_loop.h"
#include "http/limits.h"
#include "http/message.h"

namespace candor::http {

/// The right to answer one request, once. May be kept and used later, from any thread; dropped
/// unanswered it answers 500. Answering a connection that is gone does nothing.
class Reply {
 public:
  struct Slot;
  explicit Reply(std::shared_ptr<Slot> slot) : slot_(std::move(slot)) {}
  Reply(Reply&&) noexcept = default;
  Reply& operator=(Reply&& other) noexcept;
  ~Reply();
  void send(Response response);
  /// Sends an interim answer (103) when all earlier ones are on their way and the client speaks
  /// HTTP/1.1. Loop thread only.
  void send_interim(const Response& response);
  /// `call` is made once when the connection closes before the answer has ended. Loop thread only.
  void on_gone(std::move_only_function<void()> call);

 private:
  friend class ResponseStream;
  std::shared_ptr<Slot> slot_;
};

class RequestBody;

class Handler {
 public:
  virtual ~Handler() = default;
  /// Called on the loop's thread for each complete request. The request is only valid during the
  /// call. What it throws is logged, and answered 500 when the reply was still its own.
  virtual void handle(const Request& request, Reply reply) = 0;
  /// Whether a body that does not come with its head is taken by handle_upload as it arrives,
  /// instead of by handle once it is whole. The same for the same head.
  virtual bool takes_upload(const Request& head);
  /// Like handle, for those; the request's own body is empty.
  virtual void handle_upload(const Request& head, RequestBody body, Reply reply);
};

class Server {
 public:
  /// Listens on "127.0.0.1:8080", "[::1]:0" or "unix:/path" (mode 0600). Port 0 picks one; see
  /// address(). Throws std::system_error or Poco::Exception with the address in its text when it
  /// cannot listen. Made and destroyed while the loop does not run, or on its thread, and outside
  /// of its own handler.
  Server(EventLoop& loop, const std::string& listen, Handler& handler, Limits limits);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::string address() const;      ///< "127.0.0.1:8080" as bound
  std::size_t connections() const;  ///< open now; callable from any thread
  /// Connections refused because their address had enough; callable from any thread.
  std::uint64_t refused() const;

  /// From now on, for connections that are open as well. Loop thread only, or before the loop runs.
  void set_limits(const Limits& limits);
  /// Peers that may open as many connections as they like, such as a trusted proxy. Loop thread
  /// only, or before the loop runs.
  void set_uncapped(std::function<bool(const std::string& peer)> uncapped);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace candor::http
