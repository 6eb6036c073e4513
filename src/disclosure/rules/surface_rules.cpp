// Every surface a page is read on counts: its other forms, feeds, emails, the teasers of others.
#include <algorithm>
#include <set>

#include "disclosure/page/page_address.h"
#include "disclosure/rules/rule_reading.h"
#include "disclosure/rules/teasers.h"

namespace candor::disclosure {
namespace {

/// Whether a form of the page that holds paid links tells readers so.
bool is_disclosed(std::string_view page, const Policy& policy) {
  Policy alone = policy;
  alone.variant = nullptr;
  const PageFacts facts = facts_of(page, alone);
  if (facts.links.paid.empty()) return true;
  return std::ranges::any_of(facts.candidates,
                             [&](const Candidate& each) { return is_effective(facts, each); });
}

/// The page's other forms, each once and not itself.
std::vector<const Variant*> other_forms(const RuleReading& reading) {
  constexpr std::size_t kMost = 10;
  const Outline& outline = reading.facts.outline;
  const PageAddress address(reading.policy.article_path, outline.base_href);
  const auto plain = [&](std::string_view url) {
    const auto target = address.resolve(url);
    if (!target) return std::string(url);
    if (!target->url) return target->path;
    const std::string& href = target->url->href;  // http and https are one page
    return href.substr(href.find(':'));
  };
  std::set<std::string> seen{plain(outline.canonical_url)};
  if (!reading.policy.article_path.empty()) {
    seen.insert(plain(reading.policy.article_path));
    for (const std::string& host : reading.policy.site_hosts)
      seen.insert(plain("https://" + host + reading.policy.article_path));
  }
  std::vector<const Variant*> forms;
  for (const Variant& each : outline.variants)
    if (forms.size() < kMost && seen.insert(plain(each.url)).second) forms.push_back(&each);
  return forms;
}

}  // namespace

void read_teasers(RuleReading& reading) {
  const PageFacts& facts = reading.facts;
  std::set<std::string> told;
  for (const Teaser& teaser : teasers_in(facts, reading.policy)) {
    if (told.contains(teaser.name)) continue;
    const Anchor& anchor = facts.outline.anchors[teaser.anchor];
    const std::size_t token = facts.outline.elements[anchor.element].start_token;
    for (const std::string& jurisdiction : reading.policy.jurisdictions) {
      if (has_ad_word_at(facts, anchor, jurisdiction)) continue;
      told.insert(teaser.name);
      reading
          .add("CD109", facts.page.tokens[token].range,
               "A teaser leads to " + quoted(teaser.path) +
                   ", whose shop links all pay, without saying so.")
          .jurisdiction = jurisdiction;
    }
  }
}

void read_variants(RuleReading& reading) {
  if (reading.facts.outline.variants.empty()) return;
  for (const Variant* form : other_forms(reading)) {
    const auto page = reading.policy.variant ? reading.policy.variant(form->url) : std::nullopt;
    if (!page) {
      reading.not_evaluated.push_back("CD601: the page's " + form->kind + " form " +
                                      quoted(form->url) + " could not be read");
      continue;
    }
    if (reading.effective.empty() || is_disclosed(*page, reading.policy)) continue;
    reading.add("CD601", reading.statement()->range,
                "The page says that its links pay, its " + form->kind + " form " +
                    quoted(form->url) + " does not.");
  }
}

void read_feed_item(RuleReading& reading) {
  if (!reading.has_paid_links() || !reading.adequate.empty()) return;
  reading.add("CD602", reading.place_of(reading.first_link()),
              "This item has " + reading.count_of_links() + " but does not say that they pay.");
}

void read_email(RuleReading& reading) {
  if (!reading.has_paid_links()) return;
  const auto& paid = reading.facts.links.paid;
  const std::size_t first = reading.facts.offset_of(paid.front());
  const bool before = std::ranges::any_of(
      reading.adequate, [&](const Candidate* each) { return each->range.begin < first; });
  if (!before)
    reading.add("CD603", reading.place_of(paid.front()),
                "This email has " + reading.count_of_links() +
                    (reading.adequate.empty() ? " but does not say that they pay."
                                              : "; that they pay comes only after the first."));
  const auto amazon = std::ranges::find_if(paid, &PageLink::is_amazon);
  if (amazon != paid.end() && !reading.policy.email_opt_in)
    reading
        .add("CD603", reading.place_of(*amazon),
             "Amazon allows its links in emails only to readers who asked for them.")
        .network = "Amazon";
}

}  // namespace candor::disclosure
