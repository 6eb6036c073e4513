#include "app/page_formats.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace candor::app {
namespace {

using nlohmann::json;
using testing::HasSubstr;

json finding(const std::string& severity, const std::string& message) {
  return {{"rule", "CD104"},
          {"severity", severity},
          {"jurisdiction", "US"},
          {"line", 7},
          {"column", 12},
          {"begin", 340},
          {"end", 352},
          {"excerpt", "Some <links>"},
          {"message", message},
          {"why", "a source"},
          {"fix", "add top block"}};
}

PageResult page(const std::string& file, json findings, json not_evaluated = json::array()) {
  PageResult result;
  result.file = file;
  result.verdict = "fail";
  result.audit = std::make_unique<json>(json{{"verdict", "fail"},
                                             {"verdicts", {{"US", "fail"}}},
                                             {"findings", std::move(findings)},
                                             {"not_evaluated", std::move(not_evaluated)}});
  return result;
}

TEST(PageFormats, PageNamesItsSchemaItselfAndItsVerdicts) {
  const json body = page_json(page("public/a.html", json::array({finding("error", "m")})));
  EXPECT_EQ(body.at("schema"), "candor.audit/1");
  EXPECT_EQ(body.at("page"), "public/a.html");
  EXPECT_EQ(body.at("verdicts").at("US"), "fail");
  EXPECT_EQ(body.at("findings").at(0).at("rule"), "CD104");
  EXPECT_FALSE(body.contains("outcome"));
}

TEST(PageFormats, GitHubCommandsEscapeWhatWouldEndThem) {
  const PageResult result = page("/repo/pub,lic/a:b.html",
                                 json::array({finding("error", "50% of it:\r\nis paid, it says"),
                                              finding("warn", "w"), finding("info", "i")}),
                                 json::array({"styles: 100% unread"}));
  EXPECT_EQ(github_commands(result, "/repo"),
            "::error file=pub%2Clic/a%3Ab.html,line=7,col=12,title=CD104::50%25 of it:%0D%0Ais "
            "paid, it says [US] Fix: add top block\n"
            "::warning file=pub%2Clic/a%3Ab.html,line=7,col=12,title=CD104::w [US] Fix: add top "
            "block\n"
            "::notice file=pub%2Clic/a%3Ab.html,line=7,col=12,title=CD104::i [US] Fix: add top "
            "block\n"
            "::warning file=pub%2Clic/a%3Ab.html,title=not evaluated::styles: 100%25 unread\n");
}

TEST(PageFormats, GitHubLogShowsNoControlCharacterOfAPage) {
  const PageResult result = page("/repo/\x1b[31ma.html", json::array({finding("warn", "\x1b[2Jw")}),
                                 json::array({"\x07\xC2\x9B"}));
  EXPECT_EQ(github_commands(result, "/repo"),
            "::warning file=\\x1B[31ma.html,line=7,col=12,title=CD104::\\x1B[2Jw [US] Fix: add top "
            "block\n"
            "::warning file=\\x1B[31ma.html,title=not evaluated::\\x07\\x9B\n");
}

TEST(PageFormats, QuotesADiffSoThatNoneOfItIsACommand) {
  EXPECT_EQ(github_quoted(" ::error::x\n+\x1b[1m##[add-mask]e##[x\n\n-last"),
            "|  ::error::x\n| +\\x1B[1m##\\x5Badd-mask]e##\\x5Bx\n| \n| -last\n");
  EXPECT_EQ(github_quoted(""), "");
}

TEST(PageFormats, PlacesAreRelativeToTheBaseWhenBelowIt) {
  EXPECT_EQ(place_of("/repo/public/a.html", "/repo"), "public/a.html");
  EXPECT_EQ(place_of("/repo/./public/../a.html", "/repo"), "a.html");
  EXPECT_EQ(place_of("/elsewhere/a.html", "/repo"), "/elsewhere/a.html");
  EXPECT_EQ(place_of("/repository/a.html", "/repo"), "/repository/a.html");
  EXPECT_EQ(place_of("-", "/repo"), "-");
  EXPECT_EQ(place_of("https://site.example/a/", "/repo"), "https://site.example/a/");
}

/// What the schema's "required" lists ask for, and the kinds of what they name.
void expect_required_parts(const json& log) {
  ASSERT_EQ(log.at("version"), "2.1.0");
  ASSERT_TRUE(log.at("$schema").is_string());
  ASSERT_EQ(log.at("runs").size(), 1u);
  const json& run = log.at("runs").at(0);
  const json& driver = run.at("tool").at("driver");
  EXPECT_EQ(driver.at("name"), "Candor");
  for (const json& rule : driver.at("rules")) {
    EXPECT_TRUE(rule.at("id").is_string());
    EXPECT_TRUE(rule.at("shortDescription").at("text").is_string());
    EXPECT_THAT(rule.at("help").at("text").get<std::string>(), HasSubstr("Source: "));
  }
  for (const json& result : run.at("results")) {
    EXPECT_FALSE(result.at("message").at("text").get<std::string>().empty());
    EXPECT_THAT(result.at("level"), testing::AnyOf("error", "warning", "note", "none"));
    const auto index = result.at("ruleIndex").get<std::size_t>();
    EXPECT_EQ(driver.at("rules").at(index).at("id"), result.at("ruleId"));
    for (const json& location : result.at("locations")) {
      const json& region = location.at("physicalLocation").at("region");
      EXPECT_GE(region.at("startLine").get<int>(), 1);
      EXPECT_GE(region.at("startColumn").get<int>(), 1);
      EXPECT_GE(region.at("byteLength").get<int>(), 0);
    }
  }
  for (const json& invocation : run.at("invocations"))
    EXPECT_TRUE(invocation.at("executionSuccessful").is_boolean());
}

TEST(PageFormats, SarifHasRulesResultsAndRelativeArtifacts) {
  std::vector<PageResult> results;
  results.push_back(page("/repo/public/a b.html", json::array({finding("error", "not seen")}),
                         json::array({"a stylesheet"})));
  results.push_back(page("https://site.example/b/", json::array({finding("info", "older form")})));
  results.push_back(page("-", json::array({finding("warn", "stdin")})));
  const json log = sarif_log(results, "/repo");
  expect_required_parts(log);
  const json& run = log.at("runs").at(0);
  EXPECT_EQ(run.at("originalUriBaseIds").at("%SRCROOT%").at("uri"), "file:///repo/");
  ASSERT_EQ(run.at("results").size(), 3u);
  EXPECT_EQ(run.at("results").at(0), json::parse(R"({
    "ruleId": "CD104", "ruleIndex": 3, "level": "error",
    "message": {"text": "not seen [US]"},
    "locations": [{"physicalLocation": {
      "artifactLocation": {"uri": "public/a%20b.html", "uriBaseId": "%SRCROOT%"},
      "region": {"startLine": 7, "startColumn": 12, "byteOffset": 340, "byteLength": 12,
                 "snippet": {"text": "Some <links>"}}}}],
    "properties": {"jurisdiction": "US"}})"));
  const auto uri = [&](std::size_t at) {
    return run.at("results")
        .at(at)
        .at("locations")
        .at(0)
        .at("physicalLocation")
        .at("artifactLocation");
  };
  EXPECT_EQ(uri(1), json({{"uri", "https://site.example/b/"}}));
  EXPECT_EQ(uri(2).at("uri"), "stdin");
  const json& notes = run.at("invocations").at(0).at("toolExecutionNotifications");
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes.at(0).at("message").at("text"), "not evaluated: a stylesheet");
}

TEST(PageFormats, RulesAreListedWithTheirSources) {
  const json rules = rules_json();
  ASSERT_GE(rules.size(), 40u);
  EXPECT_EQ(rules.at(0).at("rule"), "CD101");
  for (const json& rule : rules) {
    EXPECT_FALSE(rule.at("why").get<std::string>().empty()) << rule;
    EXPECT_FALSE(rule.at("severities").empty()) << rule;
  }
}

}  // namespace
}  // namespace candor::app
