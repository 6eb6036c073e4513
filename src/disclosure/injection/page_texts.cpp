#include "disclosure/injection/page_texts.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "disclosure/rules/rule_book.h"
#include "disclosure/wording/ad_words.h"
#include "disclosure/wording/required_statements.h"
#include "disclosure/wording/wording.h"
#include "link/url.h"
#include "networks/link_pattern.h"

namespace candor::disclosure {
namespace {

/// How a jurisdiction's readers are told of advertising, where its page is in another language.
struct AdWord {
  std::string_view jurisdiction;
  std::string_view word;
  std::string_view label;
};
constexpr std::array<AdWord, 10> kAdWords{{{"UK", "Ad", "(Ad)"},
                                           {"DE", "Anzeige", "(Anzeige)"},
                                           {"FR", "Publicité", "(Publicité)"},
                                           {"ES", "Publicidad", "(publicidad)"},
                                           {"IT", "Pubblicità", "(pubblicità)"},
                                           {"PL", "Reklama", "[reklama]"},
                                           {"SE", "Reklam", "(reklam)"},
                                           {"JP", "広告", "【広告】"},
                                           {"KR", "광고", "(광고)"},
                                           {"CN", "广告", "(广告)"}}};

bool is_serious(std::string_view rule_id, std::string_view jurisdiction) {
  const auto severity = severity_in(rule(rule_id), jurisdiction);
  return severity && *severity != Severity::Info;
}

/// Korea's guideline asks for the word as the others' laws do.
bool asks_for_ad_word(std::string_view jurisdiction) {
  return jurisdiction == "KR" || is_serious("CD204", jurisdiction);
}

const AdWord* ad_word_of(std::string_view jurisdiction) {
  const auto* found = std::ranges::find(kAdWords, jurisdiction, &AdWord::jurisdiction);
  return found == kAdWords.end() || !asks_for_ad_word(jurisdiction) ? nullptr : found;
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : std::string(separator)) + part;
  return text;
}

const OwnTexts* own_texts(const Choices& choices, std::string_view locale) {
  const OwnTexts* found = nullptr;
  for (const OwnTexts& each : choices.texts) {
    if (ascii::equals_ignoring_case(each.language, locale)) return &each;
    if (found == nullptr &&
        ascii::equals_ignoring_case(primary_subtag(each.language), primary_subtag(locale)))
      found = &each;
  }
  return found;
}

std::vector<std::string> labels_for(const Policy& policy, const std::string& first) {
  std::vector<std::string> labels{first};
  for (const std::string& jurisdiction : policy.jurisdictions) {
    const AdWord* word = ad_word_of(jurisdiction);
    if (word == nullptr) continue;
    const bool has = std::ranges::any_of(labels, [&](const std::string& label) {
      return holds_ad_label(fold_text(label), jurisdiction);
    });
    if (!has) labels.emplace_back(word->label);
  }
  return labels;
}

/// "Ad – this article ..." -> "Ad / Anzeige – this article ...": a word each jurisdiction takes.
std::string with_ad_words(std::string text, std::string_view ad_word, const Policy& policy) {
  constexpr std::size_t kBrackets = 4;  // "【" and "[" may stand in front of the word
  std::string words;
  for (const std::string& jurisdiction : policy.jurisdictions) {
    const AdWord* word = ad_word_of(jurisdiction);
    if (word == nullptr || begins_with_ad_word(fold_text(text), jurisdiction)) continue;
    if (begins_with_ad_word(fold_text(words), jurisdiction)) continue;
    words += (words.empty() ? "" : " / ") + std::string(word->word);
  }
  if (words.empty()) return text;
  const std::size_t at = ad_word.empty() ? std::string::npos : text.find(ad_word);
  if (at > kBrackets) return words + ": " + text;
  return text.insert(at + ad_word.size(), " / " + words);
}

std::string with_label(std::string text, const Template& base, const PageTexts& made) {
  const std::string label = joined(made.labels, " ");
  // Templates name their own label, owners write {label}.
  if (label != base.label) replace_all(text, base.label, label);
  replace_all(text, "{label}", label);
  return text;
}

std::string filled(std::string text, const Template& base, const PageTexts& made,
                   const Policy& policy) {
  text = with_label(std::move(text), base, made);
  text = with_ad_words(std::move(text), base.ad_word, policy);
  if (policy.choices.same_price) text += ' ' + base.same_price;
  return with_site(text, policy, base.locale);
}

std::string title_label_for(const Policy& policy) {
  std::string words;
  for (const std::string& jurisdiction : policy.jurisdictions) {
    if (!wants_titles_labelled(jurisdiction)) continue;
    const AdWord* word = ad_word_of(jurisdiction);
    if (word == nullptr || begins_with_ad_word(fold_text(words), jurisdiction)) continue;
    words += (words.empty() ? "" : " / ") + std::string(word->word);
  }
  return words.empty() ? words : words + ": ";
}

std::string host_of(const PageLink& link) {
  const auto url = parse_url(link.link.href);
  return url ? url->host : std::string();
}

std::string unconfirmed(const RequiredStatement& statement) {
  return "the wording of " + std::string(networks::display_name(statement.network)) +
         "'s sentence \"" + statement.text +
         "\" is not verified; compare it with the programme's terms, then add \"" + statement.key +
         "\" to confirmed in [disclosure]";
}

class RequiredParagraphs {
 public:
  RequiredParagraphs(const Policy& policy, std::string_view locale, std::vector<std::string>& notes)
      : policy_(policy), locale_(locale), notes_(notes) {}

