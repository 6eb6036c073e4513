// Health and money: where a person has to look, whatever the page says of itself.
#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>

#include "base/ascii.h"
#include "disclosure/rules/rule_reading.h"

namespace candor::disclosure {
namespace {

enum class Subject : std::uint8_t { Health, Money };

/// Words that pages about something else have no use for.
constexpr std::string_view kHealthWords =
    "naltrexone semaglutide ozempic wegovy tirzepatide mounjaro metformin insulin statin statins "
    "antidepressant antidepressants ssri opioid opioids viagra sildenafil tretinoin isotretinoin "
    "chemotherapy tumor tumour cancer diabetes diabetic hypertension cholesterol thyroid arthritis "
    "fibromyalgia autoimmune epilepsy dementia alzheimer asthma psoriasis eczema endometriosis "
    "pcos "
    "diagnosis diagnosed symptom symptoms dosage dose placebo prescription prescribed medication "
    "medications supplement supplements melatonin ashwagandha berberine cbd magnesium probiotic "
    "probiotics clinician physician pharmacist therapist contraindications antibiotic antibiotics "
    "krebs bluthochdruck arzneimittel medikament medikamente nahrungsergänzungsmittel dosierung "
    "nebenwirkungen verschreibungspflichtig symptome médicament médicaments ordonnance posologie "
    "cáncer medicamento medicamentos receta síntomas dosis";
constexpr std::string_view kMoneyWords =
    "mortgage mortgages refinance refinancing apr annuity annuities brokerage broker etf etfs "
    "cryptocurrency crypto bitcoin ethereum forex cfd cfds leverage portfolio dividend dividends "
    "401k ira roth isa pension creditworthiness overdraft loan loans lender lenders payday "
    "investing investment investments investor investors stocks bonds insurer premium premiums "
    "kredit kredite darlehen ratenkredit girokonto tagesgeld depot aktien zinsen kryptowährung "
    "prêt crédit hypothécaire placement épargne préstamo hipoteca inversión inversiones";

using SubjectByWord = std::unordered_map<std::string_view, Subject>;

const SubjectByWord& subjects() {
  static const SubjectByWord all = [] {
    SubjectByWord read;
    const auto add = [&](std::string_view words, Subject subject) {
      while (!words.empty()) {
        const std::size_t end = std::min(words.size(), words.find(' '));
        read.emplace(words.substr(0, end), subject);
        words.remove_prefix(std::min(words.size(), end + 1));
      }
    };
    add(kHealthWords, Subject::Health);
    add(kMoneyWords, Subject::Money);
    return read;
  }();
  return all;
}

struct Hits {
  std::unordered_map<std::string_view, int> words;
  int count = 0;

  /// Several different words, and not only once.
  bool enough() const { return words.size() >= 4 && count >= 8; }
};

/// Counts the words of a text that name a subject.
class SubjectCounter {
 public:
  SubjectCounter() {
    for (const auto& [word, subject] : subjects()) starts_[start_of(word)] = true;
  }

  void read(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
      while (at < text.size() && !is_letter(text[at])) ++at;
      std::size_t end = at;
      while (end < text.size() && is_letter(text[end])) ++end;
      if (end > at) count(text.substr(at, end - at));
      at = end;
    }
  }
  bool is_about(Subject subject) const { return hits_[static_cast<std::size_t>(subject)].enough(); }

 private:
  static bool is_letter(char c) {
    return ascii::is_alnum(c) || static_cast<unsigned char>(c) >= 0x80;
  }
  /// Two letters tell most words apart from all that are looked for.
  static std::size_t start_of(std::string_view word) {
    const auto low = [&](std::size_t i) {
      return static_cast<std::size_t>(static_cast<unsigned char>(ascii::lower(word[i])) & 0x7FU);
    };
    return low(0) << 7 | low(1);
  }

  void count(std::string_view word) {
    constexpr std::size_t kShortest = 3;
    constexpr std::size_t kLongest = 32;
    if (word.size() < kShortest || word.size() > kLongest || !starts_[start_of(word)]) return;
    const auto found = subjects().find(ascii::to_lower(word));
    if (found == subjects().end()) return;
    Hits& hits = hits_[static_cast<std::size_t>(found->second)];
    ++hits.words[found->first];
    ++hits.count;
  }

  std::array<bool, std::size_t{1} << 14> starts_{};
  std::array<Hits, 2> hits_;
};

}  // namespace

void read_subject(RuleReading& reading) {
  constexpr std::size_t kMostBytes = std::size_t{200} << 10;
  SubjectCounter counter;
  const Outline& outline = reading.facts.outline;
  std::size_t read = 0;
  for (const TextBlock& block : outline.blocks) {
    if (block.hidden || block.inert || block.link_bytes * 2 > block.text.size()) continue;
    if (outline.zone_of(block.element) != Zone::Content) continue;
    if ((read += block.text.size()) > kMostBytes) break;
    counter.read(block.text);
  }
  for (const Subject subject : {Subject::Health, Subject::Money}) {
    if (!counter.is_about(subject)) continue;
    reading.add("CD701", reading.place_of(reading.first_link()),
                std::string("The page is about ") +
                    (subject == Subject::Health ? "health" : "money") + " and has " +
                    reading.count_of_links() + ": this needs a human, whatever it disclaims.");
  }
}

}  // namespace candor::disclosure
