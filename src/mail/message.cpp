#include "mail/message.h"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>
#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "html/utf8.h"
#include "mail/header_text.h"

namespace candor::mail {
namespace {

constexpr std::size_t kLineLength = 76;  // RFC 2045 6.7 and 6.8

/// Text as UTF-8 says it, without NUL, which mail programs end a text at.
std::string sound_text(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = html::utf8::decode(text, at);
    html::utf8::append(out, point == 0 ? html::utf8::kReplacement : point);
  }
  return out;
}

/// RFC 2045 6.7. Dots at the start of a line are escaped too, so that no line is what ends a mail.
std::string quoted_printable(std::string_view text) {
  std::string out;
  std::size_t column = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      out += "\r\n";
      column = 0;
      continue;
    }
    const bool at_end = i + 1 == text.size() || text[i + 1] == '\n';
    const bool printable = (c > ' ' && c < 0x7f && c != '=') || (c == ' ' && !at_end);
    if (column + (printable && c != '.' ? 1 : 3) > kLineLength - 1) {
      out += "=\r\n";
      column = 0;
    }
    if (printable && !(c == '.' && column == 0)) {
      out += c;
      column += 1;
    } else {
      out += fmt::format("={:02X}", static_cast<unsigned char>(c));
      column += 3;
    }
  }
  return out + "\r\n";
}

std::string text_part(std::string_view subtype, std::string_view text) {
  return fmt::format(
      "Content-Type: text/{}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
      "{}",
      subtype, quoted_printable(sound_text(text)));
}

std::string attached_part(const Attachment& file) {
  return fmt::format(
      "Content-Type: {}; charset=utf-8; name=\"{}\"\r\nContent-Transfer-Encoding: base64\r\n"
      "Content-Disposition: attachment; filename=\"{}\"\r\n\r\n{}\r\n",
      file.media_type, file.file_name, file.file_name, base64(file.content, kLineLength));
}

/// '=' followed by '_' occurs neither in quoted-printable nor in base64, so no part holds it.
std::string multipart(std::string_view subtype, std::string_view mark,
                      const std::vector<std::string>& parts) {
  const std::string boundary = fmt::format("=_{}", mark);
  std::string out =
      fmt::format("Content-Type: multipart/{}; boundary=\"{}\"\r\n\r\n", subtype, boundary);
  for (const std::string& part : parts) out += fmt::format("--{}\r\n{}", boundary, part);
  return out + fmt::format("--{}--\r\n", boundary);
}

bool is_plain_name(std::string_view name) {
  return !name.empty() && name.size() <= 100 && std::ranges::all_of(name, [](char c) {
    return ascii::is_alnum(c) || c == '.' || c == '-' || c == '_' || c == '/';
  });
}

std::string problem_of(const Message& message) {
  if (!is_address(message.from))
    return fmt::format("from: \"{}\" is no mail address", message.from);
  if (message.to.empty()) return "to: nobody is named";
  for (const std::string& to : message.to)
    if (!is_address(to)) return fmt::format("to: \"{}\" is no mail address", to);
  if (!is_plain_name(message.id)) return "the id holds more than letters, digits, . - _";
  for (const Attachment& file : message.attachments)
    if (!is_plain_name(file.file_name) || !is_plain_name(file.media_type))
      return "an attachment's name holds more than letters, digits, . - _";
  return {};
}

}  // namespace

bool is_address(std::string_view text) {
  constexpr std::string_view kNever = "<>()[]\\,;:\"";
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos && text.size() <= 254 &&
         text.front() != '-' && std::ranges::all_of(text, [&](char c) {
           return c > ' ' && c < 0x7f && kNever.find(c) == std::string_view::npos;
         });
}

Result<std::string, std::string> compose(const Message& message) {
  if (std::string problem = problem_of(message); !problem.empty())
    return std::unexpected(std::move(problem));
  std::string to;
  for (const std::string& each : message.to) to += (to.empty() ? "" : ",\r\n ") + each;
  const Poco::Timestamp date(message.date_ms * 1000);
  std::string out = fmt::format(
      "From: {}\r\nTo: {}\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}@{}>\r\n"
      "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n",
      mailbox(message.from_name, message.from), to, header_text(message.subject),
      Poco::DateTimeFormatter::format(date, "%w, %e %b %Y %H:%M:%S +0000"), message.id,
      message.from.substr(message.from.find('@') + 1));
  std::string body = text_part("plain", message.text);
  if (!message.html.empty())
    body = multipart("alternative", "words", {body, text_part("html", message.html)});
  if (message.attachments.empty()) return out + body;
  std::vector<std::string> parts{std::move(body)};
  for (const Attachment& file : message.attachments) parts.push_back(attached_part(file));
  return out + multipart("mixed", "files", parts);
}

}  // namespace candor::mail
