#pragma once
// http and https URLs as browsers read them (WHATWG URL Standard, https://url.spec.whatwg.org/,
// read 2026-11).
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace candor {

enum class UrlError {
  Empty,
  NotHttp,      ///< another scheme ("javascript:"), or none
  Credentials,  ///< user or password in the URL
  MissingHost,
  BadHost,
  BadPort,
  ControlCharacter,  ///< CR, LF, TAB, NUL or another byte below 0x20 anywhere in the input
  TooLong,           ///< more than 8,192 bytes, as typed or as serialised
};

/// A short word for machine output: "credentials", "not-http", ...
std::string_view name_of(UrlError error);
/// A sentence for people.
std::string_view message_of(UrlError error);

/// The parts of a URL; `href` is the WHATWG serialisation, the others are slices of it by value.
struct Url {
  std::string href;
  std::string scheme;    ///< "http" or "https"
  std::string host;      ///< lower case, IDNA ToASCII; IPv6 in brackets
  std::string port;      ///< empty for the scheme's default
  std::string path;      ///< begins with '/'
  std::string query;     ///< without '?'
  std::string fragment;  ///< without '#'
  bool has_query = false;
  bool has_fragment = false;
};

/// Absolute http(s) URLs only. Stricter than a browser in two points, since destinations are typed
/// by owners and sent in headers: credentials and control characters are refused instead of kept or
/// dropped. An empty user name ("http://@shop.example/") is dropped as browsers do, and DEL and
/// malformed UTF-8 are percent-encoded.
Result<Url, UrlError> parse_url(std::string_view input);

/// A parameter as it stands in a query: two views into it.
struct RawParameter {
  std::string_view name;
  std::string_view value;

  bool is_named(std::string_view wanted) const;  ///< by its decoded name
  std::string decoded_value() const;
};
/// Cuts the first parameter off the query; nothing when there is none left.
std::optional<RawParameter> take_parameter(std::string_view& query);

struct QueryParameter {
  std::string name;   ///< percent-decoded once, '+' read as space
  std::string value;  ///< same
};
std::vector<QueryParameter> parse_query(std::string_view query);

/// Percent-decodes once; malformed escapes stay as they are.
std::string percent_decode(std::string_view text);
/// Encodes everything but RFC 3986 unreserved characters.
std::string percent_encode(std::string_view text);

}  // namespace candor
