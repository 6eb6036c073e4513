#pragma once
// Responses as bytes on the wire.
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

/// The core's own answer to a request it refuses: a line of text, closing the connection.
Response refusal(int status);

}  // namespace candor::http
