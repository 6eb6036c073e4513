#pragma once
// Responses as bytes on the wire.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace candor::http {

/// What the connection knows about the answer and the handler does not.
struct ResponseFraming {
  bool head_only = false;   ///< answer to HEAD: the head as for GET, no body
  bool close = false;       ///< says "Connection: close"
  bool keep_alive = false;  ///< says "Connection: keep-alive", for HTTP/1.0
};

/// Appends `response` to `out`. One with a header no wire may carry (a line break in it, a name
/// that is no token) or a status outside of 200..599 becomes a 500: a handler's mistake must not
/// become another message on the connection.
void append_response(std::string& out, const Response& response, ResponseFraming framing,
                     std::string_view date);

/// The head of an answer whose body follows bit by bit: `length` says how much, else it is chunked
/// or ends with the connection. False, and nothing is appended, when append_response would make a
/// 500 of it. A Date among the headers is kept.
struct StreamFraming {
  std::optional<std::uint64_t> length{};
  bool chunked = false;
  bool close = false;
  bool keep_alive = false;
};
bool append_stream_head(std::string& out, const Response& response, StreamFraming framing,
                        std::string_view date);
/// An interim answer (1xx but 101). False as above.
bool append_interim(std::string& out, const Response& response);
/// The line that announces a chunk of this many bytes.
void append_chunk_size(std::string& out, std::size_t size);

/// The core's own answer to a request it refuses: a line of text, closing the connection.
Response refusal(int status);

}  // namespace candor::http
