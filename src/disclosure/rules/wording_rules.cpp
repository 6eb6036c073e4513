// What the disclosure says, and in whose words.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "disclosure/page/page_language.h"
#include "disclosure/rules/rule_reading.h"
#include "disclosure/wording/ad_words.h"
#include "disclosure/wording/language.h"

namespace candor::disclosure {
namespace {

void read_hedges(RuleReading& reading) {
  for (const Candidate& each : reading.facts.candidates) {
    if (!each.shown || !speaks_of_links(each)) continue;
    if (!each.wording.has(Hedge::Presence) && !each.wording.has(Hedge::Quantity)) continue;
    reading.add("CD201", each.range,
                reading.quote(each) + " leaves open whether this page has paid links. It has " +
                    std::to_string(reading.facts.links.paid.size()) + ".");
    return;
  }
}

void read_bare(RuleReading& reading) {
  const Candidate* found = nullptr;
  for (const Candidate* each : reading.weak) {
    const Wording& w = each->wording;
    if (w.has(Says::Explain) || w.has(Says::AdLabel)) continue;
    if (w.has(Says::Bare) && !w.has(Says::Amazon) && !w.has(Says::AmazonVariant)) {
      found = each;
      break;
    }
    if (found == nullptr && reading.adequate.empty() &&
        (w.has(Says::Program) || w.has(Says::AmazonLegacy)))
      found = each;
  }
  if (found != nullptr)
    reading.add("CD202", found->range,
                reading.quote(*found) + " does not say that anyone is paid.");
}

void read_support(RuleReading& reading) {
  for (const Candidate* each : reading.weak) {
    if (!each->wording.has(Says::Support) || each->wording.has(Says::Explain)) continue;
    reading.add("CD206", each->range,
                reading.quote(*each) + " asks for support without saying that money is paid.");
    return;
  }
}

void read_denials(RuleReading& reading) {
  for (const Candidate& each : reading.facts.candidates) {
    if (!each.shown || each.mostly_link || !each.wording.has(Says::Negation)) continue;
    if (each.wording.has(Says::Explain) || each.zone == Zone::Nav) continue;
    reading.add("CD207", each.range,
                reading.quote(each) + " contradicts the page's " + reading.count_of_links() + ".");
    return;
  }
}

void read_ad_words(RuleReading& reading) {
  const Candidate* shown = reading.statement();
  for (const std::string& jurisdiction : reading.policy.jurisdictions) {
    if (!has_vocabulary(jurisdiction) || has_ad_word(reading, jurisdiction)) continue;
    const ByteRange place =
        shown != nullptr ? shown->range : reading.place_of(reading.first_link());
    reading
        .add("CD204", place,
             "Nothing at the start of the page, in its title or at its links is a word " +
                 jurisdiction + " takes for advertising.")
        .jurisdiction = jurisdiction;
    if (shown != nullptr && shown->wording.has(Hedge::Benefit))
      reading
          .add("CD203", shown->range, reading.quote(*shown) + " leaves open whether money is paid.")
          .jurisdiction = jurisdiction;
  }
}

/// A label that regulators refuse, where nothing better says it.
void read_rejected(RuleReading& reading) {
  const PageFacts& facts = reading.facts;
  for (const std::string& jurisdiction : reading.policy.jurisdictions) {
    if (!reading.effective.empty() && has_ad_word(reading, jurisdiction)) continue;
    const auto report = [&](std::string_view word, ByteRange place) {
      reading
          .add("CD205", place,
               "\"" + std::string(word) + "\" is no label that " + jurisdiction +
                   " takes for advertising.")
          .jurisdiction = jurisdiction;
    };
    const auto by_block = std::ranges::find_if(facts.candidates, [&](const Candidate& each) {
      constexpr std::size_t kLabelBytes = 60;
      const std::string& text = facts.text_of(each);
      return each.shown && !each.mostly_link && text.size() <= kLabelBytes &&
             !rejected_label_in(fold_text(text), jurisdiction).empty();
    });
    if (by_block != facts.candidates.end()) {
      report(rejected_label_in(fold_text(facts.text_of(*by_block)), jurisdiction), by_block->range);
      continue;
    }
    for (const PageLink& link : facts.links.paid) {
      if (!link.is_content || reading.is_labelled(link)) continue;
      const std::string around = label_text(facts, link);
      const std::string_view word = rejected_label_in(around, jurisdiction);
      if (word.empty()) continue;
      report(word, reading.place_of(link));
      break;
    }
  }
}

std::size_t word_count(std::string_view text) {
  return text.empty() ? 0 : static_cast<std::size_t>(std::ranges::count(text, ' ')) + 1;
}

std::string_view first_words(std::string_view text, std::size_t words) {
  std::size_t at = 0;
  for (; words > 0 && at != std::string_view::npos; --words) at = text.find(' ', at + 1);
  return text.substr(0, at);
}

constexpr std::size_t kLongText = 60;
constexpr std::size_t kFirstWords = 25;

bool says_it_at_once(std::string_view text) {
  const Wording wording = classify(first_words(text, kFirstWords));
  return wording.has(Says::Explain) || wording.has(Says::AdLabel) || wording.has(Says::Bare) ||
         wording.amazon_statement();
}

/// Why a disclosure is hard to read; empty when it is not.
std::string legalese_in(std::string_view text) {
  static constexpr std::array<std::string_view, 14> kLegalTerms{"pursuant",
                                                                "herein",
                                                                "hereby",
                                                                "thereof",
                                                                "consideration",
                                                                "aforementioned",
                                                                "heretofore",
                                                                "notwithstanding",
                                                                "hereinafter",
                                                                "remuneration",
                                                                "shall be deemed",
                                                                "whereas",
                                                                "in accordance with",
                                                                "third-party beneficiary"};
  if (word_count(text) > kLongText) return "is longer than 60 words";
  const Wording wording = classify(first_words(text, kFirstWords));
  if (!wording.has(Says::Explain) && !wording.has(Says::AdLabel) && !wording.amazon_statement())
    return "does not come to the pay in its first 25 words";
  const std::string lower = ascii::to_lower(text);
  const auto terms = std::ranges::count_if(
      kLegalTerms, [&](std::string_view term) { return lower.find(term) != std::string::npos; });
  return terms >= 3 ? "is written in legal terms" : "";
}

void read_legalese(RuleReading& reading) {
  if (reading.effective.empty()) return;
  for (const Candidate* each : reading.effective)
    if (legalese_in(reading.facts.text_of(*each)).empty()) return;
  const Candidate& first = *reading.effective.front();
  reading.add("CD209", first.range,
              "The disclosure " + reading.quote(first) + " " +
                  legalese_in(reading.facts.text_of(first)) + ".");
}

/// Author, date and the like, by the names themes give such lines, or by how they begin.
bool is_in_byline(const RuleReading& reading, const Candidate& candidate) {
  static constexpr std::array<std::string_view, 12> kNames{
      "byline",       "meta",         "post-meta", "entry-meta",     "author",    "post-author",
      "entry-byline", "article-meta", "post-info", "byline-wrapper", "posted-on", "article__meta"};
  constexpr int kUp = 3;
  const PageFacts& facts = reading.facts;
  std::uint32_t element = element_at(facts, candidate.range.begin);
  for (int i = 0; i < kUp && element != kNoElement; ++i) {
    const Element& each = facts.outline.elements[element];
    if (each.tag == Tag::Body || each.tag == Tag::Main || each.tag == Tag::Article) break;
    const html::Attribute* names =
        facts.page.find_attribute(facts.page.tokens[each.start_token], "class");
    if (names != nullptr && std::ranges::any_of(kNames, [&](std::string_view name) {
          return has_word(names->value.of(facts.bytes), name);
        }))
      return true;
    element = each.parent;
  }
  const std::string folded = fold_text(facts.text_of(candidate));
  constexpr std::size_t kBylineBytes = 300;
  if (folded.size() > kBylineBytes) return false;
  static constexpr std::array<std::string_view, 6> kBegins{"by ",  "von ",    "par ",
                                                           "por ", "posted ", "written by "};
  const bool begins =
      std::ranges::any_of(kBegins, [&](std::string_view word) { return folded.starts_with(word); });
  return begins && folded.find(" | ") != std::string::npos;
}

bool is_own_block(const RuleReading& reading, const Candidate& candidate) {
  const std::string& text = reading.facts.text_of(candidate);
  if (is_in_byline(reading, candidate)) return false;
  return word_count(text) <= kLongText || says_it_at_once(text);
}

void read_block(RuleReading& reading) {
  const Candidate* first = reading.statement();
  if (first == nullptr || first->wording.has(Says::LinkText)) return;
  const bool set_apart = std::ranges::any_of(
      reading.effective, [&](const Candidate* each) { return is_own_block(reading, *each); });
  if (set_apart) return;
  // With nothing effective, the line readers meet first is the one to set apart.
  if (reading.effective.empty())
    for (const Candidate* each : reading.weak)
      if (each->zone == Zone::Content || each->zone == Zone::Header) {
        first = each;
        break;
      }
  if (first->zone == Zone::Footer || is_own_block(reading, *first)) return;
  reading.add("CD210", first->range,
              reading.quote(*first) + " stands in a line about something else, not by itself.");
}

/// What a template engine or an author left unfilled.
std::string_view placeholder_in(std::string_view folded) {
  static constexpr std::array<std::string_view, 18> kOpen{
      "{{",          "[insert", "[your",    "[name",  "[site",  "[blog",
      "[company",    "{site",   "{name",    "{blog",  "%s",     "%1$s",
      "lorem ipsum", "<insert", "[website", "%%site", "[store", "{your"};
  for (const std::string_view each : kOpen) {
    const std::size_t at = folded.find(each);
    if (at == std::string_view::npos) continue;
    // "100%s" is no slot: nothing but a blank or a sign stands in front of one.
    if (each == "%s" && at > 0 && ascii::is_alnum(folded[at - 1])) continue;
    return each;
  }
  return {};
}

void read_placeholders(RuleReading& reading) {
  for (const Candidate& each : reading.facts.candidates) {
    const Wording& w = each.wording;
    if (!each.shown || !(speaks_of_links(each) || w.has(Says::AdLabel))) continue;
    if (placeholder_in(fold_text(reading.facts.text_of(each))).empty()) continue;
    reading.add("CD211", each.range, reading.quote(each) + " has a slot that was not filled in.");
    return;
  }
}

void read_language(RuleReading& reading) {
  const Candidate* foreign = nullptr;
  std::string page;
  for (const Candidate* each : reading.adequate) {
    if (!each->wording.has(Says::Explain)) continue;
    if (page.empty()) page = language_of_text(reading.facts);
    if (page.empty() || (each->wording.explained_in & language_mask(page)) != 0) return;
    const DetectedLanguage own = detect_language(reading.facts.text_of(*each));
    for (const std::string& language : {own.articles, own.verbs})
      if (foreign == nullptr && !language.empty() && language != page &&
          (each->wording.explained_in & language_mask(language)) != 0)
        foreign = each;
  }
  if (foreign != nullptr)
    reading.add("CD208", foreign->range,
                "The disclosure " + reading.quote(*foreign) +
                    " is in another language than the page (" + page + ").");
}

}  // namespace

void read_wording(RuleReading& reading) {
  read_denials(reading);
  const bool stated = std::ranges::any_of(reading.effective, [](const Candidate* each) {
    return !each->wording.has(Hedge::Presence) && !each->wording.has(Hedge::Quantity);
  });
  if (!stated) read_hedges(reading);
  if (reading.effective.empty()) read_bare(reading);
  if (reading.adequate.empty()) read_support(reading);
  read_ad_words(reading);
  read_rejected(reading);
  read_language(reading);
  read_legalese(reading);
  read_block(reading);
  read_placeholders(reading);
}

}  // namespace candor::disclosure
