#include "disclosure/rules/rule_reading.h"

#include <algorithm>

#include "disclosure/wording/ad_words.h"

namespace candor::disclosure {

RuleReading::RuleReading(const PageFacts& page_facts, const Policy& owner_policy)
    : facts(page_facts), policy(owner_policy) {
  for (const Candidate& each : facts.candidates) {
    if (is_adequate(facts, each)) (each.shown ? adequate : unseen).push_back(&each);
    if (is_effective(facts, each)) effective.push_back(&each);
    if (each.shown && speaks_of_links(each)) weak.push_back(&each);
  }
}

const Look& RuleReading::look_of(const Candidate& candidate) const {
  static const Look kUnknown;
  const auto index = static_cast<std::size_t>(&candidate - facts.candidates.data());
  return index < facts.looks.candidates.size() ? facts.looks.candidates[index] : kUnknown;
}

Breach& RuleReading::add(std::string_view rule, ByteRange place, std::string message) {
  breaches.push_back({rule, place, std::move(message), {}, {}, false, false});
  return breaches.back();
}

const Candidate* RuleReading::statement() const {
  for (const Candidates* each : {&effective, &adequate, &weak})
    if (!each->empty()) return each->front();
  return nullptr;
}

const PageLink& RuleReading::first_link() const {
  const auto& paid = facts.links.paid;
  return facts.first_content_link ? paid[*facts.first_content_link] : paid.front();
}

RuleReading::Label RuleReading::label_of(const PageLink& link) const {
  if (labels_.empty()) labels_.resize(facts.links.paid.size(), Label::Unknown);
  Label& label = labels_[static_cast<std::size_t>(&link - facts.links.paid.data())];
  if (label == Label::Unknown) {
    label = Label::None;
    if (disclosure::is_labelled(facts, link))
      label = disclosure::is_labelled_before(facts, link) ? Label::Before : Label::Behind;
  }
  return label;
}

std::string RuleReading::quote(const Candidate& candidate) const {
  return quoted(facts.text_of(candidate));
}

std::string RuleReading::name_of(const PageLink& link) const {
  return quoted(link.link.text.empty() ? link.link.href : link.link.text);
}

std::string RuleReading::count_of_links() const {
  const std::size_t count = facts.links.paid.size();
  return count == 1 ? "1 paid link" : std::to_string(count) + " paid links";
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kQuoteBytes = 120;
  const std::string_view cut = shortened(text, kQuoteBytes);
  return "\"" + std::string(cut) + (cut.size() < text.size() ? "..." : "") + "\"";
}

bool speaks_of_links(const Candidate& candidate) {
  const Wording& w = candidate.wording;
  return w.has(Says::Explain) || w.has(Says::Bare) || w.has(Says::Program) ||
         w.has(Says::Support) || w.has(Says::LinkText) ||
         (w.has(Says::AdPhrase) && !candidate.holds_link) || w.amazon_statement();
}

bool has_ad_word(const RuleReading& reading, std::string_view jurisdiction) {
  const PageFacts& facts = reading.facts;
  for (const Candidate& each : facts.candidates) {
    if (!each.shown || each.zone == Zone::Footer || each.zone == Zone::Nav) continue;
    if (each.holds_link && !each.wording.has(Says::Explain)) continue;
    if (begins_with_ad_word(fold_text(facts.text_of(each)), jurisdiction)) return true;
  }
  if (begins_with_ad_word(fold_text(facts.outline.title), jurisdiction)) return true;
  return facts.first_content_link &&
         std::ranges::all_of(facts.links.paid, [&](const PageLink& link) {
           return !link.is_content || holds_ad_label(label_text(facts, link), jurisdiction);
         });
}

}  // namespace candor::disclosure
