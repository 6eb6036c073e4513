// Every pattern hit sets a bit for its language and group; what a text says is then a matter of
// which groups met in one sentence of one language. The reader's purchase ("context") may stand in
// a neighbouring sentence: "This post contains affiliate links. We earn a commission."
#include "disclosure/wording/wording.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <unordered_map>
#include <vector>

#include "base/ascii.h"
#include "disclosure/wording/folded_text.h"
#include "disclosure_data.h"

namespace candor::disclosure {
namespace {

enum Group : std::uint8_t {
  Subject,
  Earn,
  Money,
  PayPhrase,
  Context,
  Strong,
  Affiliate,
  AdStart,
  AdPhrase,
  Presence,
  Benefit,
  Quantifier,
  Marked,
  Negation,
  Support,
  LinkText,
  Rejected,
  Program,
  AmazonName,
  AmazonBuy,
  AmazonLegacy,
  NoAds,
  Site,
  kGroups
};
constexpr std::array<std::string_view, kGroups> kGroupNames{
    "subject",     "earn",       "money",         "payphrase", "context",  "strong",
    "affiliate",   "adstart",    "adphrase",      "presence",  "benefit",  "quantifier",
    "marked",      "negation",   "support",       "linktext",  "rejected", "program",
    "amazon_name", "amazon_buy", "amazon_legacy", "no_ads",    "site"};

constexpr std::array<std::string_view, 13> kLanguages{"xx", "en", "de", "fr", "es", "it", "nl",
                                                      "pt", "sv", "pl", "ja", "ko", "zh"};
constexpr std::size_t kEnglish = 1;
/// From here on, languages whose words do not stand between spaces alone.
constexpr std::size_t kJapanese = 10;
using Bits = std::array<std::uint32_t, kLanguages.size()>;

struct Pattern {
  std::uint8_t language = 0;
  Group group = Subject;
  std::vector<std::string> words;
};

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + separator.size());
  }
}

bool word_fits(std::string_view pattern, std::string_view word) {
  if (pattern.ends_with('*')) return word.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == word;
}

/// The patterns, by how their first word begins.
class PatternBook {
 public:
  PatternBook() {
    for (const std::string_view line : split(disclosure_data::file("wording/wording.tsv"), "\n")) {
      if (line.empty() || line.starts_with('#')) continue;
      const auto columns = split(line, "\t");
      const auto language = std::find(kLanguages.begin(), kLanguages.end(), columns[0]);
      const auto group = std::find(kGroupNames.begin(), kGroupNames.end(), columns[1]);
      for (const std::string_view each : split(columns[2], " | "))
        add(static_cast<std::uint8_t>(language - kLanguages.begin()),
            static_cast<Group>(group - kGroupNames.begin()), each);
    }
  }

  /// Calls `visit` with the patterns whose first word could be `word`. Texts are mostly of words
  /// that begin no pattern: a bit says so without a look at the table.
  void each_starting_like(std::string_view word, const auto& visit) const {
    for (std::size_t size = 1; size <= kKeyBytes; ++size) {
      if ((key_sizes_ >> size & 1U) == 0) continue;
      const std::uint32_t key = key_of(word, size);
      if (!begins_.test(bit_of(key))) continue;
      const auto found = by_start_.find(key);
      if (found == by_start_.end()) continue;
      for (const std::uint16_t index : found->second) visit(patterns_[index]);
    }
  }
  /// Those looked for inside words: the pattern is the one text of `words`.
  const std::vector<Pattern>& inside_words() const { return inside_words_; }

 private:
  static constexpr std::size_t kKeyBytes = 4;
  static constexpr std::size_t kBits = 1U << 14U;

  /// The word's first `size` bytes, which are all of it when it is shorter.
  static std::uint32_t key_of(std::string_view word, std::size_t size) {
    std::uint32_t key = static_cast<std::uint32_t>(size);
    for (std::size_t i = 0; i < size; ++i)
      key = key << 7U ^ key >> 25U ^ (i < word.size() ? static_cast<unsigned char>(word[i]) : 0U);
    return key;
  }
  static std::size_t bit_of(std::uint32_t key) { return key * 0x9E3779B9U >> 18U; }

  void add(std::uint8_t language, Group group, std::string_view text) {
    Pattern pattern{language, group, {}};
    if (language >= kJapanese && group != AdStart) {
      pattern.words.emplace_back(text);
      inside_words_.push_back(std::move(pattern));
      return;
    }
    for (const std::string_view word : split(text, " ")) pattern.words.emplace_back(word);
    const std::string_view first = pattern.words.front();
    const std::size_t size =
        first.ends_with('*') ? std::min(first.size() - 1, kKeyBytes) : kKeyBytes;
    const std::uint32_t key = key_of(first, size);
    key_sizes_ |= 1U << size;
    begins_.set(bit_of(key));
    by_start_[key].push_back(static_cast<std::uint16_t>(patterns_.size()));
    patterns_.push_back(std::move(pattern));
  }

