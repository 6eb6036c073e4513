#pragma once
// CSS Syntax Module Level 3 (https://www.w3.org/TR/css-syntax-3/), section 4: a style sheet's text
// as tokens. Every input has tokens; one pass, nothing is copied.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace candor::css {

enum class TokenKind : std::uint8_t {
  Ident,
  Function,   ///< "rgb(": text is the name
  AtKeyword,  ///< "@media": text is the name
  Hash,       ///< "#main": text is the name
  String,     ///< text is what stands between the quotes
  BadString,
  Url,  ///< unquoted url(...): text is the address
  BadUrl,
  Delim,  ///< one character that is nothing else
  Number,
  Percentage,
  Dimension,  ///< text is the unit
  Whitespace,
  Cdo,
  Cdc,
  Colon,
  Semicolon,
  Comma,
  OpenSquare,
  CloseSquare,
  OpenRound,
  CloseRound,
  OpenCurly,
  CloseCurly,
  End,
};

struct Token {
  TokenKind kind = TokenKind::End;
  std::string_view text;  ///< as described above, escapes still in it: see unescaped()
  std::size_t begin = 0;  ///< offset in the scanned text
  std::size_t end = 0;
  double number = 0;     ///< of Number, Percentage, Dimension
  char delim = 0;        ///< of Delim: the byte
  bool is_id = false;    ///< of Hash: its name would do as an identifier
  bool integer = false;  ///< of Number: written without fraction and exponent

  bool is(TokenKind wanted) const { return kind == wanted; }
  bool is_delim(char wanted) const { return kind == TokenKind::Delim && delim == wanted; }
  /// An identifier or function of that name, ignoring ASCII case.
  bool is_ident(std::string_view wanted) const;
  bool is_function(std::string_view wanted) const;
};

/// A name, string or address with its escapes replaced; NUL is U+FFFD.
std::string unescaped(std::string_view text);

/// Gives the tokens of a text one by one, comments left out. Views the text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  Token next();
  std::size_t position() const { return at_; }
  /// Goes on from a token's begin or end.
  void seek(std::size_t position) { at_ = position; }
  std::string_view text() const { return text_; }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool ended(std::size_t ahead = 0) const { return at_ + ahead >= text_.size(); }
  bool escape_at(std::size_t ahead) const;
  bool name_at(std::size_t ahead) const;
  bool number_at() const;
  void skip_comments();
  std::string_view take_name();
  void take_escape();
  Token take_string(Token token);
  Token take_number(Token token);
  Token take_ident(Token token);
  Token take_url(Token token);
  Token finished(Token token, TokenKind kind);

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace candor::css
