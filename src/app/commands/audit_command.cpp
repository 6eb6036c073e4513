// candor audit and candor rules.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/commands/page_options.h"
#include "app/config.h"
#include "app/output.h"
#include "app/page_formats.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct AuditOptions : PageOptions {
  std::string format;
  std::vector<std::string> fail_on{"error"};
  bool list_rules = false;
  std::string surface = "page";
  bool opt_in = false;

  bool fails_on(std::string_view what) const {
    return std::ranges::find(fail_on, what) != fail_on.end();
  }
};

std::string text_of(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

bool has_finding(const PageResult& result, std::string_view severity) {
  return std::ranges::any_of(result.audit->at("findings"), [&](const json& finding) {
    return finding.value("severity", "") == severity;
  });
}

/// Whether a page is to be told by the exit code.
bool is_over(const AuditOptions& options, const PageResult& result) {
  if (options.fails_on("never")) return false;
  return has_finding(result, "error") ||
         (options.fails_on("warn") && has_finding(result, "warn")) ||
         (options.fails_on("indeterminate") && !result.audit->at("not_evaluated").empty());
}

std::string verdicts_of(const PageResult& result) {
  std::string out;
  const json& verdicts = result.audit->at("verdicts");
  for (const auto& [jurisdiction, verdict] : verdicts.items())
    out +=
        fmt::format("{}{} {}", out.empty() ? "" : ", ", jurisdiction, verdict.get<std::string>());
  return out;
}

void print_page(std::string_view format, const PageResult& result) {
  if (format == "github") fmt::print("{}", github_commands(result, fs::current_path()));
  if (format != "table") return;
  print_findings(stdout, result);
  if (result.verdict != "not-applicable")
    fmt::print("{}: {}\n", safe_text(result.file), verdicts_of(result));
}

void print_whole(std::string_view format, const std::vector<PageResult>& results, bool one_page) {
  if (format == "csv") print_findings_csv(results);
  if (format == "sarif") fmt::print("{}\n", text_of(sarif_log(results, fs::current_path())));
  if (format != "json") return;
  if (one_page) {
    fmt::print("{}\n", text_of(page_json(results.at(0))));
    return;
  }
  json pages = json::array();
  for (const PageResult& result : results) pages.push_back(page_json(result));
  fmt::print("{}\n", text_of(pages));
}

void print_summary(const VerdictCounts& counts, std::size_t pages, std::size_t over) {
  const char* advice = "Automated checks passed; this is not legal advice.";
  if (counts.of("fail") > 0) {
    advice = "To fix what can be: candor inject";
  } else if (counts.of("indeterminate") > 0) {
    advice = "What was not evaluated is no pass.";
  } else if (over > 0 || counts.of("warn") > 0) {
    advice = "Automated checks found no error; this is not legal advice.";
  }
  fmt::print(stderr, "{} {}: {}. {}\n", pages, pages == 1 ? "page" : "pages", counts.text(),
             advice);
}

int list_rules(const Cli& cli, const std::string& own_format) {
  const json rules = rules_json();
  const std::string format = own_format.empty() || cli.json ? cli.chosen_format() : own_format;
  if (format == "json" || format == "csv") {
    print_list(format, text_of({{"schema", "candor.rules/1"}, {"data", rules}}),
               {"rule", "severity", "check", "why", "fix"});
    return kDone;
  }
  for (const json& rule : rules) {
    fmt::print("{} {}\n", rule.value("rule", ""), rule.value("severity", ""));
    fmt::print("    check: {}\n    why: {}\n    fix: {}\n", rule.value("check", ""),
               rule.value("why", ""), rule.value("fix", ""));
    std::string where;
    for (const auto& [jurisdiction, severity] : rule.at("severities").items())
      where += fmt::format("{}{} {}", where.empty() ? "" : ", ",
                           jurisdiction == "*" ? "elsewhere" : jurisdiction,
                           severity.get<std::string>());
    fmt::print("    holds: {}\n", where);
  }
  return kDone;
}

std::vector<PageResult> audit_pages(const AuditOptions& options, PageWorker& worker,
                                    std::string_view format) {
  std::vector<PageResult> results;
  const auto add = [&](const std::string& bytes, const std::string& path, const std::string& name) {
    results.push_back(worker.audit({bytes, path}));
    results.back().file = name;
    print_page(format, results.back());
  };
  if (options.target == "-") {
    add(read_stream(std::cin), options.path, "-");
  } else {
    for (const PageFile& page : find_pages(options.target))
      add(read_page(page.file), url_path(options, page), page.file.string());
  }
  return results;
}

/// An email is no page of the site's: it is read with the site's rules, and nothing of it is
/// stored.
std::unique_ptr<PageWorker> email_worker(const Cli& cli, const AuditOptions& options) {
  disclosure::Policy policy;
  if (const auto file = find_config(cli.config); !file.empty()) {
    const pages::SiteSettings site = load_config(file).site;
    policy.site_name = site.name;
    policy.jurisdictions = site.jurisdictions;
    policy.site_hosts = site.hosts;
    policy.go_prefix = site.go_url;
    policy.programmes = site.programmes;
  }
  if (!options.jurisdictions.empty()) policy.jurisdictions = options.jurisdictions;
  policy.surface = disclosure::Surface::Email;
  policy.email_opt_in = options.opt_in;
  return make_stateless_worker(std::move(policy));
}

int audit(const Cli& cli, const AuditOptions& options) {
  if (options.list_rules) return list_rules(cli, options.format);
  if (options.target.empty())
    throw std::runtime_error("nothing to audit; give a page, a folder of pages, or - for stdin");
  const std::string format =
      options.format.empty() || cli.json ? cli.chosen_format() : options.format;
  const auto worker = options.surface == "email" ? email_worker(cli, options)
                                                 : worker_for(cli, options, Storing::Yes);
  const std::vector<PageResult> results = audit_pages(options, *worker, format);
  print_whole(format, results, options.target == "-" || fs::is_regular_file(options.target));
  VerdictCounts counts;
  for (const PageResult& result : results) counts.add(result);
  const auto over = static_cast<std::size_t>(std::ranges::count_if(
      results, [&](const PageResult& result) { return is_over(options, result); }));
  print_summary(counts, results.size(), over);
  return over > 0 ? kNeedsAttention : kDone;
}

constexpr const char* kAuditFooter = R"(Exit code 3 when a page is at or over what --fail-on names:
  error          a finding of severity error in one of the jurisdictions
  warn           also warnings
  indeterminate  errors, and pages on which something could not be evaluated (never shown as a pass)
  never          exit code 0 whatever is found
They may be combined: --fail-on warn,indeterminate.
Examples:
  candor audit public/
  candor audit page.html --jurisdiction US,UK --format json
  candor audit public/ --format github --fail-on warn
  candor audit public/ --format sarif > candor.sarif
  candor audit newsletter.html --surface email --opt-in
  curl -s https://example.com/kettles/ | candor audit -)";

}  // namespace