  std::vector<Pattern> patterns_;
  std::vector<Pattern> inside_words_;
  std::unordered_map<std::uint32_t, std::vector<std::uint16_t>> by_start_;
  std::bitset<kBits> begins_;
  unsigned key_sizes_ = 0;  ///< one bit for each number of bytes that keys are made of
};

const PatternBook& book() {
  static const PatternBook instance;
  return instance;
}

bool fits_at(const Pattern& pattern, const FoldedText& text, std::size_t word, std::size_t end) {
  if (word + pattern.words.size() > end) return false;
  for (std::size_t i = 0; i < pattern.words.size(); ++i)
    if (!word_fits(pattern.words[i], text.word(word + i))) return false;
  return true;
}

Bits bits_of_sentence(const FoldedText& text, const FoldedText::Sentence& sentence) {
  Bits bits{};
  const PatternBook& patterns = book();
  for (std::size_t w = sentence.first_word; w < sentence.end_word; ++w)
    patterns.each_starting_like(text.word(w), [&](const Pattern& pattern) {
      if (pattern.group == AdStart || pattern.group == Rejected) return;
      if (fits_at(pattern, text, w, sentence.end_word))
        bits[pattern.language] |= 1U << pattern.group;
    });
  const std::string_view bytes = text.bytes(sentence);
  if (std::any_of(bytes.begin(), bytes.end(),
                  [](char c) { return static_cast<unsigned char>(c) >= 0xE3; }))
    for (const Pattern& pattern : patterns.inside_words())
      if (bytes.find(pattern.words.front()) != std::string_view::npos)
        bits[pattern.language] |= 1U << pattern.group;
  for (std::size_t language = 1; language < kLanguages.size(); ++language)
    bits[language] |= bits[0];
  return bits;
}

bool any(std::uint32_t bits, std::initializer_list<Group> groups) {
  return std::any_of(groups.begin(), groups.end(),
                     [&](Group group) { return (bits >> group & 1U) != 0; });
}

bool says_paid(std::uint32_t bits, std::size_t language) {
  if (any(bits, {PayPhrase}) && any(bits, {Strong})) return true;
  // English needs a subject: its words for money and getting are everyday ones.
  if (language == kEnglish && !any(bits, {Subject})) return false;
  return any(bits, {Earn}) && any(bits, {Money});
}

/// The ad word a text begins with, when it stands there as a label.
void find_leading_ad_word(const FoldedText& text, Wording& wording) {
  if (text.word_count() == 0) return;
  book().each_starting_like(text.word(0), [&](const Pattern& pattern) {
    if (pattern.group != AdStart || !fits_at(pattern, text, 0, text.word_count())) return;
    const std::string_view before = text.bytes_before(0);
    if (before.find_first_not_of(" *([\"'") != std::string_view::npos) return;
    const std::string_view rest = text.bytes_behind(pattern.words.size() - 1);
    const std::string_view behind = ascii::trim(rest);
    if (text.word_count() == pattern.words.size()) {
      wording.add(Says::AdWordAlone);
      wording.add(Says::AdLabel);
    } else if (behind.starts_with(':') || behind.starts_with(')') || behind.starts_with(']') ||
               behind.starts_with('|') || rest.starts_with(" - ") ||
               text.word(0).starts_with('#')) {
      wording.add(Says::AdLabel);
    }
  });
}

bool is_rejected_label(const FoldedText& text) {
  if (text.word_count() == 0 || text.word_count() > 3) return false;
  bool rejected = false;
  book().each_starting_like(text.word(0), [&](const Pattern& pattern) {
    rejected =
        rejected || (pattern.group == Rejected && pattern.words.size() == text.word_count() &&
                     fits_at(pattern, text, 0, text.word_count()));
  });
  return rejected;
}

void add_hedges(std::uint32_t bits, bool marked, Wording& wording) {
  const bool about_links = any(bits, {Affiliate, AdPhrase, PayPhrase, Money});
  if (about_links && any(bits, {Presence})) wording.add(Hedge::Presence);
  if (any(bits, {Benefit}) && any(bits, {Money})) wording.add(Hedge::Benefit);
  if (about_links && any(bits, {Quantifier}) && !marked) wording.add(Hedge::Quantity);
}

