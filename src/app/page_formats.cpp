#include "app/page_formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>

#include "app/output.h"
#include "candor_version.h"
#include "disclosure/rules/rule_book.h"
#include "link/url.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string_view github_level(std::string_view severity) {
  if (severity == "error") return "error";
  return severity == "warn" ? "warning" : "notice";
}

std::string_view sarif_level(std::string_view severity) {
  if (severity == "error") return "error";
  return severity == "warn" ? "warning" : "note";
}

/// A command ends at the line's end; a property also at ',' and its name at ':'. Other control
/// characters of a page would steer the terminal that shows the log.
enum class In { Message, Property };
std::string escaped(std::string_view text, In where) {
  std::string out;
  for (const char c : text) {
    const bool ends = c == '%' || c == '\r' || c == '\n';
    if (ends || (where == In::Property && (c == ':' || c == ','))) {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return safe_text(out);
}

std::string percent_encode_path(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const std::string_view name = path.substr(0, path.find('/'));
    out += percent_encode(name);
    path.remove_prefix(name.size());
    if (path.empty()) break;
    out += '/';
    path.remove_prefix(1);
  }
  return out;
}

bool is_url(std::string_view page) {
  return page.starts_with("http://") || page.starts_with("https://");
}

std::string uri_of(const std::string& page, const fs::path& base) {
  if (page == "-") return "stdin";
  if (is_url(page)) return page;
  const std::string place = place_of(page, base);
  if (fs::path(place).is_absolute()) return "file://" + percent_encode_path(place);
  return percent_encode_path(place);
}

json location_of(const std::string& page, const fs::path& base) {
  json artifact{{"uri", uri_of(page, base)}};
  if (!is_url(page) && fs::path(place_of(page, base)).is_relative())
    artifact["uriBaseId"] = "%SRCROOT%";
  return {{"physicalLocation", {{"artifactLocation", std::move(artifact)}}}};
}

json region_of(const json& finding) {
  const auto begin = finding.value("begin", std::size_t{0});
  json region{{"startLine", finding.value("line", 1)},
              {"startColumn", finding.value("column", 1)},
              {"byteOffset", begin},
              {"byteLength", finding.value("end", begin) - begin}};
  if (const std::string excerpt = finding.value("excerpt", ""); !excerpt.empty())
    region["snippet"] = {{"text", excerpt}};
  return region;
}

std::string message_of(const json& finding) {
  return fmt::format("{} [{}]", finding.value("message", ""), finding.value("jurisdiction", "all"));
}

/// A rule's severity where it is gravest.
disclosure::Severity gravest(const disclosure::RuleText& rule) {
  auto most = disclosure::Severity::Info;
  for (const auto& [jurisdiction, severity] : rule.severities) most = std::max(most, severity);
  return most;
}

json sarif_rule(const disclosure::RuleText& rule) {
  return {{"id", rule.id},
          {"shortDescription", {{"text", rule.check}}},
          {"fullDescription", {{"text", rule.check + " Source: " + rule.why}}},
          {"help",
           {{"text", "Fix: " + rule.fix + "\nSource: " + rule.why},
            {"markdown", "**Fix:** " + rule.fix + "\n\n**Source:** " + rule.why}}},
          {"defaultConfiguration", {{"level", sarif_level(disclosure::name_of(gravest(rule)))}}},
          {"properties", {{"tags", json::array({"disclosure"})}}}};
}

}  // namespace

json page_json(const PageResult& result) {
  json page = *result.audit;
  page["schema"] = "candor.audit/1";
  page["page"] = result.file;
  if (!result.outcome.empty()) page["outcome"] = result.outcome;
  if (!result.why_passed_through.empty()) page["why_passed_through"] = result.why_passed_through;
  return page;
}

