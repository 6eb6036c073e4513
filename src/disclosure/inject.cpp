// A page is edited as if it had never been: what an earlier run put in is taken out first, and the
// rest is planned afresh. So a second run finds the same page to plan for, and makes the same one
// of it.
#include "disclosure/inject.h"

#include <algorithm>
#include <array>

#include "disclosure/beacon_markup.h"
#include "disclosure/own_markup.h"
#include "disclosure/page_facts.h"
#include "disclosure/page_texts.h"
#include "disclosure/placement.h"
#include "disclosure/report.h"
#include "disclosure/shop_links.h"
#include "html/edit.h"
#include "html/tokenizer.h"
#include "link/link.h"

namespace candor::disclosure {
namespace {

/// What must not be left on a page that was edited.
constexpr std::array<std::string_view, 13> kMended{"CD101", "CD102", "CD104", "CD105", "CD106",
                                                   "CD107", "CD201", "CD202", "CD204", "CD301",
                                                   "CD302", "CD401", "CD501"};
/// What a block mends.
constexpr std::array<std::string_view, 17> kBlockMends{
    "CD101", "CD102", "CD103", "CD104", "CD105", "CD106", "CD107", "CD201", "CD202",
    "CD203", "CD204", "CD206", "CD301", "CD302", "CD303", "CD501", "CD503"};

std::string broken_rules(const AuditReport& report, const auto& among) {
  std::string names;
  for (const RuleFinding& finding : report.findings) {
    const bool counts = finding.severity != Severity::Info &&
                        std::find(among.begin(), among.end(), finding.rule) != among.end();
    if (counts && names.find(finding.rule) == std::string::npos)
      names += (names.empty() ? "" : ", ") + finding.rule;
  }
  return names;
}

/// The owner already states it: clearly, in view and before the links.
bool needs_block(const PageFacts& facts, const AuditReport& report) {
  const bool stated =
      std::any_of(facts.candidates.begin(), facts.candidates.end(), [&](const Candidate& each) {
        return is_effective(facts, each) && each.wording.has(Says::Explain) &&
               !each.wording.has(Hedge::Presence) && !each.wording.has(Hedge::Quantity);
      });
  return !stated || !broken_rules(report, kBlockMends).empty();
}

std::string with_sponsored(std::string_view rel) {
  std::string merged(rel);
  for (const std::string_view word : {"sponsored", "nofollow"}) {
    if (has_word(merged, word)) continue;
    if (!merged.empty() && merged.back() != ' ') merged += ' ';
    merged += word;
  }
  return merged;
}

class Injection {
 public:
  Injection(const PageFacts& facts, const Policy& policy)
      : facts_(facts),
        policy_(policy),
        texts_(texts_for(policy, facts.outline.language)),
        edits_(facts.page) {}

  /// Plans all edits; false, with a reason, when the page cannot be edited safely.
  bool plan(const AuditReport& report) {
    for (const PageLink& link : facts_.links.paid) {
      if (facts_.offset_of(link) >= facts_.page.certain_until)
        return refuse("browsers disagree on the markup around a paid link");
      plan_beacon(link);
      plan_link(link);
    }
    if (has_beacon(policy_))
      if (const auto place = beacon_script_place(facts_))
        edits_.insert_markup(*place, beacon_script(policy_));
    if (!needs_block(facts_, report)) return true;
    const auto place = block_place(facts_);
    if (!place) return refuse("there is no safe place for a disclosure before the first paid link");
    edits_.insert_markup(*place, block_markup(texts_.locale, paragraphs()));
    return true;
  }

  const html::EditList& edits() const { return edits_; }
  const std::string& why_not() const { return why_not_; }
  std::vector<std::string> take_notes() { return std::move(notes_); }

 private:
  bool refuse(std::string reason) {
    why_not_ = std::move(reason);
    return false;
  }

  /// "Links marked (Ad) pay" is true only when all that pay are marked.
  std::vector<Paragraph> paragraphs() {
    const bool some_pay_nobody =
        has_unpaid_shop_link(facts_, policy_) || !facts_.links.unsure.empty();
    std::vector<Paragraph> all{
        {some_pay_nobody && all_labelled_ ? texts_.statement : texts_.statement_all, ""}};
    for (Paragraph& each : required_paragraphs(facts_, policy_, texts_.locale, notes_))
      all.push_back(std::move(each));
    return all;
  }

  /// Marks go in before other attributes: that is where they are taken out and put back again.
  void plan_beacon(const PageLink& link) {
    if (!has_beacon(policy_) || !link.link.stays_direct || !policy_.beacon.slug_of) return;
    const auto slug = policy_.beacon.slug_of(link.link);
    if (!slug || check_slug(*slug)) return;
    const html::Token& tag = facts_.page.tokens[link.token];
    edits_.set_attribute(tag, kBeaconMark, beacon_mark(*slug, link.link.placement));
    if (facts_.page.find_attribute(tag, "ping") == nullptr)
      edits_.set_attribute(tag, "ping", beacon_ping(policy_, *slug, link.link.placement));
  }

