#pragma once
// What the redirect front puts up with, and where servers listen, as candor.toml says.
#include <string>

#include "app/config.h"

namespace candor::app {

class Section;

/// Reads `[redirect.limits]`. Throws ConfigError.
void read_redirect_limits(Section& section, Config& config);

/// Where a server is to listen: "127.0.0.1:8080", "[::1]:8080", "name:8080" or "unix:/path". Throws
/// ConfigError when it is none of them; whether it can be bound is known only later.
std::string listen_address(Section& section, const char* key, const std::string& otherwise);

}  // namespace candor::app
