#include "app/commands/page_options.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/config.h"
#include "app/output.h"
#include "css/selector.h"
#include "disclosure/jurisdictions.h"
#include "pages/page_processor.h"

namespace candor::app {
namespace {

using nlohmann::json;

CLI::Validator jurisdiction() {
  return {[](std::string& text) {
            auto code = disclosure::parse_jurisdiction(text);
            if (!code) return code.error();
            text = *code;
            return std::string{};
          },
          ""};
}

}  // namespace

void PageOptions::add_to(CLI::App& command, const std::string& target_help) {
  command.add_option("PAGE", target, target_help);
  command
      .add_option("--jurisdiction", jurisdictions,
                  "Whose rules apply: US,UK,DE,... (repeat or separate by commas; default: the "
                  "configuration's, else US)")
      ->type_name("CODES")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->transform(jurisdiction());
  command.add_option("--language", language,
                     "Language of the disclosure, as in \"de\" (default: the configuration's, else "
                     "the page's)");
  command
      .add_option("--content-selector", content_selector,
                  "CSS selector of what holds the article, without a site; default a guess")
      ->check([](const std::string& text) {
        const auto selectors = css::parse_selectors(text);
        return selectors ? std::string() : "no CSS selector: " + selectors.error().message;
      })
      ->type_name("SELECTOR");
  command.add_option("--site-name", site_name,
                     "Name of the site in the text without a configuration");
  command.add_option("--path", path, "URL path of a page from stdin or a single file")
      ->type_name("/PATH");
}

std::unique_ptr<PageWorker> worker_for(const Cli& cli, const PageOptions& options,
                                       Storing storing) {
  if (const auto file = find_config(cli.config); !file.empty())
    return make_site_worker(load_config(file), storing,
                            {.jurisdictions = options.jurisdictions, .language = options.language});
  disclosure::Policy policy;
  if (!options.site_name.empty()) policy.site_name = options.site_name;
  if (!options.jurisdictions.empty()) policy.jurisdictions = options.jurisdictions;
  policy.language = options.language;
  policy.content_selector = options.content_selector;
  return make_stateless_worker(std::move(policy));
}

std::string url_path(const PageOptions& options, const PageFile& page) {
  const bool alone = !options.path.empty() || std::filesystem::is_regular_file(options.target);
  return alone ? options.path : pages::path_of_file(page.relative);
}

void print_findings(std::FILE* to, const PageResult& result) {
  const std::string file = safe_text(result.file);
  for (const json& finding : result.audit->at("findings")) {
    fmt::print(to, "{}:{}:{}: {} {} [{}] {}\n", file, finding.value("line", 1),
               finding.value("column", 1), finding.value("severity", ""), finding.value("rule", ""),
               finding.value("jurisdiction", ""), safe_text(finding.value("message", "")));
    if (finding.value("severity", "") == "error")
      fmt::print(to, "    fix: {}\n", safe_text(finding.value("fix", "")));
  }
  for (const json& reason : result.audit->at("not_evaluated"))
    fmt::print(to, "{}: not evaluated: {}\n", file, safe_text(reason.get<std::string>()));
}

void print_findings_csv(const std::vector<PageResult>& results) {
  json rows = json::array();
  for (const PageResult& result : results)
    for (json finding : result.audit->at("findings")) {
      finding["file"] = result.file;
      rows.push_back(std::move(finding));
    }
  print_list("csv", json({{"data", rows}}).dump(-1, ' ', false, json::error_handler_t::replace),
             {"file", "line", "column", "severity", "rule", "jurisdiction", "message", "fix"});
}

void VerdictCounts::add(const PageResult& result) {
  for (auto& [verdict, count] : counts_)
    if (verdict == result.verdict) {
      ++count;
      return;
    }
  counts_.emplace_back(result.verdict, 1);
}

std::size_t VerdictCounts::of(std::string_view verdict) const {
  for (const auto& [each, count] : counts_)
    if (each == verdict) return count;
  return 0;
}

std::string VerdictCounts::text() const {
  std::string out;
  for (const char* verdict : {"fail", "indeterminate", "warn", "pass", "not-applicable"})
    if (const std::size_t count = of(verdict); count > 0)
      out += fmt::format("{}{} {}", out.empty() ? "" : ", ", count, verdict);
  return out;
}

}  // namespace candor::app
