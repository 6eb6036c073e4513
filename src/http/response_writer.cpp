#include "http/response_writer.h"

#include <algorithm>
#include <charconv>

#include "base/ascii.h"
#include "http/grammar.h"

namespace candor::http {
namespace {

void append_number(std::string& out, std::size_t number) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number);
  out.append(digits, end.ptr);
}

bool has_sound_headers(const Response& response) {
  return std::ranges::all_of(response.headers, [](const auto& header) {
    return is_token(header.first) && is_text(std::string_view(header.second));
  });
}

bool is_sendable(const Response& response) {
  return response.status >= 200 && response.status <= 999 && has_sound_headers(response);
}

/// Headers that frame the message are the server's alone.
bool is_ours(std::string_view name) {
  switch (name.size()) {
    case 4:
      return ascii::equals_ignoring_case(name, "date");
    case 10:
      return ascii::equals_ignoring_case(name, "connection");
    case 14:
      return ascii::equals_ignoring_case(name, "content-length");
    case 17:
      return ascii::equals_ignoring_case(name, "transfer-encoding");
    default:
      return false;
  }
}

void append_status_line(std::string& out, int status) {
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::size_t>(status));
  out += ' ';
  out += reason_phrase(status);
  out += "\r\n";
}

void append_line(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

}  // namespace

bool append_stream_head(std::string& out, const Response& response, StreamFraming framing,
                        std::string_view date) {
  if (!is_sendable(response)) return false;
  append_status_line(out, response.status);
  const bool dated = std::ranges::any_of(response.headers, [](const auto& header) {
    return ascii::equals_ignoring_case(header.first, "date");
  });
  if (!dated) append_line(out, "Date", date);
  for (const auto& [name, value] : response.headers)
    if (!is_ours(name) || ascii::equals_ignoring_case(name, "date")) append_line(out, name, value);
  out += response.constant_headers;
  if (framing.length) {
    out += "Content-Length: ";
    append_number(out, *framing.length);
    out += "\r\n";
  }
  if (framing.chunked) out += "Transfer-Encoding: chunked\r\n";
  if (framing.close)
    out += "Connection: close\r\n";
  else if (framing.keep_alive)
    out += "Connection: keep-alive\r\n";
  out += "\r\n";
  return true;
}

bool append_interim(std::string& out, const Response& response) {
  if (response.status < 100 || response.status > 199 || response.status == 101 ||
      !has_sound_headers(response))
    return false;
  append_status_line(out, response.status);
  for (const auto& [name, value] : response.headers)
    if (!is_ours(name)) append_line(out, name, value);
  out += "\r\n";
  return true;
}

void append_chunk_size(std::string& out, std::size_t size) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, size, 16);
  out.append(digits, end.ptr);
  out += "\r\n";
}

void append_response(std::string& out, const Response& response, ResponseFraming framing,
                     std::string_view date) {
  if (!is_sendable(response)) {
    append_response(out, refusal(500), framing, date);
    return;
  }
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::size_t>(response.status));
  out += ' ';
  out += reason_phrase(response.status);
  out += "\r\nDate: ";
  out += date;
  out += "\r\n";
  for (const auto& [name, value] : response.headers) {
    if (is_ours(name)) continue;
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
  }
  out += response.constant_headers;
  const bool bodiless = response.status == 204 || response.status == 304;
  if (!bodiless) {
    out += "Content-Length: ";
    append_number(out, response.body.size());
    out += "\r\n";
  }
  if (framing.close)
    out += "Connection: close\r\n";
  else if (framing.keep_alive)
    out += "Connection: keep-alive\r\n";
  out += "\r\n";
  if (!bodiless && !framing.head_only) out += response.body;
}

Response refusal(int status) {
  Response response;
  response.status = status;
  response.headers.emplace_back("Content-Type", "text/plain; charset=utf-8");
  response.body = std::to_string(status) + ' ';
  response.body += reason_phrase(status);
  response.body += '\n';
  response.close = status != 500;
  return response;
}

}  // namespace candor::http
