// A serialised URL reads as itself and can stand in a header; a click's token changes neither its
// host nor anything in front of it.
#include "link/url.h"

#include "fuzz/fuzz_target.h"
#include "link/destination.h"

namespace candor::fuzz {
namespace {

void check_parts(const Url& url) {
  std::string joined = url.scheme + "://" + url.host;
  if (!url.port.empty()) joined += ":" + url.port;
  joined += url.path;
  if (url.has_query) joined += "?" + url.query;
  if (url.has_fragment) joined += "#" + url.fragment;
  must_hold(joined == url.href, "the parts make up the whole");
  must_hold(!url.host.empty() && url.path.starts_with('/'), "there is a host and a path");
}

void check_destination(const Url& url, const SubIdSlot& slot) {
  const std::string token = "a0123456789abcdef";
  const Destination destination = make_destination(url.href, slot);
  must_hold(destination.before + destination.after == url.href || destination.has_slot,
            "without a slot the destination is the URL");
  const auto location = parse_url(destination.with_token(token));
  must_hold(location || location.error() == UrlError::TooLong, "a Location is a URL");
  if (location) must_hold(location->host == url.host && location->port == url.port, "of that host");
}

}  // namespace

void try_input(std::string_view bytes) {
  must_hold(percent_decode(percent_encode(bytes)) == bytes, "percent-encoding is undone");
  const auto url = parse_url(bytes);
  if (!url) {
    must_hold(!message_of(url.error()).empty() && !name_of(url.error()).empty(),
              "errors have words");
    return;
  }
  for (const char c : url->href)
    must_hold(c > 0x20 && c < 0x7F, "href is printable ASCII: never CR, LF or a blank");
  const auto again = parse_url(url->href);
  must_hold(again && again->href == url->href && again->host == url->host, "href reads as itself");
  check_parts(*url);
  parse_query(url->query);
  check_destination(*url, {.parameter = "clickref", .in_path = false, .max_length = 0});
  check_destination(*url, {.parameter = "u1", .in_path = false, .max_length = 32});
  check_destination(*url, {.parameter = "pubref", .in_path = true, .max_length = 0});
}

}  // namespace candor::fuzz
