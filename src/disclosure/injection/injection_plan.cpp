#include "disclosure/injection/injection_plan.h"

#include <algorithm>

#include "disclosure/injection/beacon_markup.h"
#include "disclosure/injection/label_place.h"
#include "disclosure/injection/notice_markup.h"
#include "disclosure/injection/own_texts.h"
#include "disclosure/injection/placement.h"
#include "disclosure/page/own_markup.h"
#include "disclosure/page/page_language.h"
#include "disclosure/page/shop_links.h"
#include "disclosure/rules/teasers.h"
#include "disclosure/wording/ad_words.h"
#include "link/link.h"
#include "networks/tracking_id.h"

namespace candor::disclosure {
namespace {

/// What a block mends.
const std::vector<std::string_view>& mended_by_block() {
  static const std::vector<std::string_view> rules{
      "CD101", "CD102", "CD103", "CD104", "CD105", "CD106", "CD107", "CD201", "CD202",
      "CD203", "CD204", "CD206", "CD208", "CD209", "CD210", "CD301", "CD302", "CD303",
      "CD304", "CD305", "CD306", "CD310", "CD501", "CD503", "CD507"};
  return rules;
}

/// The owner already states it: clearly, in view and before the links.
bool needs_block(const PageFacts& facts, const AuditReport& report) {
  const bool stated = std::ranges::any_of(facts.candidates, [&](const Candidate& each) {
    return is_effective(facts, each) && each.wording.has(Says::Explain) &&
           !each.wording.has(Hedge::Presence) && !each.wording.has(Hedge::Quantity);
  });
  return !stated || !broken_rules(report, mended_by_block()).empty();
}

/// The list with those of the words that it lacks.
std::string with_words(std::string_view list, std::string_view words) {
  std::string merged(list);
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(words.size(), word.size() + 1));
    if (has_word(merged, word)) continue;
    if (!merged.empty() && merged.back() != ' ') merged += ' ';
    merged += word;
  }
  return merged;
}

constexpr std::string_view kPaidRel = "sponsored nofollow";

/// "sponsored nofollow", or the one that the list lacks.
std::string_view lacking(std::string_view rel) {
  if (has_word(rel, "nofollow")) return has_word(rel, "sponsored") ? "" : kPaidRel.substr(0, 9);
  return has_word(rel, "sponsored") ? kPaidRel.substr(10) : kPaidRel;
}

}  // namespace

std::string broken_rules(const AuditReport& report, const std::vector<std::string_view>& among) {
  std::string names;
  for (const RuleFinding& finding : report.findings) {
    const bool counts =
        finding.severity != Severity::Info && std::ranges::find(among, finding.rule) != among.end();
    if (counts && names.find(finding.rule) == std::string::npos)
      names += (names.empty() ? "" : ", ") + finding.rule +
               (finding.jurisdiction == "all" ? "" : " in " + finding.jurisdiction);
  }
  return names;
}

InjectionPlan::InjectionPlan(const PageFacts& facts, const Policy& policy)
    : facts_(facts),
      policy_(policy),
      texts_(texts_for(policy, language_for_texts(facts))),
      edits_(facts.page) {}

bool InjectionPlan::plan(const AuditReport& report) {
  for (const PageLink& link : facts_.links.paid) {
    if (facts_.offset_of(link) >= facts_.page.certain_until)
      return refuse("browsers disagree on the markup around a paid link");
    plan_beacon(link);
    plan_link(link);
  }
  plan_head();
  if (!plan_blocks(report)) return false;
  plan_title();
  plan_teasers();
  if (policy_.choices.footer) plan_footer();
  return true;
}

void InjectionPlan::plan_beside_links() {
  if (const auto place = block_place(facts_)) plan_disclaimers(*place);
  plan_teasers();
  if (edits_.empty()) return;
  plan_head();
}

bool InjectionPlan::refuse(std::string reason) {
  why_not_ = std::move(reason);
  return false;
}

void InjectionPlan::note_language() {
  const std::string page = language_of_text(facts_);
  if (!policy_.language.empty() || page.empty() || knows_language(page)) return;
  notes_.push_back("there are no texts in the page's language (" + page + "); those in " +
                   texts_.locale + " are used");
}

bool InjectionPlan::plan_blocks(const AuditReport& report) {
  const auto place = block_place(facts_);
  if (needs_block(facts_, report)) {
    if (!place) return refuse("there is no safe place for a disclosure before the first paid link");
    note_language();
    plan_block(*place, false);
    for (const std::size_t repeat : repeat_places(facts_, *place)) plan_block(repeat, true);
  }
  if (place) plan_disclaimers(*place);
  return true;
}

bool InjectionPlan::every_shop_link_pays() const {
  return !has_unpaid_shop_link(facts_, policy_) && facts_.links.unsure_links == 0;
}

/// "Links marked (Ad) pay" is true only when all that pay are marked.
std::string InjectionPlan::statement() const {
  return every_shop_link_pays() || !all_labelled_ ? texts_.statement_all : texts_.statement;
}

