#include "app/commands/page_options.h"

#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "app/config.h"
#include "app/output.h"
#include "app/progress.h"
#include "crawl/ordered_work.h"
#include "css/selector.h"
#include "disclosure/wording/jurisdictions.h"
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

void add_jurisdictions(CLI::App& command, std::vector<std::string>& jurisdictions) {
  command
      .add_option("--jurisdiction", jurisdictions,
                  "Whose rules apply: US,UK,DE,... (repeat or separate by commas; default: the "
                  "configuration's, else US)")
      ->type_name("CODES")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->transform(jurisdiction());
}

void PageOptions::add_to(CLI::App& command, const std::string& target_help) {
  command.add_option("PAGE", target, target_help);
  add_jurisdictions(command, jurisdictions);
  command.add_option("--language", language,
                     "Language of the disclosure, as in \"de\" (default: the configuration's, else "
                     "the page's)");
  command
      .add_option(
          "--content-selector", content_selector,
          "CSS selector of what holds the article, without a configuration; default a guess")
      ->check([](const std::string& text) {
        const auto selectors = css::parse_selectors(text);
        return selectors ? std::string() : "no CSS selector: " + selectors.error().message;
      })
      ->type_name("SELECTOR");
  command.add_option("--site-name", site_name,
                     "Name of the site in the text without a configuration");
  command.add_flag("--replace-legacy", replace_legacy,
                   "Also take out old disclosures that hedge or say nothing, where ours stands");
  command.add_flag("--diff", diff, "Show what injecting changes, as diff -u does");
  command.add_option("--threads", threads, "Pages worked on at once (default: one for each core)")
      ->check(CLI::Range(1, 256));
  command.add_option("--path", path, "URL path of a page from stdin or a single file")
      ->type_name("/PATH");
}

std::string counted(std::size_t count, std::string_view one, std::string_view several) {
  return fmt::format("{} {}", count, count == 1 ? one : several);
}

void FailOn::add_to(CLI::App& command) {
  command.add_option("--fail-on", levels, "error, warn, indeterminate or never")
      ->type_name("WHAT")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"error", "warn", "indeterminate", "never"}));
}

bool FailOn::has(std::string_view level) const {
  return std::ranges::find(levels, level) != levels.end();
}

bool FailOn::applies_to(const PageResult& result) const {
  if (is_never()) return false;
  const auto has_finding = [&](std::string_view severity) {
    return std::ranges::any_of(result.audit->at("findings"), [&](const json& finding) {
      return finding.value("severity", "") == severity;
    });
  };
  return has_finding("error") || (has("warn") && has_finding("warn")) ||
         (has("indeterminate") && !result.audit->at("not_evaluated").empty());
}

bool PageOptions::is_folder() const { return std::filesystem::is_directory(target); }

void PageOptions::refuse_what_a_site_says(const Config& site) const {
  const auto refuse = [&](const std::string& value, const char* option, const char* key) {
    if (value.empty()) return;
    throw std::runtime_error(
        fmt::format("{} is for pages without a configuration; {} was found, and its {} under "
                    "[site] holds",
                    option, safe_text(site.file.string()), key));
  };
  refuse(content_selector, "--content-selector", "content_selector");
  refuse(site_name, "--site-name", "name");
}

std::optional<Config> find_site(const Cli& cli) {
  const auto file = find_config(cli.config);
  if (file.empty()) return std::nullopt;
  return load_config(file);
}

std::unique_ptr<PageWorker> worker_for(const std::optional<Config>& site,
                                       const PageOptions& options, Storing storing) {
  if (site) {
    options.refuse_what_a_site_says(*site);
    return make_site_worker(*site, storing,
                            {.jurisdictions = options.jurisdictions,
                             .language = options.language,
                             .replace_legacy = options.replace_legacy});
  }
  disclosure::Policy policy;
  if (!options.site_name.empty()) policy.site_name = options.site_name;
  if (!options.jurisdictions.empty()) policy.jurisdictions = options.jurisdictions;
  policy.language = options.language;
  policy.content_selector = options.content_selector;
  policy.choices.replace_legacy = options.replace_legacy;
  return make_stateless_worker(std::move(policy));
}

pages::SiteFolder site_folder(const PageOptions& options, const std::optional<Config>& site) {
  const std::filesystem::path target = std::filesystem::absolute(options.target);
  return {std::filesystem::is_directory(target) ? target : target.parent_path(),
          site ? site->site.hosts : std::vector<std::string>{}};
}

void each_page(const PageOptions& options, const PageTask& task, PageWorker& worker,
               const pages::SiteFolder& folder, const std::function<void(PageOutcome&)>& use) {
  const std::vector<PageFile> pages = find_pages(options.target, task.out);
  std::vector<PageOutcome> outcomes(pages.size());
  Progress progress(pages.size());
  crawl::work_in_order(
      pages.size(), {.threads = options.threads},
      [&](std::size_t i) {
        outcomes[i] = work_on(worker, task, pages[i], url_path(options, pages[i]), folder);
      },
      [&](std::size_t i) {
        PageOutcome outcome = std::move(outcomes[i]);
        if (!outcome.error.empty()) {
          progress.clear();
          fmt::print(stderr, "candor: {}\n", safe_text(outcome.error));
        }
        progress.hide_for([&] { use(outcome); });
        progress.step();
      });
}

DiffColour diff_colour() {
  return ::isatty(STDOUT_FILENO) == 1 ? DiffColour::Terminal : DiffColour::None;
}

std::string url_path(const PageOptions& options, const PageFile& page) {
  const bool alone = !options.path.empty() || std::filesystem::is_regular_file(options.target);
  return alone ? options.path : pages::path_of_file(page.relative);
}

void print_findings(std::FILE* to, const PageResult& result) {
  const std::string file = safe_text(result.file);
  const json& findings = result.audit->at("findings");
  for (std::size_t at = 0; at < findings.size();) {
    const json& finding = findings[at];
    // What several jurisdictions say of the same place is one line.
    std::string where = finding.value("jurisdiction", "");
    const auto same = [&](const json& other) {
      return other.value("rule", "") == finding.value("rule", "") &&
             other.value("begin", 0) == finding.value("begin", 0) &&
             other.value("severity", "") == finding.value("severity", "") &&
             other.value("message", "") == finding.value("message", "");
    };
    for (++at; at < findings.size() && same(findings[at]); ++at)
      where += "," + findings[at].value("jurisdiction", "");
    fmt::print(to, "{}:{}:{}: {} {} [{}] {}\n", file, finding.value("line", 1),
               finding.value("column", 1), finding.value("severity", ""), finding.value("rule", ""),
               where, safe_text(finding.value("message", "")));
    if (finding.value("severity", "") == "error")
      fmt::print(to, "    fix: {}\n", safe_text(finding.value("fix", "")));
  }
  for (const json& reason : result.audit->at("not_evaluated"))
    fmt::print(to, "{}: not evaluated: {}\n", file, safe_text(reason.get<std::string>()));
  for (const std::string& note : result.notes)
    fmt::print(to, "{}: note: {}\n", file, safe_text(note));
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
