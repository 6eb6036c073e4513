// A page is edited as if it had never been: what an earlier run put in is taken out first, and the
// rest is planned afresh. So a second run finds the same page to plan for, and makes the same one
// of it.
#include "disclosure/inject.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "disclosure/feed.h"
#include "disclosure/injected_edits.h"
#include "disclosure/injection/injection_plan.h"
#include "disclosure/injection/legacy_texts.h"
#include "disclosure/injection/own_texts.h"
#include "disclosure/injection/page_override.h"
#include "disclosure/page/own_markup.h"
#include "disclosure/page/page_facts.h"
#include "disclosure/rules/report.h"
#include "disclosure/rules/teasers.h"

namespace candor::disclosure {
namespace {

/// What must not be left on a page that was edited.
const std::vector<std::string_view>& mended() {
  static const std::vector<std::string_view> rules{"CD101", "CD102", "CD104", "CD105", "CD106",
                                                   "CD107", "CD201", "CD202", "CD204", "CD301",
                                                   "CD302", "CD401", "CD501"};
  return rules;
}

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

std::string line_of(const PageFacts& facts, std::size_t offset) {
  const auto begin = facts.bytes.begin();
  return std::to_string(1 + std::count(begin, begin + static_cast<std::ptrdiff_t>(offset), '\n'));
}

/// Edits of the page without the ranges, as edits of the page with them.
std::vector<html::Edit> composed(const std::vector<ByteRange>& removed,
                                 std::vector<html::Edit> edits) {
  std::vector<html::Edit> all;
  auto range = removed.begin();
  std::size_t gone = 0;
  const auto take_ranges_up_to = [&](std::size_t offset) {
    for (; range != removed.end(); ++range) {
      const std::size_t at = range->begin - gone;
      if (at > offset) return;
      gone += range->size();
      all.push_back({*range, ""});
    }
  };
  for (html::Edit& edit : edits) {
    take_ranges_up_to(edit.range.begin);
    const std::size_t begin = edit.range.begin + gone;
    all.push_back({{begin, begin + edit.range.size()}, std::move(edit.text)});
  }
  take_ranges_up_to(std::string_view::npos);
  return all;
}

/// One page on its way: `input` came in, `clean` is it without markup of ours.
class Injection {
 public:
  Injection(std::string_view input, AuditReport before, const Policy& policy)
      : input_(input), before_(std::move(before)), policy_(policy) {}

  InjectResult run(const PageFacts& clean, std::vector<ByteRange> removed) {
    own_ = std::move(removed);
    removed_ = own_.size();
    // What cannot be told apart from a paid link may be what an earlier block stands for.
    if (clean.links.paid.empty() && !clean.links.unsure.empty()) return unchanged();
    const bool has_paid = !clean.links.paid.empty();
    const bool tells =
        !disclaimers_for(policy_.choices, policy_.article_path, clean.outline.language).empty() ||
        !teasers_in(clean, policy_).empty();
    if (!has_paid && !tells) return done(std::string(clean.bytes), clean);
    const PageOverride wanted = override_in(clean.page, clean.encoding);
    notes_ = wanted.faults;
    if (wanted.off) {
      if (has_paid)
        notes_.emplace_back(
            "<meta name=\"candor\" content=\"off\"> keeps the disclosure from this page with paid "
            "links");
      return done(std::string(clean.bytes), clean);
    }
    std::optional<Policy> own;
    if (wanted.present) own = with_override(policy_, wanted, clean.outline.language);
    const Policy& policy = own ? *own : policy_;
    return has_paid ? disclose(clean, policy) : tell(clean, policy);
  }

  /// Of the input; not known where an old disclosure was taken out.
  std::vector<html::Edit> take_edits() { return composed(own_, std::move(edits_)); }

  InjectResult give_up(std::string reason) {
    InjectResult result = passed_through(input_, std::move(before_), std::move(reason));
    result.notes = std::move(notes_);
    return result;
  }

 private:
  /// The page as it came in has its report already.
  AuditReport report_on(const PageFacts& facts, const Policy& policy) const {
    const bool came_in = facts.bytes.data() == input_.data() && &policy == &policy_;
    return came_in ? before_ : report_of(facts, policy);
  }

  InjectResult unchanged() {
    AuditReport after = before_;
    return finished(input_, std::string(input_), std::move(before_), std::move(after), 0);
  }

