#include "redirect/probe_notes.h"

#include <string>

namespace candor::redirect {
namespace {

/// Longer schemes are none.
constexpr std::size_t kSchemeBytes = 16;

ProbeSighting sighting_of(const http::Request& request, const TrustedProxies& proxies,
                          ForwardedHeader header) {
  const auto text_of = [&request](std::string_view name) {
    return std::string(request.find_header(name).value_or(""));
  };
  ProbeSighting seen;
  seen.peer = request.peer;
  seen.peer_trusted = request.peer.empty() || proxies.contains(std::string_view(seen.peer));
  seen.forwarded =
      request.find_header(header == ForwardedHeader::Forwarded ? "Forwarded" : "X-Forwarded-For")
          .has_value();
  seen.client = proxies.client_address(request);
  seen.client_trusted = proxies.contains(std::string_view(seen.client));
  seen.scheme = text_of("X-Forwarded-Proto").substr(0, kSchemeBytes);
  seen.referer = text_of("Referer");
  return seen;
}

}  // namespace

std::optional<std::size_t> note_probe(ProbeBook* book, const http::Request& request,
                                      const TrustedProxies& proxies, ForwardedHeader header,
                                      Millis now) {
  if (book == nullptr || !book->any_open()) return std::nullopt;
  const auto key = request.find_header(kProbeHeader);
  if (!key) return std::nullopt;
  return book->note(*key, sighting_of(request, proxies, header), now);
}

}  // namespace candor::redirect
