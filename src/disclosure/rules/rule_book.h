#pragma once
// The numbered rules: why each exists, how to mend it, and how grave it is in each jurisdiction
// (rules.json, which cites its sources).
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "disclosure/rules/report.h"

namespace candor::disclosure {

struct RuleText {
  std::string id;
  std::string check;
  std::string why;
  std::string fix;
  std::map<std::string, Severity, std::less<>> severities;  ///< by jurisdiction; "*": the others
  std::string reliability;  ///< how sure a finding is: "H", "M"; "L" rules are not checked
};

/// The whole table, by id.
std::vector<RuleText> rule_texts();

/// Aborts for an id that is not in the table: ids are known at build time.
const RuleText& rule(std::string_view id);

/// Nothing where the rule does not hold.
std::optional<Severity> severity_in(const RuleText& rule, std::string_view jurisdiction);

}  // namespace candor::disclosure