  void add_for(const PaidTarget& target) {
    if (target.network == "amazon") return add(amazon_statement(target.host, locale_));
    for (const RequiredStatement& each : required_statements())
      if (each.network == target.network) add(each);
  }
  std::vector<Paragraph> take() { return std::move(paragraphs_); }

 private:
  void add(const RequiredStatement& statement) {
    if (std::ranges::find(seen_, &statement) != seen_.end()) return;
    seen_.push_back(&statement);
    const RequiredStatement* used = &statement;
    if (!is_usable(statement, policy_.choices)) {
      std::string note = unconfirmed(statement);
      if (statement.network == "amazon") {
        used = &amazon_statement("amazon.com", "en");
        note += "; until then the English one is used";
      }
      notes_.push_back(std::move(note));
    }
    const std::string text = with_site(used->text, policy_, used->language);
    const bool there = std::ranges::find(paragraphs_, text, &Paragraph::text) != paragraphs_.end();
    const bool same = primary_subtag(used->language) == primary_subtag(locale_);
    if (!there) paragraphs_.push_back({text, same ? "" : used->language});
  }

  const Policy& policy_;
  std::string_view locale_;
  std::vector<std::string>& notes_;
  std::vector<const RequiredStatement*> seen_;
  std::vector<Paragraph> paragraphs_;
};

}  // namespace

bool wants_titles_labelled(std::string_view jurisdiction) {
  return jurisdiction == "UK" || jurisdiction == "DE" || jurisdiction == "KR";
}

PageTexts texts_for(const Policy& policy, std::string_view page_language) {
  const Template& base = choose_template(policy, page_language);
  const OwnTexts* own = own_texts(policy.choices, base.locale);
  const auto chosen = [&](const std::string OwnTexts::* mine, const std::string& otherwise) {
    return own != nullptr && !(own->*mine).empty() ? own->*mine : otherwise;
  };
  PageTexts made;
  made.locale = base.locale;
  made.labels = labels_for(policy, chosen(&OwnTexts::label, base.label));
  made.labels_first = std::ranges::any_of(
      policy.jurisdictions, [](const std::string& each) { return is_serious("CD404", each); });
  made.statement = filled(chosen(&OwnTexts::top, base.top), base, made, policy);
  made.statement_all = filled(chosen(&OwnTexts::top_all, base.top_all), base, made, policy);
  made.title_label = title_label_for(policy);
  made.footer = with_site(with_label(chosen(&OwnTexts::footer, base.footer), base, made), policy,
                          base.locale);
  return made;
}

std::vector<Paragraph> required_paragraphs(const std::vector<PaidTarget>& targets,
                                           const Policy& policy, std::string_view locale,
                                           std::vector<std::string>& notes) {
  RequiredParagraphs paragraphs(policy, locale, notes);
  for (const PaidTarget& each : targets) paragraphs.add_for(each);
  return paragraphs.take();
}

std::vector<Paragraph> required_paragraphs(const PageFacts& facts, const Policy& policy,
                                           std::string_view locale,
                                           std::vector<std::string>& notes) {
  std::vector<PaidTarget> targets;
  for (const PageLink& link : facts.links.paid)
    targets.push_back({link.is_amazon ? "amazon" : link.link.network, host_of(link)});
  return required_paragraphs(targets, policy, locale, notes);
}

}  // namespace candor::disclosure