std::string place_of(const std::string& page, const fs::path& base) {
  if (page == "-" || is_url(page)) return page;
  const fs::path whole = fs::absolute(page).lexically_normal();
  const fs::path relative = whole.lexically_relative(base.lexically_normal());
  return relative.empty() || *relative.begin() == ".." ? whole.generic_string()
                                                       : relative.generic_string();
}

std::string github_commands(const PageResult& result, const fs::path& base) {
  const std::string file = escaped(place_of(result.file, base), In::Property);
  std::string out;
  for (const json& finding : result.audit->at("findings"))
    out += fmt::format(
        "::{} file={},line={},col={},title={}::{}\n", github_level(finding.value("severity", "")),
        file, finding.value("line", 1), finding.value("column", 1),
        escaped(finding.value("rule", ""), In::Property),
        escaped(message_of(finding) + " Fix: " + finding.value("fix", ""), In::Message));
  for (const json& reason : result.audit->at("not_evaluated"))
    out += fmt::format("::warning file={},title=not evaluated::{}\n", file,
                       escaped(reason.get<std::string>(), In::Message));
  return out;
}

std::string github_quoted(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.size(), text.find('\n'));
    std::string line = safe_text(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
    // The older form of a command, which may stand anywhere in a line.
    for (std::size_t at = line.find("##["); at != std::string::npos; at = line.find("##[", at))
      line.replace(at, 3, "##\\x5B");
    out += "| " + line + "\n";
  }
  return out;
}

json sarif_log(const std::vector<PageResult>& results, const fs::path& base) {
  json rules = json::array();
  std::map<std::string, std::size_t, std::less<>> index;
  for (const disclosure::RuleText& rule : disclosure::rule_texts()) {
    index.emplace(rule.id, rules.size());
    rules.push_back(sarif_rule(rule));
  }
  json found = json::array();
  json notes = json::array();
  for (const PageResult& page : results) {
    const json location = location_of(page.file, base);
    for (const json& finding : page.audit->at("findings")) {
      json result{{"ruleId", finding.value("rule", "")},
                  {"level", sarif_level(finding.value("severity", ""))},
                  {"message", {{"text", message_of(finding)}}},
                  {"locations", json::array({location})},
                  {"properties", {{"jurisdiction", finding.value("jurisdiction", "all")}}}};
      result["locations"][0]["physicalLocation"]["region"] = region_of(finding);
      if (const auto at = index.find(finding.value("rule", "")); at != index.end())
        result["ruleIndex"] = at->second;
      found.push_back(std::move(result));
    }
    for (const json& reason : page.audit->at("not_evaluated"))
      notes.push_back({{"level", "warning"},
                       {"message", {{"text", "not evaluated: " + reason.get<std::string>()}}},
                       {"locations", json::array({location})}});
  }
  json driver{{"name", "Candor"}, {"version", kVersion}, {"rules", std::move(rules)}};
  json run{
      {"tool", {{"driver", std::move(driver)}}},
      {"columnKind", "unicodeCodePoints"},
      {"originalUriBaseIds",
       {{"%SRCROOT%", {{"uri", "file://" + percent_encode_path(base.generic_string() + "/")}}}}},
      {"invocations", json::array({{{"executionSuccessful", true},
                                    {"toolExecutionNotifications", std::move(notes)}}})},
      {"results", std::move(found)}};
  return {{"$schema",
           "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
           "sarif-schema-2.1.0.json"},
          {"version", "2.1.0"},
          {"runs", json::array({std::move(run)})}};
}

json rules_json() {
  json rules = json::array();
  for (const disclosure::RuleText& rule : disclosure::rule_texts()) {
    json severities = json::object();
    for (const auto& [jurisdiction, severity] : rule.severities)
      severities[jurisdiction] = disclosure::name_of(severity);
    rules.push_back({{"rule", rule.id},
                     {"severity", disclosure::name_of(gravest(rule))},
                     {"check", rule.check},
                     {"why", rule.why},
                     {"fix", rule.fix},
                     {"severities", std::move(severities)}});
  }
  return rules;
}

}  // namespace candor::app
