// Whatever X-Forwarded-For or Forwarded says, the client's address is an address in its one
// spelling, an untrusted peer's own, and out of reach for what stands in front of a proxy's entry.
#include "fuzz/fuzz_target.h"
#include "redirect/client_address.h"

namespace candor::fuzz {
namespace {

http::Request forwarded(std::string_view value, const std::string& peer) {
  http::Request request;
  request.headers = {{"X-Forwarded-For", "198.51.100.7"},
                     {"x-forwarded-for", std::string(value)},
                     {"Forwarded", "for=198.51.100.7"},
                     {"forwarded", std::string(value)}};
  request.peer = peer;
  return request;
}

}  // namespace

void try_input(std::string_view bytes) {
  using redirect::ForwardedHeader;
  static const std::vector<std::string> ranges{"127.0.0.1", "10.0.0.0/8", "2001:db8::/33"};
  static const redirect::TrustedProxies plain(ranges, ForwardedHeader::XForwardedFor);
  static const redirect::TrustedProxies standard(ranges, ForwardedHeader::Forwarded);
  for (const auto* proxies : {&plain, &standard}) {
    for (const char* peer : {"127.0.0.1", "2001:db8::1"}) {
      const std::string client = proxies->client_address(forwarded(bytes, peer));
      const auto address = redirect::parse_address(client);
      must_hold(address && redirect::format_address(*address) == client,
                "the client's address is an address in its one spelling");
    }
    must_hold(proxies->client_address(forwarded(bytes, "203.0.113.9")) == "203.0.113.9",
              "an untrusted peer is the client");
  }
  const std::string made_up(bytes);
  must_hold(
      plain.client_address(forwarded(made_up + ", 203.0.113.5", "127.0.0.1")) == "203.0.113.5" &&
          standard.client_address(forwarded(made_up + ", for=203.0.113.5", "127.0.0.1")) ==
              "203.0.113.5",
      "the nearest proxy has the last word");
  if (const auto address = redirect::parse_address(bytes))
    must_hold(redirect::parse_address(redirect::format_address(*address)) == address,
              "a written address reads as itself");
}

}  // namespace candor::fuzz
