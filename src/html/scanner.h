#pragma once
// Internal: the tokenizer's states as one pass over the buffer. States that the standard splits for
// the sake of parse errors are one loop here; where each token ends is the same.
#include <cstddef>
#include <optional>
#include <string_view>

#include "html/parse_feedback.h"
#include "html/start_state.h"
#include "html/token.h"

namespace candor::html {

class Scanner {
 public:
  Scanner(std::string_view bytes, const StartState& start, TokenizeLimits limits);
  /// To read one tag at `at`, without a tree builder, into a page that is used again.
  Scanner(std::string_view bytes, std::size_t at, Page&& reused);
  Page run();
  Page read_one_start_tag();

 private:
  void scan_data();
  void scan_raw_text();
  void scan_plaintext();
  void scan_markup();
  void scan_declaration();
  void scan_tag(TokenKind kind);
  /// Reads attributes from `at` up to and including the tag's '>'; npos when the page ends first.
  std::size_t scan_attributes(std::size_t at, Token& tag);
  std::size_t scan_attribute(std::size_t at, Attribute& attribute) const;

  std::size_t end_of_comment(std::size_t data) const;
  std::size_t end_of_bogus_comment(std::size_t from) const;
  std::size_t end_of_cdata(std::size_t data) const;
  std::size_t find_end_tag(std::size_t from) const;
  std::size_t find_script_end_tag(std::size_t from) const;
  std::size_t skip_escaped_script(std::size_t at, bool& left) const;

  std::size_t find(char c, std::size_t from) const;
  bool is_appropriate_end_tag(std::size_t at) const;
  bool word_at(std::size_t at, std::string_view word) const;  ///< ignoring ASCII case
  bool starts_with(std::size_t at, std::string_view text) const;

  void add_text(std::size_t end);
  void add_token(TokenKind kind, std::size_t end);
  void finish_start_tag(Token& tag);
  Tag tag_at(std::size_t name, std::size_t end) const;

  std::string_view bytes_;
  std::size_t at_ = 0;  ///< where the next token begins
  TextMode mode_;
  std::string_view last_start_tag_;
  bool cdata_allowed_;
  std::optional<ParseFeedback> feedback_;
  Page page_;
};

}  // namespace candor::html
