// candor inject.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/commands/page_options.h"
#include "app/output.h"
#include "app/page_formats.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct InjectOptions : PageOptions {
  std::string out;
  bool in_place = false;
  bool dry_run = false;

  Storing storing() const { return dry_run ? Storing::No : Storing::Yes; }
};

bool needs_attention(const PageResult& result) {
  return result.verdict == "fail" || result.verdict == "indeterminate" ||
         result.outcome == "passed-through";
}

void tell_passed_through(const PageResult& result) {
  if (!result.why_passed_through.empty())
    fmt::print(stderr, "{}: passed through unchanged: {}\n", safe_text(result.file),
               safe_text(result.why_passed_through));
}

int inject_stream(const Cli& cli, const InjectOptions& options) {
  const std::string bytes =
      options.target == "-" ? read_stream(std::cin) : read_page(options.target);
  PageResult result = worker_for(cli, options, options.storing())->inject({bytes, options.path});
  result.file = options.target;
  if (std::fwrite(result.page.data(), 1, result.page.size(), stdout) != result.page.size())
    throw std::runtime_error("the page could not be written");
  tell_passed_through(result);
  print_findings(stderr, result);
  return needs_attention(result) ? kNeedsAttention : kDone;
}

/// One page of a run, written where it belongs.
PageResult inject_file(PageWorker& worker, const InjectOptions& options, const PageFile& page) {
  const std::string bytes = read_page(page.file);
  PageResult result = worker.inject({bytes, url_path(options, page)});
  result.file = page.file.string();
  if (page.leads_out && options.out.empty() && result.page != bytes) {
    result.page = bytes;
    result.outcome = "passed-through";
    result.why_passed_through = "it is a link to a file outside of the folder";
  }
  const fs::path target = options.out.empty() ? page.file : fs::path(options.out) / page.relative;
  if (!options.dry_run && (result.page != bytes || !options.out.empty()))
    replace_file(target, result.page);
  result.page.clear();
  return result;
}

void print_results(const std::string& format, const InjectOptions& options,
                   const std::vector<PageResult>& results) {
  if (format == "json") {
    json pages = json::array();
    for (const PageResult& result : results) pages.push_back(page_json(result));
    fmt::print("{}\n", json({{"schema", "candor.inject.list/1"}, {"data", std::move(pages)}})
                           .dump(-1, ' ', false, json::error_handler_t::replace));
    return;
  }
  if (format == "csv") return print_findings_csv(results);
  for (const PageResult& result : results) {
    if (result.outcome == "changed")
      fmt::print("{} {}\n", options.dry_run ? "would change" : "changed", safe_text(result.file));
    tell_passed_through(result);
    if (needs_attention(result)) print_findings(stderr, result);
  }
}

int inject_files(const Cli& cli, const InjectOptions& options) {
  const auto worker = worker_for(cli, options, options.storing());
  std::vector<PageResult> results;
  VerdictCounts counts;
  std::size_t changed = 0;
  std::size_t attention = 0;
  std::size_t failed = 0;
  for (const PageFile& page : find_pages(options.target, options.out)) try {
      PageResult result = inject_file(*worker, options, page);
      if (result.outcome == "changed") ++changed;
      if (needs_attention(result)) ++attention;
      counts.add(result);
      results.push_back(std::move(result));
    } catch (const std::exception& error) {
      // One page that cannot be read or written must not leave the rest of the site half done.
      fmt::print(stderr, "candor: {}\n", safe_text(error.what()));
      ++failed;
    }
  print_results(cli.chosen_format(), options, results);
  fmt::print(stderr, "{} pages: {} {}, {} unchanged, {} need a look, {} failed.\n",
             results.size() + failed, changed, options.dry_run ? "would change" : "changed",
             results.size() - changed, attention, failed);
  if (failed > 0) return kFailed;
  return attention > 0 ? kNeedsAttention : kDone;
}

int inject(const Cli& cli, const InjectOptions& options) {
  const bool one_page = options.target == "-" || fs::is_regular_file(options.target);
  if (one_page && !options.in_place && options.out.empty() && !options.dry_run)
    return inject_stream(cli, options);
  return inject_files(cli, options);
}

constexpr const char* kInjectFooter =
    R"(A single page goes to stdout; a folder is changed in place. With a configuration, paid links also go
through /go/ and the articles are recorded.
Examples:
  candor inject public/
  candor inject page.html --in-place
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
  command->footer(kInjectFooter);
  command->fallthrough();
  command->callback(
      [&cli, options] { cli.run = [&cli, options] { return inject(cli, *options); }; });
}

}  // namespace candor::app
