#pragma once
// An HTTP client on a server's event loop: many requests at once, bodies both ways as they come,
// connections kept for the next request. Everything here belongs to the loop's thread.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fetch/client.h"
#include "http/event_loop.h"

namespace candor::fetch {

struct StreamTimeouts {
  std::chrono::milliseconds connect{5'000};
  /// From the last byte of the request to the end of the answer's head.
  std::chrono::milliseconds first_byte{60'000};
  /// Without a byte in either direction, while nobody but the origin is waited for.
  std::chrono::milliseconds idle{60'000};
};

struct StreamLimits {
  std::size_t head_bytes = std::size_t{64} << 10;
  std::size_t header_count = 256;
  long connections = 128;      ///< at once; further requests wait for one
  long idle_connections = 32;  ///< kept for the next requests
};

struct StreamRequest {
  std::string method = "GET";
  std::string
      url{};  ///< "http://127.0.0.1:8083": where to; on a Unix socket only its scheme counts
  std::string target{};  ///< what is asked for, byte by byte: "/a?b"
  HeaderList headers{};  ///< all that is sent but the framing
  std::string unix_socket_path{};
  bool has_body = false;
  std::optional<std::uint64_t> body_length{};  ///< nothing: chunked
  /// Not on a kept connection, whose end the origin may just be closing: for what must not be sent
  /// twice.
  bool fresh_connection = false;
};

struct StreamHead {
  int status = 0;
  HeaderList headers;                     ///< as sent and in order, values trimmed
  std::optional<std::uint64_t> length{};  ///< of the body, when said
};

/// Told how a request goes on. Calls may come while the client works, so none of them may destroy
/// the client.
class StreamReceiver {
 public:
  virtual ~StreamReceiver() = default;
  virtual void on_interim(StreamHead head) = 0;  ///< 1xx but 100 and 101
  virtual void on_head(StreamHead head) = 0;
  /// False: no more, please, until resume_answer(). One more piece may still come.
  virtual bool on_body(std::string_view bytes) = 0;
  /// Fills `into` with what comes next of the request's body. 0 with `ended` unset: nothing yet,
  /// resume_body() will tell.
  virtual std::size_t give_body(std::span<char> into, bool& ended) = 0;
  /// The last call: whole, or why not.
  virtual void on_end(std::optional<Error> error) = 0;
};

class StreamClient {
 public:
  struct Impl;
  struct Transfer;

  /// One request under way. Letting go of it cancels it, without a further call.
  class Handle {
   public:
    Handle() = default;
    explicit Handle(std::shared_ptr<Transfer> transfer) : transfer_(std::move(transfer)) {}
    Handle(Handle&&) noexcept = default;
    Handle& operator=(Handle&& other) noexcept;
    ~Handle() { cancel(); }
    void cancel();
    void resume_answer();
    void resume_body();

   private:
    std::shared_ptr<Transfer> transfer_;
  };

  /// Made and destroyed while the loop does not run, or on its thread outside of its own calls.
  explicit StreamClient(http::EventLoop& loop, StreamTimeouts timeouts = {},
                        StreamLimits limits = {});
  ~StreamClient();
  StreamClient(const StreamClient&) = delete;
  StreamClient& operator=(const StreamClient&) = delete;

  /// `receiver` must live until its on_end, or the handle is let go of. No redirect is followed, no
  /// proxy used, no cookie kept. What an HTTP/1.1 reader could take in two ways (two lengths, a
  /// length beside chunks, an unknown transfer coding) ends in ErrorKind::Broken before on_head.
  Handle send(StreamRequest request, StreamReceiver& receiver);

  std::size_t under_way() const;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace candor::fetch
