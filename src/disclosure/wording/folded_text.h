#pragma once
// A text made comparable: lower case, typographic signs as ASCII, white space folded; cut into
// words and sentences.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_range.h"

namespace candor::disclosure {

class FoldedText {
 public:
  /// Words first_word up to end_word; the clauses of "but" and ";" count as sentences.
  struct Sentence {
    std::size_t first_word = 0;
    std::size_t end_word = 0;
  };

  explicit FoldedText(std::string_view utf8);

  std::string_view bytes() const { return folded_; }
  std::size_t word_count() const { return words_.size(); }
  std::string_view word(std::size_t index) const { return words_[index].of(folded_); }
  const std::vector<Sentence>& sentences() const { return sentences_; }
  std::string_view bytes(const Sentence& sentence) const;
  /// What stands in front of a word, from the text's start.
  std::string_view bytes_before(std::size_t word) const {
    return std::string_view(folded_).substr(0, words_[word].begin);
  }
  std::string_view bytes_behind(std::size_t word) const {
    return std::string_view(folded_).substr(words_[word].end);
  }
  std::string words_joined(const Sentence& sentence) const;
  std::string words_joined() const { return words_joined({0, words_.size()}); }

 private:
  void fold(std::string_view utf8);
  void fold_ascii(std::string_view run);
  void find_words();
  void find_sentences();

  std::string folded_;
  std::vector<ByteRange> words_;
  std::vector<Sentence> sentences_;
};

}  // namespace candor::disclosure
