// Findings point into the page in page order, and what could not be evaluated is never a pass.
#include "disclosure/audit.h"

#include <algorithm>

#include "fuzz/fuzz_target.h"
#include "fuzz/owner_policy.h"

namespace candor::fuzz {

using disclosure::PageVerdict;

void try_input(std::string_view bytes) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(bytes, '\n')) +
                     static_cast<std::size_t>(std::ranges::count(bytes, '\r')) + 1;
  for (const disclosure::Policy& policy : owner_policies()) {
    const disclosure::AuditReport report = disclosure::audit(bytes, policy);
    std::size_t at = 0;
    for (const disclosure::RuleFinding& finding : report.findings) {
      must_hold(finding.place.begin >= at && finding.place.begin <= finding.place.end &&
                    finding.place.end <= bytes.size(),
                "findings stand in page order, inside of the page");
      must_hold(finding.line >= 1 && finding.line <= lines, "a finding's line exists");
      must_hold(finding.excerpt.size() <= 160, "excerpts are short");
      must_hold(finding.rule.starts_with("CD") && !finding.message.empty() && !finding.fix.empty(),
                "a finding says what to do");
      at = finding.place.begin;
    }
    int placement = 0;
    for (const disclosure::PaidLink& link : report.links) {
      must_hold(link.placement == ++placement, "paid links are numbered from 1");
      must_hold(link.text.size() <= 200, "a link's text is short");
    }
    if (!report.not_evaluated.empty())
      must_hold(report.verdict != PageVerdict::Pass, "what was not evaluated is not a pass");
    must_hold(report.verdicts.size() == policy.jurisdictions.size(),
              "each jurisdiction has its verdict");
  }
}

}  // namespace candor::fuzz
