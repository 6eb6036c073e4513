#include "css/token.h"

#include <charconv>
#include <cmath>

#include "base/ascii.h"

namespace candor::css {
namespace {

constexpr bool is_newline(char c) { return c == '\n' || c == '\r' || c == '\f'; }
constexpr bool is_name_start(char c) {
  return ascii::is_alpha(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
constexpr bool is_name(char c) { return is_name_start(c) || ascii::is_digit(c) || c == '-'; }

constexpr int hex_value(char c) {
  if (ascii::is_digit(c)) return c - '0';
  const char lower = ascii::lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

void append_utf8(std::string& out, std::uint32_t point) {
  if (point == 0 || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) point = 0xFFFD;
  const auto put = [&](std::uint32_t byte) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
  };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0 | (point >> 6));
  } else {
    if (point < 0x10000) {
      put(0xE0 | (point >> 12));
    } else {
      put(0xF0 | (point >> 18));
      put(0x80 | ((point >> 12) & 0x3F));
    }
    put(0x80 | ((point >> 6) & 0x3F));
  }
  put(0x80 | (point & 0x3F));
}

}  // namespace

bool Token::is_ident(std::string_view wanted) const {
  return kind == TokenKind::Ident && ascii::equals_ignoring_case(text, wanted);
}

bool Token::is_function(std::string_view wanted) const {
  return kind == TokenKind::Function && ascii::equals_ignoring_case(text, wanted);
}

std::string unescaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '\0') {
      append_utf8(out, 0xFFFD);
      ++i;
    } else if (text[i] != '\\') {
      out.push_back(text[i++]);
    } else if (++i == text.size()) {
      append_utf8(out, 0xFFFD);
    } else if (is_newline(text[i])) {
      // In a string: the line goes on.
      i += text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n' ? 2 : 1;
    } else if (hex_value(text[i]) < 0) {
      out.push_back(text[i++]);
    } else {
      std::uint32_t point = 0;
      for (int digits = 0; digits < 6 && i < text.size() && hex_value(text[i]) >= 0; ++digits)
        point = point * 16 + static_cast<std::uint32_t>(hex_value(text[i++]));
      if (i + 1 < text.size() && text[i] == '\r' && text[i + 1] == '\n')
        i += 2;
      else if (i < text.size() && ascii::is_space(text[i]))
        ++i;
      append_utf8(out, point);
    }
  }
  return out;
}

bool Scanner::escape_at(std::size_t ahead) const {
  return peek(ahead) == '\\' && !ended(ahead + 1) && !is_newline(peek(ahead + 1));
}

bool Scanner::name_at(std::size_t ahead) const {
  if (ended(ahead)) return false;
  const char first = peek(ahead);
  if (first == '-') {
    if (ended(ahead + 1)) return false;
    const char second = peek(ahead + 1);
    return second == '-' || is_name_start(second) || second == '\0' || escape_at(ahead + 1);
  }
  // NUL is U+FFFD, a letter like others (section 3.3).
  return is_name_start(first) || first == '\0' || escape_at(ahead);
}

bool Scanner::number_at() const {
  std::size_t ahead = peek() == '+' || peek() == '-' ? 1 : 0;
  if (ascii::is_digit(peek(ahead))) return true;
  return peek(ahead) == '.' && ascii::is_digit(peek(ahead + 1));
}

void Scanner::skip_comments() {
  while (peek() == '/' && peek(1) == '*') {
    const std::size_t end = text_.find("*/", at_ + 2);
    at_ = end == std::string_view::npos ? text_.size() : end + 2;
  }
}

void Scanner::take_escape() {
  ++at_;
  if (hex_value(peek()) < 0) {
    ++at_;
    return;
  }
  for (int digits = 0; digits < 6 && !ended() && hex_value(peek()) >= 0; ++digits) ++at_;
  if (peek() == '\r' && peek(1) == '\n')
    at_ += 2;
  else if (!ended() && ascii::is_space(peek()))
    ++at_;
}

std::string_view Scanner::take_name() {
  const std::size_t begin = at_;
  while (!ended()) {
    if (is_name(peek()) || peek() == '\0')
      ++at_;
    else if (escape_at(0))
      take_escape();
    else
      break;
  }
  return text_.substr(begin, at_ - begin);
}

Token Scanner::finished(Token token, TokenKind kind) {
  token.kind = kind;
  token.end = at_;
  return token;
}

Token Scanner::take_string(Token token) {
  const char quote = peek();
  const std::size_t begin = ++at_;
  for (; !ended(); ++at_) {
    if (peek() == quote) {
      token.text = text_.substr(begin, at_ - begin);
      ++at_;
      return finished(token, TokenKind::String);
    }
    if (is_newline(peek())) return finished(token, TokenKind::BadString);
    if (peek() != '\\' || ended(1)) continue;
    if (peek(1) == '\r' && peek(2) == '\n') ++at_;
    ++at_;
  }
  token.text = text_.substr(begin);
  return finished(token, TokenKind::String);
}

