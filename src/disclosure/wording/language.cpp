#include "disclosure/wording/language.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>

#include "base/ascii.h"
#include "disclosure/wording/folded_text.h"

namespace candor::disclosure {
namespace {

struct SmallWords {
  std::string_view language;
  std::string_view articles;
  std::string_view verbs;
};

constexpr std::array<SmallWords, 11> kSmallWords{{
    {"en", "the of and to in a an for with on at from by as or through when if into",
     "is are was were it you that this these have has be your we they not can will our i"},
    {"de",
     "der die das und mit den von dem für im zum zur ein eine einen auf aus bei oder wenn als",
     "ist sind ich sie es wir nicht auch wird haben hat werden hier man dieser diese kann du uns"},
    {"fr", "le la les et des du un une pour dans sur avec de au aux ou par en si",
     "est sont vous nous que qui pas il elle ce cette être plus ont avons votre notre je ne"},
    {"es", "el la los las y de del un una por para con en al o si desde sin",
     "es son que no se lo más como su está este esta muy tu nuestro hay ser nos te"},
    {"it", "il la gli le e di del della dei un una per con in nel alla da sul o se",
     "è sono che non si ma anche più come questo questa ho hai nostro tuo essere ci ti noi"},
    {"nl", "de het een en van voor met op in te aan bij uit of door naar als via",
     "is zijn dat niet je ook die wordt er maar hebben heeft we wij onze deze dit kan"},
    {"pt", "o a os as e de do da dos um uma para com em no na ou por se ao",
     "é são que não mais como você seu sua está este esta muito nós nosso isso ser"},
    {"sv", "och en ett på med för av till i den de från eller vid om när via",
     "är det att som inte har du kan jag vi våra din ditt blir också så man"},
    {"no", "og en et på med for av til i den de fra eller ved om når via",
     "er det at som ikke har du kan jeg vi våre din ditt blir også så man være"},
    {"da", "og en et på med for af til i den de fra eller ved om når via",
     "er det at som ikke har du kan jeg vi vores din dit bliver også så man være"},
    {"pl", "i w z na do od za po przez dla oraz lub ze we o przy jeśli",
     "jest są nie się to że jak tym może być tego ten ta które który nas twój"},
}};

struct Membership {
  std::uint16_t articles = 0;  ///< a bit for each language
  std::uint16_t verbs = 0;
};

const std::unordered_map<std::string_view, Membership>& memberships() {
  static const auto all = [] {
    std::unordered_map<std::string_view, Membership> read;
    const auto each_word = [](std::string_view list, const auto& use) {
      while (!list.empty()) {
        const std::size_t end = std::min(list.size(), list.find(' '));
        use(list.substr(0, end));
        list.remove_prefix(std::min(list.size(), end + 1));
      }
    };
    for (std::size_t i = 0; i < kSmallWords.size(); ++i) {
      const auto bit = static_cast<std::uint16_t>(1U << i);
      each_word(kSmallWords[i].articles, [&](std::string_view word) {
        read[word].articles = static_cast<std::uint16_t>(read[word].articles | bit);
      });
      each_word(kSmallWords[i].verbs, [&](std::string_view word) {
        read[word].verbs = static_cast<std::uint16_t>(read[word].verbs | bit);
      });
    }
    return read;
  }();
  return all;
}

using Counts = std::array<int, kSmallWords.size()>;

/// The language with most hits, when it is ahead of the next.
std::string_view winner(const Counts& counts) {
  const auto best = std::ranges::max_element(counts);
  int next = 0;
  for (auto each = counts.begin(); each != counts.end(); ++each)
    if (each != best) next = std::max(next, *each);
  constexpr int kFewest = 2;
  if (*best < kFewest || *best * 5 < next * 6 || *best == next) return {};
  return kSmallWords[static_cast<std::size_t>(best - counts.begin())].language;
}

void count_words(std::string_view utf8, Counts& articles, Counts& verbs) {
  constexpr std::size_t kMostWords = 600;
  const FoldedText text(utf8);
  const std::size_t words = std::min(kMostWords, text.word_count());
  for (std::size_t i = 0; i < words; ++i) {
    const auto found = memberships().find(text.word(i));
    if (found == memberships().end()) continue;
    for (std::size_t language = 0; language < kSmallWords.size(); ++language) {
      articles[language] += found->second.articles >> language & 1;
      verbs[language] += found->second.verbs >> language & 1;
    }
  }
}

struct Scripts {
  int latin = 0, kana = 0, han = 0, hangul = 0, cyrillic = 0, greek = 0, arabic = 0, hebrew = 0,
      thai = 0;
};

Scripts scripts_of(std::string_view utf8) {
  Scripts seen;
  for (std::size_t i = 0; i + 2 < utf8.size(); ++i) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const auto next = static_cast<unsigned char>(utf8[i + 1]);
    if (ascii::is_alpha(utf8[i]) || (lead >= 0xC3 && lead <= 0xC5)) ++seen.latin;
    if (lead == 0xCE || lead == 0xCF) ++seen.greek;
    if (lead >= 0xD0 && lead <= 0xD3) ++seen.cyrillic;
    if (lead == 0xD7) ++seen.hebrew;
    if (lead >= 0xD8 && lead <= 0xDB) ++seen.arabic;
    if (lead == 0xE0 && (next == 0xB8 || next == 0xB9)) ++seen.thai;
    if (lead == 0xE3 && next >= 0x81 && next <= 0x83) ++seen.kana;
    if (lead >= 0xE4 && lead <= 0xE9) ++seen.han;
    if (lead >= 0xEA && lead <= 0xED) ++seen.hangul;
  }
  return seen;
}

/// The language of a text that is not written in Latin letters.
std::string_view language_by_script(const Scripts& seen) {
  const int wide = (seen.kana + seen.han + seen.hangul) * 2;
  if (wide > seen.latin) {
    if (seen.hangul > seen.kana && seen.hangul > seen.han) return "ko";
    return seen.kana * 10 > seen.han ? "ja" : "zh";
  }
  const std::array<std::pair<int, std::string_view>, 5> others{{{seen.cyrillic, "ru"},
                                                                {seen.greek, "el"},
                                                                {seen.arabic, "ar"},
                                                                {seen.hebrew, "he"},
                                                                {seen.thai, "th"}}};
  for (const auto& [count, language] : others)
    if (count > seen.latin) return language;
  return {};
}

}  // namespace

DetectedLanguage detect_language(std::string_view utf8) {
  constexpr std::size_t kMostBytes = 8000;
  utf8 = utf8.substr(0, kMostBytes);
  if (const std::string_view by_script = language_by_script(scripts_of(utf8)); !by_script.empty())
    return {std::string(by_script), std::string(by_script)};
  Counts articles{};
  Counts verbs{};
  count_words(utf8, articles, verbs);
  return {std::string(winner(articles)), std::string(winner(verbs))};
}

std::string primary_language(std::string_view tag) {
  std::string primary =
      ascii::to_lower(ascii::trim(tag).substr(0, ascii::trim(tag).find_first_of("-_")));
  if (primary == "nb" || primary == "nn") return "no";
  return primary;
}

}  // namespace candor::disclosure
