// The pages of html_fixtures.json: what each rule set must say of them, and must not.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "disclosure/audit.h"

namespace candor::disclosure {
namespace {

/// The fixtures beside the project when they are there, else its own copy of them.
std::string fixture_file() {
  std::vector<std::string> places;
  if (const char* named = std::getenv("CANDOR_DISCLOSURE_DATA")) places.emplace_back(named);
  places.emplace_back(CANDOR_SOURCE_DIR "/../shared/disclosure");
  for (const std::string& place : places) {
    if (std::ifstream(place + "/html_fixtures.json")) return place + "/html_fixtures.json";
    std::cout << "no html_fixtures.json in " << place << "\n";
  }
  std::cout << "the project's own fixtures are tried\n";
  return CANDOR_SOURCE_DIR "/tests/fixtures/disclosure/html_fixtures.json";
}

TEST(HtmlFixtures, EachPageBreaksTheRulesItShouldAndNoOthers) {
  std::ifstream file(fixture_file());
  ASSERT_TRUE(file);
  int pages = 0;
  for (const auto& fixture : nlohmann::json::parse(file)) {
    const std::string id = fixture.at("id");
    const std::string html = fixture.at("html");
    Policy policy;
    policy.site_name = "Gear Shed";
    policy.jurisdictions = {fixture.at("jurisdiction").get<std::string>()};
    const AuditReport report = audit(html, policy);
    std::set<std::string> rules;
    for (const RuleFinding& finding : report.findings) rules.insert(finding.rule);
    for (const std::string& rule : fixture.at("must_fire").get<std::vector<std::string>>())
      EXPECT_TRUE(rules.contains(rule)) << id << " must break " << rule;
    for (const std::string& rule : fixture.at("must_not_fire").get<std::vector<std::string>>())
      EXPECT_FALSE(rules.contains(rule)) << id << " must not break " << rule;
    EXPECT_EQ(name_of(report.verdict), fixture.at("verdict").get<std::string>()) << id;
    ++pages;
  }
  std::cout << pages << " pages\n";
  EXPECT_GE(pages, 25);
}

}  // namespace
}  // namespace candor::disclosure
