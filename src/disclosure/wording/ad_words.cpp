#include "disclosure/wording/ad_words.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "disclosure/wording/wording.h"
#include "disclosure_data.h"

namespace candor::disclosure {
namespace {

using WordsByPlace = std::map<std::string, std::vector<std::string>, std::less<>>;

WordsByPlace read_words(const char* member) {
  WordsByPlace read;
  const auto json = nlohmann::json::parse(disclosure_data::file("wording/label_vocabulary.json"));
  for (const auto& [code, entry] : json.items())
    for (const auto& word : entry.at(member))
      read[code].push_back(fold_text(word.get<std::string>()));
  return read;
}

const std::vector<std::string>& words_in(const WordsByPlace& all, std::string_view jurisdiction) {
  static const std::vector<std::string> none;
  const auto found = all.find(jurisdiction);
  return found == all.end() ? none : found->second;
}

const std::vector<std::string>& words_of(std::string_view jurisdiction) {
  static const WordsByPlace all = read_words("ok");
  return words_in(all, jurisdiction);
}

/// What is refused as a label. Words that stand on pages for other reasons, and signs, are left to
/// the rules about them.
const std::vector<std::string>& refused_words_of(std::string_view jurisdiction) {
  static const WordsByPlace all = [] {
    WordsByPlace read = read_words("bad_alone");
    for (auto& [code, words] : read) {
      std::erase_if(words, [](const std::string& word) {
        return word.size() < 2 || word == "buy now" || word == "disclosure" ||
               word == "einkaufswagen-symbol" || word == "may earn an affiliate commission" ||
               word == "thanks to" || word == "in association with" || word == "partner" ||
               word == "ambassador";
      });
      std::ranges::replace(words, std::string("adv without #"), std::string("adv"));
      // A word refused as a hashtag is no better without it, unless it is accepted then.
      for (std::size_t i = 0, count = words.size(); i < count; ++i) {
        if (!words[i].starts_with('#')) continue;
        std::string plain = words[i].substr(1);
        if (std::ranges::find(words_of(code), plain) == words_of(code).end())
          words.push_back(std::move(plain));
      }
    }
    return read;
  }();
  return words_in(all, jurisdiction);
}

bool is_letter(char c) { return ascii::is_alnum(c) || static_cast<unsigned char>(c) >= 0x80; }

bool written_without_spaces(std::string_view word) {
  return static_cast<unsigned char>(word.front()) >= 0xE3;
}

bool is_word_at(std::string_view text, std::size_t at, std::string_view word) {
  if (text.substr(at, word.size()) != word) return false;
  const std::size_t end = at + word.size();
  return end == text.size() || !is_letter(text[end]) || written_without_spaces(word);
}

bool begins_with_this_ad_word(std::string_view folded, std::string_view jurisdiction) {
  const std::size_t start = folded.find_first_not_of(" *([\"'");
  if (start == std::string_view::npos) return false;
  return std::any_of(words_of(jurisdiction).begin(), words_of(jurisdiction).end(),
                     [&](const std::string& word) {
                       if (written_without_spaces(word))
                         return folded.find(word) != std::string_view::npos;
                       return is_word_at(folded, start, word);
                     });
}

}  // namespace

bool has_vocabulary(std::string_view jurisdiction) { return !words_of(jurisdiction).empty(); }

bool begins_with_ad_word(std::string_view folded, std::string_view jurisdiction) {
  constexpr int kWords = 12;
  constexpr std::size_t kWordBytes = 40;
  constexpr std::string_view kBetween = " / ";
  // "Ad / Anzeige – this article ...": words for several jurisdictions in one place.
  for (int word = 0; word < kWords; ++word) {
    if (begins_with_this_ad_word(folded, jurisdiction)) return true;
    const std::size_t between = folded.substr(0, kWordBytes).find(kBetween);
    if (between == std::string_view::npos) return false;
    folded.remove_prefix(between + kBetween.size());
  }
  return false;
}

bool holds_ad_label(std::string_view folded, std::string_view jurisdiction) {
  for (const std::string& word : words_of(jurisdiction)) {
    for (std::size_t at = folded.find(word); at != std::string_view::npos;
         at = folded.find(word, at + 1)) {
      const bool opened = at > 0 && (folded[at - 1] == '(' || folded[at - 1] == '[');
      const bool labels = opened || word.starts_with('#') ||
                          folded.substr(at + word.size()).starts_with(':') || at == 0;
      if (labels && is_word_at(folded, at, word)) return true;
    }
  }
  return false;
}

std::string_view rejected_label_in(std::string_view folded, std::string_view jurisdiction) {
  const std::string_view trimmed = ascii::trim(folded);
  for (const std::string& word : refused_words_of(jurisdiction)) {
    for (std::size_t at = folded.find(word); at != std::string_view::npos;
         at = folded.find(word, at + 1)) {
      const std::string_view behind = folded.substr(at + word.size());
      const char before = at > 0 ? folded[at - 1] : ' ';
      const bool bracketed =
          (before == '(' && behind.starts_with(')')) || (before == '[' && behind.starts_with(']'));
      const bool tag = word.starts_with('#') && is_word_at(folded, at, word);
      if (bracketed || tag || trimmed == word) return word;
      const bool hash = before == '#' && is_word_at(folded, at, word);
      if (hash) return word;
    }
  }
  return {};
}

}  // namespace candor::disclosure