/// A wholly paid article says so before it is read; owners whose title does are left alone.
void InjectionPlan::plan_title() {
  if (texts_.title_label.empty() || !pays_wholly(facts_, policy_)) return;
  const bool told = std::ranges::all_of(policy_.jurisdictions, [&](const std::string& each) {
    return !wants_titles_labelled(each) ||
           begins_with_ad_word(fold_text(facts_.outline.title), each);
  });
  const auto place = told ? std::nullopt : title_place(facts_);
  if (place) edits_.insert_markup(*place, title_label_markup(texts_.title_label));
}

/// Those who choose what to read from a list are told there already.
void InjectionPlan::plan_teasers() {
  if (texts_.title_label.empty()) return;
  for (const Teaser& teaser : teasers_in(facts_, policy_)) {
    const Anchor& anchor = facts_.outline.anchors[teaser.anchor];
    const bool told = std::ranges::all_of(policy_.jurisdictions, [&](const std::string& each) {
      return !wants_titles_labelled(each) || has_ad_word_at(facts_, anchor, each);
    });
    const auto place = told ? std::nullopt : label_place(facts_, anchor, true);
    if (place && place->side == LabelSide::Begin)
      edits_.insert_markup(place->border, title_label_markup(texts_.title_label));
  }
}

void InjectionPlan::plan_block(std::size_t place, bool repeat) {
  std::vector<Paragraph> paragraphs{{statement(), ""}};
  if (!repeat)
    for (Paragraph& each : required_paragraphs(facts_, policy_, texts_.locale, notes_))
      paragraphs.push_back(std::move(each));
  edits_.insert_markup(place, block_markup(kDisclosureMark, texts_.locale, paragraphs));
}

void InjectionPlan::plan_footer() {
  if (const auto place = footer_place(facts_))
    edits_.insert_markup(*place, block_markup(kFooterMark, texts_.locale, {{texts_.footer, ""}}));
  else
    notes_.emplace_back("the page has no footer, and no body's end, for the footer text");
}

void InjectionPlan::plan_disclaimers(std::size_t place) {
  for (const Disclaimer* each :
       disclaimers_for(policy_.choices, policy_.article_path, facts_.outline.language))
    edits_.insert_markup(place,
                         block_markup(kDisclaimerMark, each->language,
                                      {{with_site(each->text, policy_, each->language), ""}}));
}

void InjectionPlan::plan_head() {
  const auto place = beacon_script_place(facts_);
  if (!place) return;
  if (!policy_.choices.stylesheet_url.empty())
    edits_.insert_markup(*place, stylesheet_markup(policy_.choices.stylesheet_url));
  if (has_beacon(policy_) && !facts_.links.paid.empty())
    edits_.insert_markup(*place, beacon_script(policy_));
}

/// Marks go in before other attributes: that is where they are taken out and put back again.
void InjectionPlan::plan_beacon(const PageLink& link) {
  if (!has_beacon(policy_) || !link.link.stays_direct || !policy_.beacon.slug_of) return;
  const auto slug = policy_.beacon.slug_of(link.link);
  if (!slug || check_slug(*slug)) return;
  const html::Token& tag = facts_.page.tokens[link.token];
  edits_.set_attribute(tag, kBeaconMark, beacon_mark(*slug, link.link.placement));
  if (facts_.page.find_attribute(tag, "ping") == nullptr)
    edits_.set_attribute(tag, "ping", beacon_ping(policy_, *slug, link.link.placement));
}

void InjectionPlan::plan_link(const PageLink& link) {
  const html::Token& tag = facts_.page.tokens[link.token];
  const std::string rel = attribute_text(facts_.page, tag, "rel", facts_.encoding).value_or("");
  if (const std::string_view added = lacking(rel); !added.empty()) {
    const std::string ours =
        attribute_text(facts_.page, tag, kRelMark, facts_.encoding).value_or("");
    edits_.set_attribute(tag, kRelMark, with_words(ours, added));
    edits_.set_attribute(tag, "rel", with_words(rel, added));
  }
  const std::string href = href_for(link);
  if (href != link.written_href) edits_.set_attribute(tag, "href", href);
  plan_label(link);
}

void InjectionPlan::plan_label(const PageLink& link) {
  const auto place = label_place(facts_, facts_.outline.anchors[link.anchor], texts_.labels_first);
  const bool first = place && place->side == LabelSide::Begin;
  std::vector<std::string> missing;
  for (const std::string& label : texts_.labels)
    if (!carries_label(facts_, link, label, first)) missing.push_back(label);
  if (missing.empty()) return;
  if (place)
    edits_.insert_markup(place->border, label_markup(missing, place->side));
  else
    all_labelled_ = false;
}

std::string InjectionPlan::href_for(const PageLink& link) const {
  if (!link.link.slug.empty())
    return policy_.article_path.empty()
               ? link.written_href
               : stamped(link.written_href, policy_.article_path, link.link.placement);
  if (link.link.stays_direct && link.link.network == "amazon" && !policy_.tracking_id.empty())
    return networks::with_tracking_id(link.written_href, policy_.tracking_id);
  const std::string prefix = usable_go_prefix(policy_);
  if (link.link.stays_direct || prefix.empty() || !policy_.slug_of) return link.written_href;
  const auto slug = policy_.slug_of(link.link);
  if (!slug || check_slug(*slug)) return link.written_href;
  const std::string href = prefix + *slug;
  return policy_.article_path.empty() ? href
                                      : stamped(href, policy_.article_path, link.link.placement);
}

}  // namespace candor::disclosure
