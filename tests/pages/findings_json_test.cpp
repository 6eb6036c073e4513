#include "pages/findings_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace candor::pages {
namespace {

disclosure::AuditReport report_for(std::vector<std::string> jurisdictions) {
  disclosure::Policy policy;
  policy.jurisdictions = std::move(jurisdictions);
  return disclosure::audit(
      "<main>\n<p>This post may contain affiliate links. <a href=https://amzn.to/1>K</a></main>",
      policy);
}

TEST(FindingsJson, HasOneFindingForEachJurisdiction) {
  std::vector<std::string> seen;
  for (const auto& finding : findings_json(report_for({"US", "UK"})))
    if (finding.at("rule") == "CD201" || finding.at("rule") == "CD202")
      seen.push_back(finding.at("rule").get<std::string>() + " " +
                     finding.at("jurisdiction").get<std::string>() + " " +
                     finding.at("severity").get<std::string>());
  EXPECT_EQ(seen, (std::vector<std::string>{"CD201 US warn", "CD201 UK error", "CD202 US error",
                                            "CD202 UK error"}));
}

TEST(FindingsJson, SaysWhereWhyAndWhatToDo) {
  const auto all = findings_json(report_for({"US"}));
  ASSERT_FALSE(all.empty());
  for (const char* member : {"rule", "severity", "jurisdiction", "line", "column", "begin", "end",
                             "excerpt", "message", "why", "fix"})
    EXPECT_TRUE(all[0].contains(member)) << member;
  EXPECT_EQ(all[0].at("line"), 2);
}

TEST(FindingsJson, AnAuditHasAVerdictForEachJurisdictionAndTheTextsItRead) {
  const auto audit = audit_json(report_for({"US", "UK"}));
  EXPECT_EQ(audit.at("verdicts"), (nlohmann::json{{"US", "fail"}, {"UK", "fail"}}));
  ASSERT_EQ(audit.at("disclosures").size(), 1U);
  EXPECT_EQ(audit.at("disclosures")[0].at("class"), "BARE");
  EXPECT_EQ(audit.at("disclosures")[0].at("hedge"), "H1");
}

}  // namespace
}  // namespace candor::pages