Token Scanner::take_number(Token token) {
  const std::size_t begin = at_;
  token.integer = true;
  if (peek() == '+' || peek() == '-') ++at_;
  while (ascii::is_digit(peek())) ++at_;
  if (peek() == '.' && ascii::is_digit(peek(1))) {
    token.integer = false;
    ++at_;
    while (ascii::is_digit(peek())) ++at_;
  }
  const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
  if ((peek() == 'e' || peek() == 'E') && ascii::is_digit(peek(sign))) {
    token.integer = false;
    at_ += sign;
    while (ascii::is_digit(peek())) ++at_;
  }
  std::string_view digits = text_.substr(begin, at_ - begin);
  if (digits.starts_with('+')) digits.remove_prefix(1);
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), token.number);
  // Beyond what a double holds: as large as anything is.
  if (read.ec == std::errc::result_out_of_range) {
    constexpr double kHuge = 1e30;
    const bool tiny = digits.find("e-") != std::string_view::npos ||
                      digits.find("E-") != std::string_view::npos ||
                      digits.find_first_of("123456789") > digits.find('.');
    token.number = tiny ? 0 : (digits.starts_with('-') ? -kHuge : kHuge);
  }
  if (name_at(0)) {
    token.text = take_name();
    return finished(token, TokenKind::Dimension);
  }
  if (peek() != '%') return finished(token, TokenKind::Number);
  ++at_;
  return finished(token, TokenKind::Percentage);
}

Token Scanner::take_url(Token token) {
  while (!ended() && ascii::is_space(peek())) ++at_;
  const std::size_t begin = at_;
  bool bad = false;
  for (; !ended() && peek() != ')'; ++at_) {
    if (escape_at(0)) {
      ++at_;
      continue;
    }
    if (ascii::is_space(peek())) {
      const std::size_t last = at_;
      while (!ended() && ascii::is_space(peek())) ++at_;
      if (ended() || peek() == ')') {
        token.text = text_.substr(begin, last - begin);
        break;
      }
      bad = true;
    }
    const auto byte = static_cast<unsigned char>(peek());
    if (byte == '"' || byte == '\'' || byte == '(' || byte == '\\' || byte == 0x7F ||
        (byte < 0x20 && byte != 0 && !ascii::is_space(peek())))
      bad = true;
  }
  if (token.text.empty()) token.text = text_.substr(begin, at_ - begin);
  if (!ended()) ++at_;
  return finished(token, bad ? TokenKind::BadUrl : TokenKind::Url);
}

Token Scanner::take_ident(Token token) {
  token.text = take_name();
  if (peek() != '(') return finished(token, TokenKind::Ident);
  ++at_;
  if (!ascii::equals_ignoring_case(token.text, "url")) return finished(token, TokenKind::Function);
  // url( with a quoted address is a function like others.
  std::size_t ahead = 0;
  while (!ended(ahead) && ascii::is_space(peek(ahead))) ++ahead;
  if (peek(ahead) == '"' || peek(ahead) == '\'') return finished(token, TokenKind::Function);
  token.text = {};
  return take_url(token);
}

Token Scanner::next() {
  skip_comments();
  Token token;
  token.begin = at_;
  if (ended()) return finished(token, TokenKind::End);
  const char c = peek();
  if (ascii::is_space(c)) {
    while (!ended() && ascii::is_space(peek())) ++at_;
    return finished(token, TokenKind::Whitespace);
  }
  if (c == '"' || c == '\'') return take_string(token);
  if (number_at()) return take_number(token);
  if (text_.substr(at_).starts_with("-->")) {
    at_ += 3;
    return finished(token, TokenKind::Cdc);
  }
  if (text_.substr(at_).starts_with("<!--")) {
    at_ += 4;
    return finished(token, TokenKind::Cdo);
  }
  if (name_at(0)) return take_ident(token);
  if (c == '#' && (is_name(peek(1)) || escape_at(1))) {
    ++at_;
    token.is_id = name_at(0);
    token.text = take_name();
    return finished(token, TokenKind::Hash);
  }
  if (c == '@' && name_at(1)) {
    ++at_;
    token.text = take_name();
    return finished(token, TokenKind::AtKeyword);
  }
  ++at_;
  constexpr std::string_view kMarks = ":;,[](){}";
  constexpr TokenKind kKinds[] = {
      TokenKind::Colon,      TokenKind::Semicolon,   TokenKind::Comma,
      TokenKind::OpenSquare, TokenKind::CloseSquare, TokenKind::OpenRound,
      TokenKind::CloseRound, TokenKind::OpenCurly,   TokenKind::CloseCurly};
  if (const std::size_t mark = kMarks.find(c); mark != std::string_view::npos)
    return finished(token, kKinds[mark]);
  token.delim = c;
  return finished(token, TokenKind::Delim);
}

}  // namespace candor::css
