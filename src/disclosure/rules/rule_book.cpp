#include "disclosure/rules/rule_book.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "disclosure_data.h"

namespace candor::disclosure {
namespace {

Severity parse_severity(std::string_view name) {
  if (name == "error") return Severity::Error;
  if (name == "warn") return Severity::Warn;
  return Severity::Info;
}

const std::map<std::string, RuleText, std::less<>>& all_rules() {
  static const std::map<std::string, RuleText, std::less<>> all = [] {
    std::map<std::string, RuleText, std::less<>> read;
    for (const auto& json : nlohmann::json::parse(disclosure_data::file("rules/rules.json"))) {
      RuleText text{json.at("id"),         json.at("check"), json.at("why"), json.at("fix"), {},
                    json.at("reliability")};
      for (const auto& [jurisdiction, severity] : json.at("severities").items())
        text.severities.emplace(jurisdiction, parse_severity(severity.get<std::string>()));
      read.emplace(text.id, text);
    }
    return read;
  }();
  return all;
}

}  // namespace

std::vector<RuleText> rule_texts() {
  std::vector<RuleText> all;
  for (const auto& [id, text] : all_rules()) all.push_back(text);
  return all;
}

const RuleText& rule(std::string_view id) {
  const auto found = all_rules().find(id);
  if (found == all_rules().end()) std::abort();
  return found->second;
}

std::optional<Severity> severity_in(const RuleText& rule, std::string_view jurisdiction) {
  auto found = rule.severities.find(jurisdiction);
  if (found == rule.severities.end()) found = rule.severities.find("*");
  if (found == rule.severities.end()) return std::nullopt;
  return found->second;
}

}  // namespace candor::disclosure
