#include "disclosure/wording/folded_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/ascii.h"

namespace candor::disclosure {
namespace {

/// Length of the UTF-8 sequence at the front, by its lead byte alone; malformed ones count as 1.
std::size_t sequence_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0xC2 ? 1U : lead < 0xE0 ? 2U : lead < 0xF0 ? 3U : 4U;
  return std::min(length, text.size());
}

std::string_view ascii_for(std::string_view sign) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 34> kSigns{{
      {"\u00A0", " "},  {"\u2007", " "},    {"\u202F", " "},   {"\u2009", " "},
      {"\u3000", " "},  {"\u200B", ""},     {"\u00AD", ""},    {"\uFEFF", ""},
      {"\u2018", "'"},  {"\u2019", "'"},    {"\u201C", "\""},  {"\u201D", "\""},
      {"\u201E", "\""}, {"\u00AB", "\""},   {"\u00BB", "\""},  {"\u2010", "-"},
      {"\u2011", "-"},  {"\u2013", " - "},  {"\u2014", " - "}, {"\u3002", ". "},
      {"\u3001", ", "}, {"\uFF0C", ", "},   {"\uFF1A", ": "},  {"\u3010", "["},
      {"\u3011", "]"},  {"\u300C", "\""},   {"\u300D", "\""},  {"\uFF08", "("},
      {"\uFF09", ")"},  {"\u2026", "... "}, {"\u00B7", " | "}, {"\u2022", " | "},
      {"\uFF01", "! "}, {"\uFF5C", " | "},
  }};
  for (const auto& [from, to] : kSigns)
    if (from == sign) return to;
  return sign;
}

bool is_sign(std::string_view sequence) {
  const auto lead = static_cast<unsigned char>(sequence.front());
  return lead == 0xC2 || lead == 0xE2 || lead == 0xE3 || lead == 0xEF;
}

/// Lower case of the letters U+00C0 to U+017F (in pairs there, but for two runs that are shifted).
std::string lower_latin(std::string_view two) {
  const auto lead = static_cast<unsigned char>(two[0]);
  const auto trail = static_cast<unsigned char>(two[1]);
  const unsigned code = (lead & 0x1FU) << 6 | (trail & 0x3FU);
  unsigned lower = code;
  if (code >= 0xC0 && code <= 0xDE && code != 0xD7) lower = code + 0x20;
  const bool odd_upper = (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E);
  if (code >= 0x100 && code <= 0x17F && code != 0x130 && code != 0x138 && code != 0x149 &&
      code != 0x178 && code != 0x17F && (code % 2 == 1) == odd_upper)
    lower = code + 1;
  return {static_cast<char>(0xC0U | lower >> 6), static_cast<char>(0x80U | (lower & 0x3FU))};
}

constexpr std::array<bool, 256> kWordBytes = [] {
  std::array<bool, 256> is{};
  for (unsigned c = 0; c < is.size(); ++c)
    is[c] = ascii::is_alnum(static_cast<char>(c)) || c == '#' || c >= 0x80;
  return is;
}();

bool is_word_byte(char c) { return kWordBytes[static_cast<unsigned char>(c)]; }

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

/// ASCII as it is folded: lower case, white space as blanks.
constexpr std::array<char, 128> kFolded = [] {
  std::array<char, 128> folded{};
  for (unsigned c = 0; c < folded.size(); ++c) {
    const char byte = static_cast<char>(c);
    folded[c] = ascii::is_space(byte) ? ' ' : ascii::lower(byte);
  }
  return folded;
}();

bool begins_clause(std::string_view word) {
  static constexpr std::array<std::string_view, 6> kWords{"but",  "however", "aber",
                                                          "mais", "pero",    "jedoch"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

/// Whether a sentence ends between two words: ". ", "! ", "? ", ";" - not the dot of "site.com".
bool ends_sentence(std::string_view between) {
  if (between.find(';') != std::string_view::npos) return true;
  for (std::size_t i = 0; i + 1 < between.size(); ++i)
    if ((between[i] == '.' || between[i] == '!' || between[i] == '?') && between[i + 1] != '.')
      return true;
  return false;
}

}  // namespace

FoldedText::FoldedText(std::string_view utf8) {
  fold(utf8);
  find_words();
  find_sentences();
}

void FoldedText::fold(std::string_view utf8) {
  folded_.reserve(utf8.size());
  const auto put = [this](std::string_view text) {
    for (const char c : text) {
      if (!ascii::is_space(c))
        folded_.push_back(ascii::lower(c));
      else if (!folded_.empty() && folded_.back() != ' ')
        folded_.push_back(' ');
    }
  };
  while (!utf8.empty()) {
    if (is_ascii(utf8.front())) {
      const auto end = std::find_if_not(utf8.begin(), utf8.end(), is_ascii);
      const auto size = static_cast<std::size_t>(end - utf8.begin());
      fold_ascii(utf8.substr(0, size));
      utf8.remove_prefix(size);
      continue;
    }
    const std::size_t length = sequence_length(utf8);
    const std::string_view sequence = utf8.substr(0, length);
    const auto lead = static_cast<unsigned char>(sequence.front());
    if (length == 2 && lead >= 0xC3 && lead <= 0xC5)
      put(lower_latin(sequence));
    else if (length > 1 && is_sign(sequence))
      put(ascii_for(sequence));
    else
      put(sequence);
    utf8.remove_prefix(length);
  }
  while (!folded_.empty() && folded_.back() == ' ') folded_.pop_back();
}

void FoldedText::fold_ascii(std::string_view run) {
  std::size_t at = folded_.size();
  folded_.resize(at + run.size());
  char last = at == 0 ? ' ' : folded_[at - 1];
  for (const char c : run) {
    const char folded = kFolded[static_cast<unsigned char>(c)];
    folded_[at] = folded;
    at += folded == ' ' && last == ' ' ? 0 : 1;
    last = folded;
  }
  folded_.resize(at);
}

void FoldedText::find_words() {
  std::size_t i = 0;
  while (i < folded_.size()) {
    if (!is_word_byte(folded_[i])) {
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    while (end < folded_.size() &&
           (is_word_byte(folded_[end]) ||
            (folded_[end] == '\'' && end + 1 < folded_.size() && is_word_byte(folded_[end + 1]))))
      ++end;
    words_.push_back({i, end});
    i = end;
  }
}

void FoldedText::find_sentences() {
  std::size_t first = 0;
  for (std::size_t w = 1; w < words_.size(); ++w) {
    const std::string_view between =
        std::string_view(folded_).substr(words_[w - 1].end, words_[w].begin - words_[w - 1].end);
    if (!ends_sentence(between) && !begins_clause(word(w))) continue;
    sentences_.push_back({first, w});
    first = w;
  }
  if (first < words_.size()) sentences_.push_back({first, words_.size()});
}

std::string_view FoldedText::bytes(const Sentence& sentence) const {
  const std::size_t begin = words_[sentence.first_word].begin;
  return std::string_view(folded_).substr(begin, words_[sentence.end_word - 1].end - begin);
}

std::string FoldedText::words_joined(const Sentence& sentence) const {
  std::string joined;
  for (std::size_t w = sentence.first_word; w < sentence.end_word; ++w) {
    if (!joined.empty()) joined += ' ';
    joined += word(w);
  }
  return joined;
}

}  // namespace candor::disclosure
