#pragma once
// Whose address a request comes from, when proxies stand in front of us: the one header they are
// configured to write is believed only as far as trusted proxies wrote it.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace candor::redirect {

/// An IPv4 address is kept as its IPv6 form (::ffff:0:0/96).
using Address = std::array<std::uint8_t, 16>;

/// Which header our proxies write; the other one is anybody's and never read.
enum class ForwardedHeader : std::uint8_t {
  XForwardedFor,  ///< "X-Forwarded-For: 198.51.100.1, 10.0.0.3"
  Forwarded,      ///< "Forwarded: for=198.51.100.1, for="[2001:db8::1]:4711"" (RFC 7239)
};

/// Reads "192.0.2.1", "2001:db8::1", and both with a port ("192.0.2.1:80", "[2001:db8::1]:80").
std::optional<Address> parse_address(std::string_view text);
/// Whether it is an IPv4 address.
bool is_v4(const Address& address);
/// IPv4 addresses in their dotted form.
std::string format_address(const Address& address);

class TrustedProxies {
 public:
  /// Addresses and CIDR ranges ("10.0.0.0/8"). Throws std::invalid_argument naming the entry that
  /// is neither.
  explicit TrustedProxies(const std::vector<std::string>& ranges,
                          ForwardedHeader header = ForwardedHeader::XForwardedFor);

  bool contains(const Address& address) const;
  /// The same for a text that may be no address; then false.
  bool contains(std::string_view address) const;
  /// The peer, unless it is trusted: then the right-most forwarded address that is not, or the last
  /// one that could be read. A connection without an address (a Unix socket, which only programs
  /// let in by its file mode can open) is trusted; nothing when no address is known.
  std::optional<Address> find_client(const http::Request& request) const;
  /// The same as text; what the peer is called when that is no address.
  std::string client_address(const http::Request& request) const;
  /// Whether a trusted proxy sent the request, so that its other headers are believed, too.
  bool vouches_for(const http::Request& request) const {
    return request.peer.empty() || contains(std::string_view(request.peer));
  }
  /// The one header our proxies write.
  ForwardedHeader header() const { return header_; }

 private:
  struct Range {
    Address address{};
    unsigned bits = 128;
  };
  std::vector<Range> ranges_;
  ForwardedHeader header_;
};

}  // namespace candor::redirect
