// The parser follows the standard's states, folded into one pass per part: control characters and
// credentials are refused early, so that no state needs to skip or keep them.
#include "link/url.h"

#include <algorithm>
#include <optional>

#include "base/ascii.h"
#include "link/host.h"
#include "link/percent_set.h"

namespace candor {
namespace {

constexpr std::size_t kMaxUrlBytes = 8192;

bool is_slash(char c) { return c == '/' || c == '\\'; }

std::string_view trim_spaces(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// Takes "http:" or "https:" off the front.
std::string_view take_scheme(std::string_view& text) {
  const std::size_t colon = text.find(':');
  const std::string_view scheme = text.substr(0, colon);
  if (colon == std::string_view::npos) return {};
  for (const std::string_view known : {std::string_view("http"), std::string_view("https")}) {
    if (ascii::equals_ignoring_case(scheme, known)) {
      text.remove_prefix(colon + 1);
      return known;
    }
  }
  return {};
}

Result<std::string, UrlError> parse_port(std::string_view text, std::string_view scheme) {
  unsigned port = 0;
  for (const char c : text) {
    if (!ascii::is_digit(c)) return std::unexpected(UrlError::BadPort);
    port = port * 10 + static_cast<unsigned>(c - '0');
    if (port > 65535) return std::unexpected(UrlError::BadPort);
  }
  const unsigned usual = scheme == "http" ? 80 : 443;
  return text.empty() || port == usual ? std::string() : std::to_string(port);
}

// The colon in front of the port; colons inside IPv6 brackets are the host's.
std::size_t find_port_colon(std::string_view authority) {
  bool in_brackets = false;
  for (std::size_t i = 0; i < authority.size(); ++i) {
    if (authority[i] == '[') in_brackets = true;
    if (authority[i] == ']') in_brackets = false;
    if (authority[i] == ':' && !in_brackets) return i;
  }
  return std::string_view::npos;
}

std::optional<UrlError> parse_authority(std::string_view authority, Url& url) {
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    const std::string_view user_info = authority.substr(0, at);
    if (!user_info.empty() && user_info != ":") return UrlError::Credentials;
    authority.remove_prefix(at + 1);
  }
  const std::size_t colon = find_port_colon(authority);
  const std::string_view host = authority.substr(0, colon);
  if (host.empty()) return UrlError::MissingHost;
  auto parsed = parse_host(host);
  if (!parsed) return UrlError::BadHost;
  url.host = std::move(*parsed);
  if (colon == std::string_view::npos) return std::nullopt;
  auto port = parse_port(authority.substr(colon + 1), url.scheme);
  if (!port) return port.error();
  url.port = std::move(*port);
  return std::nullopt;
}

// How many dots a segment stands for: 1 for ".", 2 for "..", with "%2e" for any dot; else 0.
int dot_count(std::string_view segment) {
  int dots = 0;
  while (!segment.empty()) {
    if (segment.front() == '.')
      segment.remove_prefix(1);
    else if (ascii::equals_ignoring_case(segment.substr(0, 3), "%2e"))
      segment.remove_prefix(3);
    else
      return 0;
    if (++dots > 2) return 0;
  }
  return dots;
}

// Resolves dot segments; "\" separates as "/" does.
std::string parse_path(std::string_view text) {
  if (!text.empty() && is_slash(text.front())) text.remove_prefix(1);
  std::string path;
  for (bool last = false; !last;) {
    const auto end = static_cast<std::size_t>(std::ranges::find_if(text, is_slash) - text.begin());
    last = end == text.size();
    const std::string_view segment = text.substr(0, end);
    const int dots = dot_count(segment);
    if (dots == 2 && !path.empty()) path.resize(path.rfind('/'));
    if (dots == 0) {
      path += '/';
      append_percent_encoded(path, segment, PercentSet::Path);
    } else if (last) {
      path += '/';
    }
    if (!last) text.remove_prefix(end + 1);
  }
  return path;
}

void serialise(Url& url) {
  url.href = url.scheme + "://" + url.host;
  if (!url.port.empty()) url.href += ":" + url.port;
  url.href += url.path;
  if (url.has_query) url.href += "?" + url.query;
  if (url.has_fragment) url.href += "#" + url.fragment;
}

}  // namespace

Result<Url, UrlError> parse_url(std::string_view input) {
  if (input.size() > kMaxUrlBytes) return std::unexpected(UrlError::TooLong);
  if (std::ranges::any_of(input, [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
    return std::unexpected(UrlError::ControlCharacter);
  const std::string text = with_replaced_malformed_utf8(trim_spaces(input));
  if (text.empty()) return std::unexpected(UrlError::Empty);

  Url url;
  std::string_view rest = text;
  url.scheme = take_scheme(rest);
  if (url.scheme.empty()) return std::unexpected(UrlError::NotHttp);
  while (!rest.empty() && is_slash(rest.front())) rest.remove_prefix(1);

  if (const std::size_t hash = rest.find('#'); hash != std::string_view::npos) {
    url.has_fragment = true;
    append_percent_encoded(url.fragment, rest.substr(hash + 1), PercentSet::Fragment);
    rest = rest.substr(0, hash);
  }
  if (const std::size_t mark = rest.find('?'); mark != std::string_view::npos) {
    url.has_query = true;
    append_percent_encoded(url.query, rest.substr(mark + 1), PercentSet::SpecialQuery);
    rest = rest.substr(0, mark);
  }
  const std::size_t path_begin = std::min(rest.find_first_of("/\\"), rest.size());
  if (const auto error = parse_authority(rest.substr(0, path_begin), url))
    return std::unexpected(*error);
  url.path = parse_path(rest.substr(path_begin));
  serialise(url);
  if (url.href.size() > kMaxUrlBytes) return std::unexpected(UrlError::TooLong);
  return url;
}

std::string_view name_of(UrlError error) {
  switch (error) {
    case UrlError::Empty:
      return "empty";
    case UrlError::NotHttp:
      return "not-http";
    case UrlError::Credentials:
      return "credentials";
    case UrlError::MissingHost:
      return "missing-host";
    case UrlError::BadHost:
      return "bad-host";
    case UrlError::BadPort:
      return "bad-port";
    case UrlError::ControlCharacter:
      return "control-character";
    case UrlError::TooLong:
      return "too-long";
  }
  return "";
}

std::string_view message_of(UrlError error) {
  switch (error) {
    case UrlError::Empty:
      return "the URL is empty";
    case UrlError::NotHttp:
      return "the URL must begin with http:// or https://";
    case UrlError::Credentials:
      return "the URL holds a user name or password; remove the part in front of '@'";
    case UrlError::MissingHost:
      return "the URL names no host";
    case UrlError::BadHost:
      return "the URL's host is not one that browsers accept";
    case UrlError::BadPort:
      return "the URL's port must be a number from 0 to 65535";
    case UrlError::ControlCharacter:
      return "the URL holds a control character such as a tab or a line break";
    case UrlError::TooLong:
      return "the URL is longer than 8,192 bytes";
  }
  return "";
}

}  // namespace candor
