#include "redirect/answers.h"

#include <utility>

namespace candor::redirect {
namespace {

constexpr std::string_view kKeepsReferer =
    "Cache-Control: no-store\r\nX-Robots-Tag: noindex, nofollow\r\n"
    "Referrer-Policy: no-referrer-when-downgrade\r\n";
constexpr std::string_view kCutsReferer =
    "Cache-Control: no-store\r\nX-Robots-Tag: noindex, nofollow\r\n"
    "Referrer-Policy: strict-origin-when-cross-origin\r\n";

constexpr const char* kAllowed = "GET, HEAD, OPTIONS";

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

http::Response plain(int status, std::string body) {
  http::Response response;
  response.status = status;
  response.headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}};
  response.body = std::move(body);
  return response;
}

std::string name_of_site(std::string_view host) {
  return host.empty() ? "this site" : escape_html(host);
}

http::Response page(int status, const std::string& title, const std::string& heading,
                    const std::string& text, const std::string& site) {
  http::Response response;
  response.status = status;
  response.headers = {{"Content-Type", "text/html; charset=utf-8"},
                      {"Cache-Control", "no-store"},
                      {"X-Robots-Tag", "noindex, nofollow"},
                      {"Content-Security-Policy", "default-src 'none'"}};
  response.body =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
      title + " - " + site + "</title>\n</head>\n<body>\n<h1>" + heading + "</h1>\n<p>" + text +
      "</p>\n<p><a href=\"/\">Go to the start page of " + site + "</a></p>\n</body>\n</html>\n";
  return response;
}

}  // namespace

http::Response redirect_answer(std::string location, bool keeps_referer, int code) {
  http::Response response;
  response.status = code;
  response.headers.emplace_back("Location", std::move(location));
  response.constant_headers = keeps_referer ? kKeepsReferer : kCutsReferer;
  return response;
}

http::Response prefetch_answer() {
  http::Response response;
  response.status = 503;
  response.headers = {{"Cache-Control", "no-store"}, {"X-Robots-Tag", "noindex, nofollow"}};
  return response;
}

http::Response not_found_answer(std::string_view site_host) {
  const std::string name = name_of_site(site_host);
  return page(
      404, "Link not found", "This link leads nowhere",
      "There is no such link on " + name + ". It may have been mistyped, renamed or taken down.",
      name);
}

http::Response gone_answer(std::string_view site_host) {
  const std::string name = name_of_site(site_host);
  return page(410, "Offer ended", "This offer has ended",
              "The link was meant for a while, and that while is over.", name);
}

http::Response too_many_answer(std::chrono::seconds wait) {
  http::Response response =
      plain(429, "Too many requests for links that do not exist. Try again later.\n");
  response.headers.emplace_back("Retry-After", std::to_string(wait.count()));
  return response;
}

http::Response method_answer() {
  http::Response response = plain(405, "Only GET and HEAD are answered here.\n");
  response.headers.emplace_back("Allow", kAllowed);
  return response;
}

http::Response options_answer() {
  http::Response response;
  response.status = 204;
  response.headers = {{"Allow", kAllowed}, {"Cache-Control", "no-store"}};
  return response;
}

http::Response health_answer() { return plain(200, "ok\n"); }

http::Response ready_answer() { return plain(200, "ready\n"); }

http::Response not_ready_answer(std::string_view why) {
  return plain(503, "not ready: " + std::string(why) + "\n");
}

}  // namespace candor::redirect