  void plan_link(const PageLink& link) {
    const html::Token& tag = facts_.page.tokens[link.token];
    const std::string rel = attribute_text(facts_.page, tag, "rel", facts_.encoding).value_or("");
    const std::string merged = with_sponsored(rel);
    if (merged != rel) edits_.set_attribute(tag, "rel", merged);
    const std::string href = href_for(link);
    if (href != link.written_href) edits_.set_attribute(tag, "href", href);
    plan_label(link);
  }

  void plan_label(const PageLink& link) {
    const auto place = label_place(facts_, link, texts_.labels_first);
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

  std::string href_for(const PageLink& link) const {
    if (!link.link.slug.empty())
      return policy_.article_path.empty()
                 ? link.written_href
                 : stamped(link.written_href, policy_.article_path, link.link.placement);
    const std::string prefix = usable_go_prefix(policy_);
    if (link.link.stays_direct || prefix.empty() || !policy_.slug_of) return link.written_href;
    const auto slug = policy_.slug_of(link.link);
    if (!slug || check_slug(*slug)) return link.written_href;
    const std::string href = prefix + *slug;
    return policy_.article_path.empty() ? href
                                        : stamped(href, policy_.article_path, link.link.placement);
  }

  const PageFacts& facts_;
  const Policy& policy_;
  const PageTexts texts_;
  html::EditList edits_;
  bool all_labelled_ = true;
  std::string why_not_;
  std::vector<std::string> notes_;
};

InjectResult passed_through(std::string_view page, AuditReport report, std::string reason) {
  InjectResult result;
  result.outcome = InjectOutcome::PassedThrough;
  result.page = page;
  result.why_passed_through = std::move(reason);
  result.before = report;
  result.after = std::move(report);
  return result;
}

InjectResult finished(std::string_view input, std::string output, AuditReport before,
                      AuditReport after, std::size_t edits) {
  InjectResult result;
  result.outcome = output == input ? InjectOutcome::Unchanged : InjectOutcome::Changed;
  result.page = std::move(output);
  result.before = std::move(before);
  result.after = std::move(after);
  result.edit_count = result.outcome == InjectOutcome::Changed ? edits : 0;
  return result;
}

/// `clean` is the page without earlier markup of ours, `input` the one that came in.
InjectResult inject_clean(std::string_view input, AuditReport before, const PageFacts& clean,
                          std::size_t removed, const Policy& policy) {
  if (clean.links.paid.empty()) {
    // What cannot be told apart from a paid link may be what an earlier block stands for.
    if (!clean.links.unsure.empty()) {
      AuditReport after = before;
      return finished(input, std::string(input), std::move(before), std::move(after), 0);
    }
    return finished(input, std::string(clean.bytes), std::move(before), report_of(clean, policy),
                    removed);
  }
  Injection injection(clean, policy);
  if (!injection.plan(report_of(clean, policy)))
    return passed_through(input, std::move(before), injection.why_not());
  auto edited = injection.edits().apply();
  if (!edited)
    return passed_through(input, std::move(before), std::string(html::message_of(edited.error())));
  if (*edited == input) {
    AuditReport after = before;
    InjectResult result =
        finished(input, std::move(*edited), std::move(before), std::move(after), 0);
    result.notes = injection.take_notes();
    return result;
  }
  AuditReport after = audit(*edited, policy);
  if (const std::string left = broken_rules(after, kMended); !left.empty())
    return passed_through(input, std::move(before), "the edited page would still break " + left);
  InjectResult result = finished(input, std::move(*edited), std::move(before), std::move(after),
                                 removed + injection.edits().size());
  result.notes = injection.take_notes();
  return result;
}

}  // namespace

std::string_view name_of(InjectOutcome outcome) {
  switch (outcome) {
    case InjectOutcome::Changed:
      return "changed";
    case InjectOutcome::Unchanged:
      return "unchanged";
    case InjectOutcome::PassedThrough:
      return "passed-through";
  }
  return "passed-through";
}

InjectResult inject(std::string_view page, const Policy& policy) {
  const PageFacts facts = facts_of(page, policy);
  AuditReport before = report_of(facts, policy);
  if (facts.page.tokens.empty() && !facts.not_evaluated.empty()) {
    const std::string reason = facts.not_evaluated.front();
    return passed_through(page, std::move(before), reason);
  }
  const std::vector<ByteRange> own = own_markup_in(facts.page);
  if (own.empty()) return inject_clean(page, std::move(before), facts, 0, policy);
  const std::string stripped = without(page, own);
  const PageFacts clean = facts_of(stripped, policy);
  if (!reads_as_without(facts.page, clean.page, own))
    return passed_through(page, std::move(before), "earlier markup cannot be taken out safely");
  return inject_clean(page, std::move(before), clean, own.size(), policy);
}

}  // namespace candor::disclosure
