// candor inject.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/commands/page_options.h"
#include "app/output.h"
#include "app/page_formats.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct InjectOptions : PageOptions {
  FailOn fail_on;
  std::string out;
  bool in_place = false;
  bool dry_run = false;

  Storing storing() const { return dry_run ? Storing::No : Storing::Yes; }
};

/// Whether the exit code tells of a page: one that goes out without what it needs does. One of
/// which something could not be evaluated may need nothing more, and would stop every build behind
/// it.
bool needs_attention(const InjectOptions& options, const PageResult& result) {
  if (options.fail_on.is_never()) return false;
  return result.outcome == "passed-through" || options.fail_on.applies_to(result);
}

/// Whether a page's findings are told unasked.
bool is_told(const InjectOptions& options, const PageResult& result) {
  return needs_attention(options, result) || result.outcome == "passed-through" ||
         result.verdict == "fail" || result.verdict == "indeterminate" || !result.notes.empty();
}

void tell_passed_through(const PageResult& result) {
  if (!result.why_passed_through.empty())
    fmt::print(stderr, "{}: passed through unchanged: {}\n", safe_text(result.file),
               safe_text(result.why_passed_through));
}

int inject_stream(const Cli& cli, const InjectOptions& options) {
  const bool from_stdin = options.target == "-";
  const std::string bytes = from_stdin ? read_stream(std::cin) : read_page(options.target);
  const auto site = find_site(cli);
  PageSource source{bytes, options.path};
  const pages::SiteFolder folder = site_folder(options, site);
  if (!from_stdin)
    source.site_file = [&](std::string_view address) {
      return folder.read(address, options.path.empty() ? "/" : options.path, bytes);
    };
  PageResult result = worker_for(site, options, options.storing())->inject(source);
  result.file = options.target;
  const std::string shown =
      options.diff
          ? unified_diff(bytes, result.page, from_stdin ? "stdin" : options.target, diff_colour())
          : result.page;
  if (std::fwrite(shown.data(), 1, shown.size(), stdout) != shown.size())
    throw std::runtime_error("the page could not be written");
  tell_passed_through(result);
  print_findings(stderr, result);
  return needs_attention(options, result) ? kNeedsAttention : kDone;
}

void print_outcome(const InjectOptions& options, const PageOutcome& outcome) {
  const PageResult& result = *outcome.result;
  if (result.outcome == "changed" && !options.diff)
    fmt::print("{} {}\n", options.dry_run ? "would change" : "changed", safe_text(result.file));
  fmt::print("{}", outcome.diff);
  tell_passed_through(result);
  if (is_told(options, result)) print_findings(stderr, result);
}

void print_all(const std::string& format, const std::vector<PageResult>& results) {
  if (format == "csv") return print_findings_csv(results);
  json pages = json::array();
  for (const PageResult& result : results) pages.push_back(page_json(result));
  fmt::print("{}\n", json({{"schema", "candor.inject.list/1"}, {"data", std::move(pages)}})
                         .dump(-1, ' ', false, json::error_handler_t::replace));
}

int inject_files(const Cli& cli, const InjectOptions& options) {
  const auto site = find_site(cli);
  const auto worker = worker_for(site, options, options.storing());
  const PageTask task{.kind = PageTask::Kind::Inject,
                      .write = !options.dry_run,
                      .out = options.out,
                      .diff = options.diff,
                      .colour = diff_colour()};
  const bool at_once = cli.chosen_format() == "table";
  std::vector<PageResult> results;
  VerdictCounts counts;
  std::size_t pages = 0;
  std::size_t changed = 0;
  std::size_t attention = 0;
  std::size_t failed = 0;
  each_page(options, task, *worker, site_folder(options, site), [&](PageOutcome& outcome) {
    ++pages;
    // One page that cannot be read or written must not leave the rest of the site half done.
    if (!outcome.result) {
      ++failed;
      return;
    }
    if (outcome.result->outcome == "changed") ++changed;
    if (needs_attention(options, *outcome.result)) ++attention;
    counts.add(*outcome.result);
    if (at_once)
      print_outcome(options, outcome);
    else
      results.push_back(std::move(*outcome.result));
  });
  if (!at_once) print_all(cli.chosen_format(), results);
  fmt::print(stderr, "{}: {} {}, {} unchanged, {} a look, {} failed. {}.\n",
             counted(pages, "page", "pages"), changed, options.dry_run ? "would change" : "changed",
             pages - changed - failed, counted(attention, "needs", "need"), failed, counts.text());
  if (failed > 0) return kFailed;
  return attention > 0 ? kNeedsAttention : kDone;
}

int inject(const Cli& cli, const InjectOptions& options) {
  const bool one_page = options.target == "-" || fs::is_regular_file(options.target);
  if (options.target == "-" && (options.in_place || !options.out.empty()))
    throw std::runtime_error("a page from stdin goes to stdout; --in-place and --out need a file");
  if (one_page && !options.in_place && options.out.empty() &&
      (!options.dry_run || options.target == "-"))
    return inject_stream(cli, options);
  return inject_files(cli, options);
}

constexpr const char* kInjectFooter =
    R"(A single page goes to stdout; a folder is changed in place. With a configuration, paid links also go
through /go/ and the articles are recorded.
Exit code 3 when a page had to stay as it is, or as it goes out is at or over what --fail-on names:
  error          a finding of severity error in one of the jurisdictions
  warn           also warnings
  indeterminate  errors, and pages on which something could not be evaluated (told on stderr)
  never          exit code 0 whatever is found
Examples:
  candor inject public/
  candor inject public/ --fail-on warn,indeterminate
  candor inject public/ --dry-run --diff
  candor inject page.html --in-place --replace-legacy
  candor inject page.html > disclosed.html
  candor inject - --jurisdiction UK < page.html)";

}  // namespace

void add_inject_command(CLI::App& app, Cli& cli) {
  auto options = std::make_shared<InjectOptions>();
  CLI::App* command =
      app.add_subcommand("inject", "Put the disclosure, labels and rel values into pages");
  options->add_to(*command, "A page, a folder of pages, or - for stdin");
  command->get_option("PAGE")->required();
  command->add_flag("--in-place", options->in_place,
                    "Write a single page back to its file (folders always are)");
  command->add_option("--out", options->out, "Write to this folder instead")->type_name("DIR");
  command->add_flag("--dry-run", options->dry_run, "Write nothing; say what would change");
  options->fail_on.add_to(*command);
  command->footer(kInjectFooter);
  command->fallthrough();
  command->callback(
      [&cli, options] { cli.run = [&cli, options] { return inject(cli, *options); }; });
}

}  // namespace candor::app
