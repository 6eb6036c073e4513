#pragma once
// Which addresses are of the internet at large: a URL that somebody typed must not make this
// machine ask its own network (server-side request forgery).
struct sockaddr;

namespace candor::fetch {

/// False for loopback, private, shared, link-local, multicast, documentation and reserved ranges of
/// IPv4 (IANA special-purpose registry, RFC 6890), the same behind IPv6's mapped, NAT64 and 6to4
/// forms, for other IPv6 but 2000::/3, and for other families.
bool is_public_address(const sockaddr& address);

}  // namespace candor::fetch
