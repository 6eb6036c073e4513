#pragma once
// The three resources that HTTP/1.1 conformance runners ask for.
#include "http/server.h"

namespace candor::http {

/// `/` echoes the body ("OK" when empty), `/echo` the request's header lines, `/cookie` the cookies
/// as name=value lines; 404 elsewhere.
class H1Handlers final : public Handler {
 public:
  void handle(const Request& request, Reply reply) override;
};

}  // namespace candor::http
