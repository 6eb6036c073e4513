#pragma once
// The links as files of nginx and Caddy, so that a web server in front can redirect by itself while
// Candor is stopped.
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "link/link.h"
#include "link/static_route.h"

namespace candor {

enum class WebServer : unsigned char { Nginx, Caddy };

std::string_view name_of(WebServer server);  ///< "nginx", "caddy"
std::optional<WebServer> find_web_server(std::string_view name);

/// Takes a file's text piece by piece: with a million links it is too large to be held whole.
using TextSink = std::function<void(std::string_view)>;

/// Writes the file: from a path below `go_prefix` (as configured, "/go/") to where the link leads
/// at that moment when nobody looks at the reader or counts (static_route.h). Links without a
/// static route are left out; comments say how many and why. Slugs are sound (check_slug).
///
/// nginx: a `map` from $uri to $candor_destination, for http { }. Locations come out byte by byte:
/// nginx has no escape for '$' in a value and reads no word beyond 4,096 bytes, so dollars and the
/// pieces of a long destination stand in variables of `geo`, which takes words as they are.
///
/// Caddy: a snippet `candor_links` that maps {path} to {candor_destination}. '{', '}', '`' and '\',
/// which Caddy would read as its own, are percent-encoded; all else comes out byte by byte.
void write_links(WebServer server, std::span<const Link> links, std::string_view go_prefix,
                 const StaticMoment& moment, const TextSink& sink);

}  // namespace candor
