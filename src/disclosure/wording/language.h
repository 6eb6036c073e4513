#pragma once
// Which language a text is in, by its small words: two detectors with words of their own, so that a
// borrowed phrase does not decide.
#include <string>
#include <string_view>

namespace candor::disclosure {

struct DetectedLanguage {
  std::string articles;  ///< by articles, prepositions, conjunctions; empty: cannot tell
  std::string verbs;     ///< by pronouns, auxiliaries, adverbs; empty: cannot tell

  /// What both detectors say; empty when they do not agree.
  std::string agreed() const { return articles == verbs ? articles : std::string(); }
};

/// "en", "de", ...: eleven European languages, and by their script ja, ko, zh, ru, el, ar, he, th.
/// Reads the first 600 words.
DetectedLanguage detect_language(std::string_view utf8);

/// "de" of "de-AT" or "DE_at".
std::string primary_language(std::string_view tag);

}  // namespace candor::disclosure
