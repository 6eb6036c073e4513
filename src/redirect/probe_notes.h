#pragma once
// The owner's test requests (click/probe_book.h) as the front meets them.
#include <cstddef>
#include <optional>

#include "base/clock.h"
#include "click/probe_book.h"
#include "http/message.h"
#include "redirect/client_address.h"

namespace candor::redirect {

/// Notes a test request and gives its number from 1; nothing for readers' requests, and when
/// `book` is null. `header` is the one that `proxies` believes.
std::optional<std::size_t> note_probe(ProbeBook* book, const http::Request& request,
                                      const TrustedProxies& proxies, ForwardedHeader header,
                                      Millis now);

}  // namespace candor::redirect