  InjectResult done(std::string page, const PageFacts& facts) {
    AuditReport after = report_on(facts, policy_);
    InjectResult result =
        finished(input_, std::move(page), std::move(before_), std::move(after), removed_);
    result.notes = std::move(notes_);
    return result;
  }

  InjectResult tell(const PageFacts& clean, const Policy& policy) {
    InjectionPlan plan(clean, policy);
    plan.plan_beside_links();
    return finish(plan, clean, policy);
  }

  InjectResult disclose(const PageFacts& clean, const Policy& policy) {
    const std::vector<LegacyText> old = legacy_texts_in(clean);
    if (old.empty()) return plan_page(clean, policy);
    if (!policy.choices.replace_legacy) {
      for (const LegacyText& each : old)
        notes_.push_back("line " + line_of(clean, each.range.begin) + ": the old disclosure \"" +
                         std::string(shortened(each.text, 120)) +
                         "\" does not disclose; --replace-legacy takes it out");
      return plan_page(clean, policy);
    }
    std::vector<ByteRange> ranges;
    for (const LegacyText& each : old) ranges.push_back(each.range);
    const std::string rest = without(clean.bytes, ranges);
    const PageFacts facts = facts_of(rest, policy, &clean);
    if (!reads_as_without(clean.page, facts.page, ranges))
      return give_up("an old disclosure cannot be taken out safely");
    removed_ += ranges.size();
    return plan_page(facts, policy);
  }

  InjectResult plan_page(const PageFacts& facts, const Policy& policy) {
    InjectionPlan plan(facts, policy);
    if (!plan.plan(report_on(facts, policy))) return give_up(plan.why_not());
    return finish(plan, facts, policy);
  }

  InjectResult finish(const InjectionPlan& plan, const PageFacts& planned, const Policy& policy) {
    notes_.insert(notes_.end(), plan.notes().begin(), plan.notes().end());
    auto edited = plan.edits().apply();
    edits_ = plan.edits().sorted_edits();
    if (!edited) return give_up(std::string(html::message_of(edited.error())));
    if (*edited == input_) {
      InjectResult same = unchanged();
      same.notes = std::move(notes_);
      return same;
    }
    const PageFacts edited_facts = facts_of(*edited, policy, &planned);
    AuditReport after = report_of(edited_facts, policy);
    if (const std::string left = broken_rules(after, mended()); !left.empty())
      return give_up("the edited page would still break " + left);
    // A page that asks for fewer jurisdictions is still the site's in all of them.
    if (policy.jurisdictions != policy_.jurisdictions)
      after = report_of(facts_of(*edited, policy_, &planned), policy_);
    InjectResult result = finished(input_, std::move(*edited), std::move(before_), std::move(after),
                                   removed_ + plan.edits().size());
    result.notes = std::move(notes_);
    return result;
  }

  std::string_view input_;
  AuditReport before_;
  const Policy& policy_;
  std::vector<ByteRange> own_;     ///< markup of ours in the input
  std::vector<html::Edit> edits_;  ///< of the page without it
  std::size_t removed_ = 0;
  std::vector<std::string> notes_;
};

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

InjectedEdits inject_with_edits(std::string_view page, const Policy& policy) {
  const PageFacts facts = facts_of(page, policy);
  AuditReport before = report_of(facts, policy);
  if (facts.page.tokens.empty() && !facts.not_evaluated.empty()) {
    const std::string reason = facts.not_evaluated.front();
    return {passed_through(page, std::move(before), reason), {}};
  }
  std::vector<ByteRange> own = own_markup_in(facts.page);
  const bool off = override_in(facts.page, facts.encoding).off;
  std::ranges::move(own_rel_in(facts.page, off ? std::vector<PageLink>() : facts.links.paid),
                    std::back_inserter(own));
  std::ranges::sort(own, {}, &ByteRange::begin);
  Injection injection(page, std::move(before), policy);
  if (own.empty()) {
    InjectResult result = injection.run(facts, {});
    return {std::move(result), injection.take_edits()};
  }
  const std::string stripped = without(page, own);
  const PageFacts clean = facts_of(stripped, policy, &facts);
  if (!reads_as_without(facts.page, clean.page, own))
    return {injection.give_up("earlier markup cannot be taken out safely"), {}};
  InjectResult result = injection.run(clean, std::move(own));
  return {std::move(result), injection.take_edits()};
}

InjectResult inject(std::string_view page, const Policy& policy) {
  if (is_feed(page)) return inject_feed(page, policy);
  return inject_with_edits(page, policy).result;
}

}  // namespace candor::disclosure
