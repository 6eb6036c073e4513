#pragma once
// Bodies that pass through without ever being whole: an answer sent as its bytes come, a request's
// body taken as it arrives. Everything here belongs to the loop's thread.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "http/server.h"

namespace candor::http {

/// An answer on its way. Dropped before end(), or ended short of the length it said, the connection
/// is reset: the reader never takes a part for the whole.
class ResponseStream {
 public:
  /// Begins the answer. `length`: of the body, when known; else it is chunked, or for HTTP/1.0 ends
  /// with the connection. The head may name a Date; Content-Length, Transfer-Encoding and
  /// Connection are the server's, and a body in `head` is ignored. Answers to HEAD, 204 and 304
  /// have none: what is written to them goes nowhere.
  ResponseStream(Reply reply, Response head, std::optional<std::uint64_t> length);
  ResponseStream(ResponseStream&&) noexcept = default;
  ResponseStream& operator=(ResponseStream&&) = delete;
  ~ResponseStream() { abort(); }

  /// False: the reader is slow; `on_room` is called once there is room again. What was given is
  /// taken all the same.
  bool write(std::string_view bytes);
  void end();
  void abort();
  void on_room(std::move_only_function<void()> call);

 private:
  std::shared_ptr<Reply::Slot> slot_;
};

/// A request's body on its way in.
class RequestBody {
 public:
  struct Incoming;
  explicit RequestBody(std::shared_ptr<Incoming> incoming);
  ~RequestBody();
  RequestBody(RequestBody&&) noexcept;
  RequestBody& operator=(RequestBody&&) = delete;

  std::optional<std::uint64_t> length() const;  ///< as announced; nothing when chunked
  /// `on_bytes`: with what came, valid during the call. `on_end`: once, false when the rest will
  /// never come; no call after it. To be set before handle_upload returns.
  void receive(std::move_only_function<void(std::string_view)> on_bytes,
               std::move_only_function<void(bool whole)> on_end);
  /// Stops reading from the connection; what was read already still comes.
  void pause();
  void resume();

 private:
  std::shared_ptr<Incoming> incoming_;
};

}  // namespace candor::http
