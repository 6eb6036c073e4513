#pragma once
// Everything that goes into one page, planned at once: a page of ours is never served with our
// links and without their disclosure.
#include <string>
#include <vector>

#include "disclosure/injection/page_texts.h"
#include "disclosure/page/page_facts.h"
#include "disclosure/rules/report.h"
#include "disclosure/wording/policy.h"
#include "html/edit.h"

namespace candor::disclosure {

/// Rules of `among` that the report finds broken in earnest, by name: "CD101, CD204 in DE".
std::string broken_rules(const AuditReport& report, const std::vector<std::string_view>& among);

class InjectionPlan {
 public:
  /// Both must outlive the plan. The page holds none of our markup.
  InjectionPlan(const PageFacts& facts, const Policy& policy);

  /// False, with a reason, when the page cannot be edited safely. `report` is of the page.
  bool plan(const AuditReport& report);
  /// Of a page without paid links: the owner's disclaimers, and labels of teasers.
  void plan_beside_links();

  const html::EditList& edits() const { return edits_; }
  const std::string& why_not() const { return why_not_; }
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  bool refuse(std::string reason);
  bool plan_blocks(const AuditReport& report);
  void plan_block(std::size_t place, bool repeat);
  void plan_title();
  void plan_teasers();
  void plan_footer();
  void note_language();
  void plan_disclaimers(std::size_t place);
  void plan_head();
  void plan_beacon(const PageLink& link);
  void plan_link(const PageLink& link);
  void plan_label(const PageLink& link);
  std::string href_for(const PageLink& link) const;
  bool every_shop_link_pays() const;
  std::string statement() const;

  const PageFacts& facts_;
  const Policy& policy_;
  const PageTexts texts_;
  html::EditList edits_;
  bool all_labelled_ = true;
  std::string why_not_;
  std::vector<std::string> notes_;
};

}  // namespace candor::disclosure