void add_audit_command(CLI::App& app, Cli& cli) {
  auto options = std::make_shared<AuditOptions>();
  CLI::App* command = app.add_subcommand("audit", "Check pages against the disclosure rules");
  options->add_to(*command, "A page, a folder of pages, or - for stdin");
  command->add_option("--format", options->format, "table, json, csv, github or sarif")
      ->check(CLI::IsMember({"table", "json", "csv", "github", "sarif"}));
  command->add_option("--fail-on", options->fail_on, "error, warn, indeterminate or never")
      ->type_name("WHAT")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"error", "warn", "indeterminate", "never"}));
  command
      ->add_option("--surface", options->surface,
                   "page, or email: an email's HTML, which has rules of its own (CD603)")
      ->check(CLI::IsMember({"page", "email"}));
  command->add_flag("--opt-in", options->opt_in,
                    "The email's readers asked for it; Amazon's links are allowed to them only");
  command->add_flag("--list-rules", options->list_rules, "Print the rules with their sources");
  command->footer(kAuditFooter);
  command->fallthrough();
  command->callback(
      [&cli, options] { cli.run = [&cli, options] { return audit(cli, *options); }; });
}

void add_rules_command(CLI::App& app, Cli& cli) {
  CLI::App* command =
      app.add_subcommand("rules", "The disclosure rules, with their sources and where they hold");
  command->footer("Examples:\n  candor rules\n  candor rules --json");
  command->fallthrough();
  command->callback([&cli] { cli.run = [&cli] { return list_rules(cli, {}); }; });
}

}  // namespace candor::app
