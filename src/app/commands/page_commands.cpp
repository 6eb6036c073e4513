// candor inject and candor audit.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli.h"
#include "app/output.h"
#include "app/page_run.h"
#include "css/selector.h"
#include "pages/page_processor.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct PageOptions {
  std::string target, out, site_name, language, content_selector, path;
  std::vector<std::string> jurisdictions;
  bool in_place = false;
  bool dry_run = false;

  void add_to(CLI::App* command) {
    command->add_option("PAGE", target, "A page, a folder of pages, or - for stdin")->required();
    command->add_option("--jurisdiction", jurisdictions,
                        "Whose rules apply without a site: US, UK, DE, ... (default US)");
    command->add_option("--language", language,
                        "Language of the disclosure without a site; default the page's");
    command
        ->add_option("--content-selector", content_selector,
                     "CSS selector of what holds the article, without a site; default a guess")
        ->check([](const std::string& text) {
          const auto selectors = css::parse_selectors(text);
          return selectors ? std::string() : "no CSS selector: " + selectors.error().message;
        })
        ->type_name("SELECTOR");
    command->add_option("--site-name", site_name,
                        "Name of the site in the text without a configuration");
    command->add_option("--path", path, "URL path of a page from stdin or a single file")
        ->type_name("/PATH");
  }
};

std::unique_ptr<PageWorker> worker_for(const Cli& cli, const PageOptions& options) {
  if (const auto file = find_config(cli.config); !file.empty())
    return make_site_worker(load_config(file), options.dry_run ? Storing::No : Storing::Yes);
  disclosure::Policy policy;
  if (!options.site_name.empty()) policy.site_name = options.site_name;
  if (!options.jurisdictions.empty()) policy.jurisdictions = options.jurisdictions;
  policy.language = options.language;
  policy.content_selector = options.content_selector;
  return make_stateless_worker(std::move(policy));
}

std::string read_stream(std::istream& in) { return {std::istreambuf_iterator<char>(in), {}}; }

std::string read_page(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error(file.string() + ": cannot be read");
  return read_stream(in);
}

/// A single file's name says nothing of where it stands on the site; empty leaves it to its
/// canonical link.
std::string url_path(const PageOptions& options, const PageFile& page) {
  const bool alone = !options.path.empty() || fs::is_regular_file(options.target);
  return alone ? options.path : pages::path_of_file(page.relative);
}

/// "file:line  ERROR CD101  message" for each finding, on the given stream.
void print_findings(std::FILE* to, const PageResult& result) {
  for (const json& finding : result.audit->at("findings")) {
    fmt::print(to, "{}:{}: {} {} {}\n", result.file, finding.value("line", 1),
               finding.value("severity", ""), finding.value("rule", ""),
               safe_text(finding.value("message", "")));
    if (finding.value("severity", "") == "error")
      fmt::print(to, "    fix: {}\n", safe_text(finding.value("fix", "")));
  }
  for (const json& reason : result.audit->at("not_evaluated"))
    fmt::print(to, "{}: not evaluated: {}\n", result.file, safe_text(reason.get<std::string>()));
}

bool needs_attention(const PageResult& result) {
  return result.verdict == "fail" || result.verdict == "indeterminate" ||
         result.outcome == "passed-through";
}

void print_json(const std::string& schema, const std::vector<PageResult>& results) {
  json pages = json::array();
  for (const PageResult& result : results) {
    json entry = *result.audit;
    entry["file"] = result.file;
    if (!result.outcome.empty()) entry["outcome"] = result.outcome;
    if (!result.why_passed_through.empty()) entry["why_passed_through"] = result.why_passed_through;
    pages.push_back(std::move(entry));
  }
  fmt::print("{}\n", json({{"schema", schema}, {"data", std::move(pages)}})
                         .dump(-1, ' ', false, json::error_handler_t::replace));
}

void print_csv(const std::vector<PageResult>& results) {
  json rows = json::array();
  for (const PageResult& result : results)
    for (json finding : result.audit->at("findings")) {
      finding["file"] = result.file;
      rows.push_back(std::move(finding));
    }
  print_list("csv", json({{"data", rows}}).dump(-1, ' ', false, json::error_handler_t::replace),
             {"file", "line", "severity", "rule", "jurisdiction", "message", "fix"});
}

int inject_stream(const Cli& cli, const PageOptions& options) {
  const std::string bytes =
      options.target == "-" ? read_stream(std::cin) : read_page(options.target);
  PageResult result = worker_for(cli, options)->inject(bytes, options.path);
  result.file = options.target;
  if (std::fwrite(result.page.data(), 1, result.page.size(), stdout) != result.page.size())
    throw std::runtime_error("the page could not be written");
  if (!result.why_passed_through.empty())
    fmt::print(stderr, "{}: passed through unchanged: {}\n", result.file,
               result.why_passed_through);
  print_findings(stderr, result);
  return needs_attention(result) ? kNeedsAttention : kDone;
}

