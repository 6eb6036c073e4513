// candor audit and candor rules.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/commands/page_options.h"
#include "app/config.h"
#include "app/output.h"
#include "app/page_formats.h"
#include "app/progress.h"
#include "base/guarded.h"
#include "candor_version.h"
#include "crawl/crawler.h"
#include "crawl/page_links.h"
#include "link/url.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct AuditOptions : PageOptions {
  std::string format;
  FailOn fail_on;
  bool list_rules = false;
  std::string surface = "page";
  bool opt_in = false;
  bool fix = false;
  std::size_t max_pages = 5000;
  std::size_t concurrency = 4;
  double rate = 20;

  bool is_url() const { return target.starts_with("http://") || target.starts_with("https://"); }
};

std::string text_of(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string verdicts_of(const PageResult& result) {
  std::string out;
  const json& verdicts = result.audit->at("verdicts");
  for (const auto& [jurisdiction, verdict] : verdicts.items())
    out +=
        fmt::format("{}{} {}", out.empty() ? "" : ", ", jurisdiction, verdict.get<std::string>());
  return out;
}

void print_diff(std::string_view format, const std::string& diff) {
  // Reports for programs stay whole on stdout; a workflow's log is read from both.
  fmt::print(format == "table" ? stdout : stderr, "{}",
             format == "github" ? github_quoted(diff) : diff);
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
    advice = "To fix what can be: --fix, or candor inject";
  } else if (counts.of("indeterminate") > 0) {
    advice = "What was not evaluated is no pass.";
  } else if (over > 0 || counts.of("warn") > 0) {
    advice = "Automated checks found no error; this is not legal advice.";
  } else if (counts.of("pass") == 0) {
    advice = pages == 0 ? "Nothing was checked." : "No paid link was found.";
  }
  fmt::print(stderr, "{}{}{}. {}\n", counted(pages, "page", "pages"), pages == 0 ? "" : ": ",
             counts.text(), advice);
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

/// What an audit has come to: its results, and the pages that could not be read.
struct Audited {
  std::vector<PageResult> results;
  std::size_t failed = 0;
};

Audited audit_stream(const AuditOptions& options, PageWorker& worker, std::string_view format) {
  Audited audited;
  const std::string bytes = read_stream(std::cin);
  audited.results.push_back(worker.audit({bytes, options.path}));
  audited.results.back().file = "-";
  print_page(format, audited.results.back());
  if (!options.diff) return audited;
  const std::string diff =
      unified_diff(bytes, worker.inject({bytes, options.path}).page, "stdin", diff_colour());
  print_diff(format, diff);
  return audited;
}

Audited audit_files(const AuditOptions& options, const std::optional<Config>& site,
                    PageWorker& worker, std::string_view format) {
  Audited audited;
  PageTask task{.write = options.fix, .diff = options.diff || options.fix, .colour = diff_colour()};
  if (options.fix)
    task.kind = PageTask::Kind::Inject;
  else if (options.diff)
    task.kind = PageTask::Kind::AuditAndPreview;
  each_page(options, task, worker, site_folder(options, site), [&](PageOutcome& outcome) {
    if (!outcome.result) {
      ++audited.failed;
      return;
    }
    print_diff(format, outcome.diff);
    print_page(format, *outcome.result);
    audited.results.push_back(std::move(*outcome.result));
  });
  return audited;
}

crawl::CrawlOptions crawl_options(const AuditOptions& options, const std::optional<Config>& site) {
  crawl::CrawlOptions wanted{.start = options.target,
                             .user_agent = fmt::format("Candor/{} (disclosure audit)", kVersion)};
  if (site) wanted.go_path = site->go_prefix;
  wanted.max_pages = options.max_pages;
  wanted.concurrency = options.concurrency;
  wanted.interval = std::chrono::milliseconds(static_cast<int>(1000 / options.rate));
  return wanted;
}

/// The configuration holds for its own site only.
bool is_site_of(const std::optional<Config>& site, const std::string& url) {
  const auto parsed = parse_url(url);
  return site && parsed &&
         std::ranges::find(site->site.hosts, parsed->host) != site->site.hosts.end();
}

Audited audit_site(const AuditOptions& options, const std::optional<Config>& site,
                   std::string_view format) {
  const bool is_own = is_site_of(site, options.target);
  const auto worker =
      worker_for(is_own ? site : std::nullopt, options, options.diff ? Storing::No : Storing::Yes);
  crawl::Crawler crawler(crawl_options(options, is_own ? site : std::nullopt));
  Guarded<std::map<std::size_t, PageOutcome>> outcomes;
  Progress progress(0);
  Audited audited;
  const auto read = [&](std::size_t index, const crawl::CrawledPage& page) {
    PageOutcome outcome;
    outcome.error = page.problem.empty() ? "" : page.url + ": " + page.problem;
    if (page.problem.empty() && page.is_html) try {
        const auto url = parse_url(page.url);
        outcome.result =
            worker->audit({page.bytes, url ? url->path : "", [&](std::string_view address) {
                             return crawler.site_file(crawl::absolute(address, page.url));
                           }});
        outcome.result->file = page.url;
      } catch (const std::exception& error) {
        outcome.error = page.url + ": " + error.what();
      }
    outcomes.with([&](auto& all) { all.emplace(index, std::move(outcome)); });
  };
  const crawl::CrawlEnd end = crawler.run(read, [&](std::size_t index, std::size_t known) {
    PageOutcome outcome =
        outcomes.with([&](auto& all) { return std::move(all.extract(index).mapped()); });
    progress.clear();
    if (!outcome.error.empty()) {
      fmt::print(stderr, "candor: {}\n", safe_text(outcome.error));
      ++audited.failed;
    }
    if (outcome.result) {
      print_page(format, *outcome.result);
      audited.results.push_back(std::move(*outcome.result));
    }
    progress.set_total(known);
    progress.step();
  });
  progress.clear();
  if (end.disallowed > 0)
    fmt::print(stderr, "{} not audited: robots.txt keeps {}.\n",
               counted(end.disallowed, "address is", "addresses are"),
               end.disallowed == 1 ? "it" : "them");
  if (end.more)
    fmt::print(stderr, "Stopped at {}; there are more (--max-pages).\n",
               counted(options.max_pages, "page", "pages"));
  if (!end.has_sitemap) fmt::print(stderr, "No sitemap; the pages are those links lead to.\n");
  return audited;
}

void check_options(const AuditOptions& options) {
  if (options.target.empty())
    throw std::runtime_error(
        "nothing to audit; give a page, a folder of pages, a site's URL, or - for stdin");
  if (options.fix && (options.target == "-" || options.is_url()))
    throw std::runtime_error("--fix writes files; give a page or a folder of pages");
  if (options.diff && options.is_url()) throw std::runtime_error("--diff is for files and stdin");
}

/// An email is no page of the site's: it is read with the site's rules, and nothing of it is
/// stored.
std::unique_ptr<PageWorker> email_worker(const std::optional<Config>& configured,
                                         const AuditOptions& options) {
  disclosure::Policy policy;
  if (configured) {
    options.refuse_what_a_site_says(*configured);
    const pages::SiteSettings& site = configured->site;
    policy.site_name = site.name;
    policy.jurisdictions = site.jurisdictions;
    policy.site_hosts = site.hosts;
    policy.go_prefix = site.go_url;
    policy.programmes = site.programmes;
  }
  if (!options.jurisdictions.empty()) policy.jurisdictions = options.jurisdictions;
  if (!options.site_name.empty()) policy.site_name = options.site_name;
  policy.content_selector = options.content_selector;
  policy.surface = disclosure::Surface::Email;
  policy.email_opt_in = options.opt_in;
  return make_stateless_worker(std::move(policy));
}

int audit(const Cli& cli, const AuditOptions& options) {
  if (options.list_rules) return list_rules(cli, options.format);
  check_options(options);
  const std::string format =
      options.format.empty() || cli.json ? cli.chosen_format() : options.format;
  const auto site = find_site(cli);
  Audited audited;
  if (options.is_url()) {
    audited = audit_site(options, site, format);
  } else {
    // --diff alone shows what could be, and leaves the site as it is.
    const Storing storing = options.diff && !options.fix ? Storing::No : Storing::Yes;
    const auto worker = options.surface == "email" ? email_worker(site, options)
                                                   : worker_for(site, options, storing);
    audited = options.target == "-" ? audit_stream(options, *worker, format)
                                    : audit_files(options, site, *worker, format);
  }
  const std::vector<PageResult>& results = audited.results;
  print_whole(format, results, options.target == "-" || fs::is_regular_file(options.target));
  VerdictCounts counts;
  for (const PageResult& result : results) counts.add(result);
  const auto over = static_cast<std::size_t>(std::ranges::count_if(
      results, [&](const PageResult& result) { return options.fail_on.applies_to(result); }));
  print_summary(counts, results.size(), over);
  if (audited.failed > 0) fmt::print(stderr, "{} could not be read.\n", audited.failed);
  if (over > 0) return kNeedsAttention;
  return audited.failed > 0 ? kFailed : kDone;
}

constexpr const char* kAuditFooter = R"(Exit code 3 when a page is at or over what --fail-on names:
  error          a finding of severity error in one of the jurisdictions
  warn           also warnings
  indeterminate  errors, and pages on which something could not be evaluated (never shown as a pass)
  never          exit code 0 whatever is found
They may be combined: --fail-on warn,indeterminate.
A site's URL is read by its sitemap, or by its links when it has none: only that host, only below the
URL's folder, as its robots.txt allows.
Examples:
  candor audit public/
  candor audit page.html --fix
  candor audit https://example.com/ --max-pages 500
  candor audit page.html --jurisdiction US,UK --format json
  candor audit public/ --format github --fail-on warn
  candor audit public/ --format sarif > candor.sarif
  candor audit newsletter.html --surface email --opt-in
  curl -s https://example.com/kettles/ | candor audit -)";

}  // namespace

void add_audit_command(CLI::App& app, Cli& cli) {
  auto options = std::make_shared<AuditOptions>();
  CLI::App* command = app.add_subcommand("audit", "Check pages against the disclosure rules");
  options->add_to(*command, "A page, a folder of pages, a site's URL, or - for stdin");
  command->add_flag("--fix", options->fix,
                    "Inject what is missing into the files, and show the difference");
  command->add_option("--max-pages", options->max_pages, "Of a site's URL: at most so many (5000)")
      ->check(CLI::Range(1, 1'000'000));
  command
      ->add_option("--concurrency", options->concurrency, "Of a site's URL: requests at once (4)")
      ->check(CLI::Range(1, 64));
  command->add_option("--rate", options->rate, "Of a site's URL: requests a second (20)")
      ->check(CLI::Range(0.01, 1000.0));
  command->add_option("--format", options->format, "table, json, csv, github or sarif")
      ->check(CLI::IsMember({"table", "json", "csv", "github", "sarif"}));
  options->fail_on.add_to(*command);
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