void read_sentence(const Bits& bits, const Bits& block, bool official, Wording& wording) {
  for (std::size_t language = 1; language < kLanguages.size(); ++language) {
    const std::uint32_t here = bits[language];
    if (here == 0) continue;
    if (any(here, {Negation}) || (any(here, {NoAds}) && any(here, {Site}))) {
      wording.add(Says::Negation);
      continue;
    }
    const bool amazon = any(here, {AmazonName}) && any(here, {AmazonBuy});
    if (any(here, {AmazonLegacy})) {
      wording.add(Says::AmazonLegacy);
      if (any(here, {Earn}) && any(here, {Money})) wording.add(Says::LegacyEarns);
    }
    if (amazon) wording.add(official ? Says::Amazon : Says::AmazonVariant);
    const auto mask = static_cast<std::uint16_t>(1U << language);
    if (amazon || any(here, {AmazonLegacy}))
      wording.amazon_in = static_cast<std::uint16_t>(wording.amazon_in | mask);
    if (!amazon && !any(here, {AmazonLegacy}) && says_paid(here, language) &&
        any(block[language], {Context, Affiliate})) {
      wording.add(Says::Explain);
      wording.explained_in = static_cast<std::uint16_t>(wording.explained_in | mask);
    }
    if (any(here, {Affiliate})) wording.add(Says::Bare);
    if (any(here, {AdPhrase})) {
      wording.add(Says::AdLabel);
      wording.add(Says::AdPhrase);
    }
    if (any(here, {Program})) wording.add(Says::Program);
    if (any(here, {Support}) && any(block[language], {Context})) wording.add(Says::Support);
    add_hedges(here, any(block[language], {Marked}), wording);
  }
}

/// Amazon's sentences as its agreements give them, folded to words.
bool is_official_amazon(const FoldedText& text, const FoldedText::Sentence& sentence) {
  static const std::vector<std::string> kOfficial = [] {
    std::vector<std::string> all;
    for (const std::string_view line :
         split(disclosure_data::file("wording/amazon_statements.txt"), "\n"))
      if (!line.empty()) all.push_back(FoldedText(line).words_joined());
    return all;
  }();
  const std::string words = text.words_joined(sentence);
  return std::find(kOfficial.begin(), kOfficial.end(), words) != kOfficial.end();
}

}  // namespace

Wording classify(std::string_view utf8) {
  Wording wording;
  const FoldedText text(utf8);
  if (is_rejected_label(text)) {
    wording.add(Says::Rejected);
    return wording;
  }
  find_leading_ad_word(text, wording);
  std::vector<Bits> sentences;
  Bits block{};
  for (const FoldedText::Sentence& sentence : text.sentences()) {
    sentences.push_back(bits_of_sentence(text, sentence));
    for (std::size_t i = 0; i < block.size(); ++i) block[i] |= sentences.back()[i];
  }
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const bool amazon = std::any_of(
        sentences[i].begin(), sentences[i].end(),
        [](std::uint32_t bits) { return any(bits, {AmazonName}) && any(bits, {AmazonBuy}); });
    read_sentence(sentences[i], block, amazon && is_official_amazon(text, text.sentences()[i]),
                  wording);
  }
  constexpr std::size_t kLinkWords = 10;
  const bool points_elsewhere = std::any_of(
      block.begin(), block.end(), [](std::uint32_t bits) { return any(bits, {LinkText}); });
  if (points_elsewhere && text.word_count() <= kLinkWords) wording.add(Says::LinkText);
  return wording;
}

std::uint16_t language_mask(std::string_view primary_language) {
  const auto found = std::find(kLanguages.begin(), kLanguages.end(), primary_language);
  if (found == kLanguages.end() || found == kLanguages.begin()) return 0;
  return static_cast<std::uint16_t>(1U << (found - kLanguages.begin()));
}

std::string name_of(const Wording& wording) {
  static constexpr std::array<std::pair<Says, std::string_view>, 10> kByStrength{{
      {Says::Rejected, "REJECTED"},
      {Says::Explain, "EXPLAIN"},
      {Says::AdLabel, "ADLABEL"},
      {Says::Amazon, "AMAZON"},
      {Says::AmazonVariant, "AMAZON-VARIANT"},
      {Says::AmazonLegacy, "AMAZON-LEGACY"},
      {Says::Negation, "NEG"},
      {Says::Bare, "BARE"},
      {Says::Support, "SUPPORT"},
      {Says::LinkText, "LINKTEXT"},
  }};
  if (wording.has(Says::Explain) && wording.has(Says::AdLabel)) return "ADLABEL+EXPLAIN";
  for (const auto& [what, name] : kByStrength)
    if (wording.has(what)) return std::string(name);
  return wording.has(Says::Program) ? "PROGRAM" : "NONE";
}

std::string name_of_hedges(const Wording& wording) {
  std::string names;
  if (wording.has(Hedge::Presence)) names += ",H1";
  if (wording.has(Hedge::Benefit)) names += ",H2";
  if (wording.has(Hedge::Quantity)) names += ",H3";
  return names.empty() ? "-" : names.substr(1);
}

std::string fold_text(std::string_view utf8) { return std::string(FoldedText(utf8).bytes()); }

}  // namespace candor::disclosure