int inject_files(const Cli& cli, const PageOptions& options) {
  const auto worker = worker_for(cli, options);
  std::vector<PageResult> results;
  std::size_t changed = 0;
  std::size_t attention = 0;
  std::size_t failed = 0;
  for (const PageFile& page : find_pages(options.target, options.out)) try {
      const std::string bytes = read_page(page.file);
      PageResult result = worker->inject(bytes, url_path(options, page));
      result.file = page.file.string();
      if (page.leads_out && options.out.empty() && result.page != bytes) {
        result.page = bytes;
        result.outcome = "passed-through";
        result.why_passed_through = "it is a link to a file outside of the folder";
      }
      const fs::path target =
          options.out.empty() ? page.file : fs::path(options.out) / page.relative;
      if (result.page != bytes) ++changed;
      if (!options.dry_run && (result.page != bytes || !options.out.empty()))
        replace_file(target, result.page);
      if (needs_attention(result)) ++attention;
      result.page.clear();
      results.push_back(std::move(result));
    } catch (const std::exception& error) {
      // One page that cannot be read or written must not leave the rest of the site half done.
      fmt::print(stderr, "candor: {}\n", safe_text(error.what()));
      ++failed;
    }
  if (cli.chosen_format() == "json") {
    print_json("candor.inject.list/1", results);
  } else if (cli.chosen_format() == "csv") {
    print_csv(results);
  } else {
    for (const PageResult& result : results) {
      if (result.outcome == "changed")
        fmt::print("{} {}\n", options.dry_run ? "would change" : "changed", safe_text(result.file));
      if (!result.why_passed_through.empty())
        fmt::print(stderr, "{}: passed through unchanged: {}\n", result.file,
                   result.why_passed_through);
      if (needs_attention(result)) print_findings(stderr, result);
    }
  }
  fmt::print(stderr, "{} pages: {} {}, {} unchanged, {} need a look, {} failed.\n",
             results.size() + failed, changed, options.dry_run ? "would change" : "changed",
             results.size() - changed, attention, failed);
  if (failed > 0) return kFailed;
  return attention > 0 ? kNeedsAttention : kDone;
}

int inject(const Cli& cli, const PageOptions& options) {
  const bool one_page = options.target == "-" || fs::is_regular_file(options.target);
  if (one_page && !options.in_place && options.out.empty() && !options.dry_run)
    return inject_stream(cli, options);
  return inject_files(cli, options);
}

int audit(const Cli& cli, const PageOptions& options) {
  const auto worker = worker_for(cli, options);
  std::vector<PageResult> results;
  if (options.target == "-") {
    results.push_back(worker->audit(read_stream(std::cin), options.path));
    results.back().file = "-";
  } else {
    for (const PageFile& page : find_pages(options.target)) {
      results.push_back(worker->audit(read_page(page.file), url_path(options, page)));
      results.back().file = page.file.string();
    }
  }
  std::size_t failing = 0;
  std::size_t paid = 0;
  for (const PageResult& result : results) {
    if (needs_attention(result)) ++failing;
    if (result.verdict != "not-applicable") ++paid;
    if (cli.chosen_format() == "table") print_findings(stdout, result);
  }
  if (cli.chosen_format() == "json") print_json("candor.audit.list/1", results);
  if (cli.chosen_format() == "csv") print_csv(results);
  fmt::print(
      stderr, "{} pages, {} with paid links, {} failing. {}\n", results.size(), paid, failing,
      failing > 0 ? "Fix: candor inject" : "Automated checks passed; this is not legal advice.");
  return failing > 0 ? kNeedsAttention : kDone;
}

}  // namespace

void add_page_commands(CLI::App& app, Cli& cli) {
  auto options = std::make_shared<PageOptions>();
  CLI::App* inject_command =
      app.add_subcommand("inject", "Put the disclosure, labels and rel values into pages");
  options->add_to(inject_command);
  inject_command->add_flag("--in-place", options->in_place,
                           "Write a single page back to its file (folders always are)");
  inject_command->add_option("--out", options->out, "Write to this folder instead")
      ->type_name("DIR");
  inject_command->add_flag("--dry-run", options->dry_run, "Write nothing; say what would change");
  inject_command->footer(
      "A single page goes to stdout; a folder is changed in place. With a configuration, paid "
      "links also go\n"
      "through /go/ and the articles are recorded.\nExamples:\n  candor inject public/\n"
      "  candor inject page.html > disclosed.html\n  candor inject - --jurisdiction UK < "
      "page.html");
  inject_command->fallthrough();
  inject_command->callback(
      [&cli, options] { cli.run = [&cli, options] { return inject(cli, *options); }; });

  auto audit_options = std::make_shared<PageOptions>();
  CLI::App* audit_command = app.add_subcommand("audit", "Check pages against the disclosure rules");
  audit_options->add_to(audit_command);
  audit_command->footer(
      "Exit code 3 when a page fails.\nExamples:\n  candor audit public/\n  candor audit public/ "
      "--json > audit.json");
  audit_command->fallthrough();
  audit_command->callback([&cli, audit_options] {
    cli.run = [&cli, audit_options] { return audit(cli, *audit_options); };
  });
}

}  // namespace candor::app
