#pragma once
// What candor inject and candor audit have in common on the command line.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli.h"
#include "app/config.h"
#include "app/page_batch.h"
#include "app/page_run.h"

namespace candor::app {

struct PageOptions {
  std::string target, site_name, language, content_selector, path;
  std::vector<std::string> jurisdictions;
  std::size_t threads = 0;
  bool replace_legacy = false;
  bool diff = false;

  bool is_folder() const;
  void add_to(CLI::App& command, const std::string& target_help);
  /// Throws when an option names what the site's configuration does.
  void refuse_what_a_site_says(const Config& site) const;
};

/// --jurisdiction: codes that Candor knows, as parse_jurisdiction() writes them.
void add_jurisdictions(CLI::App& command, std::vector<std::string>& jurisdictions);

/// As summaries count: "1 page", "0 pages".
std::string counted(std::size_t count, std::string_view one, std::string_view several);

/// --fail-on: which findings of a page the exit code tells.
struct FailOn {
  std::vector<std::string> levels{"error"};

  void add_to(CLI::App& command);
  /// Whether the page is at or over a level.
  bool applies_to(const PageResult& result) const;
  bool is_never() const { return has("never"); }

 private:
  bool has(std::string_view level) const;
};

/// The configuration's, or the one the options lead to; nothing when there is none.
std::optional<Config> find_site(const Cli& cli);

/// With the configuration's site when there is one, else without; options win over both.
std::unique_ptr<PageWorker> worker_for(const std::optional<Config>& site,
                                       const PageOptions& options, Storing storing);

/// Where style sheets of the target's pages are looked for: the folder, or the page's.
pages::SiteFolder site_folder(const PageOptions& options, const std::optional<Config>& site);

/// Works on the target's pages on several threads; `use` gets each outcome in order, with what went
/// wrong told on stderr before. A bar shows on a terminal.
void each_page(const PageOptions& options, const PageTask& task, PageWorker& worker,
               const pages::SiteFolder& folder, const std::function<void(PageOutcome&)>& use);

DiffColour diff_colour();

/// A single file's name says nothing of where it stands on the site; empty leaves it to its
/// canonical link.
std::string url_path(const PageOptions& options, const PageFile& page);

/// "file:line:column: error CD101 [US] message" for each finding, errors with their fix, and what
/// was not evaluated.
void print_findings(std::FILE* to, const PageResult& result);

/// CSV of all findings to stdout.
void print_findings_csv(const std::vector<PageResult>& results);

/// "12 pass, 3 fail": the pages by verdict, those there are.
class VerdictCounts {
 public:
  void add(const PageResult& result);
  std::string text() const;
  std::size_t of(std::string_view verdict) const;

 private:
  std::vector<std::pair<std::string, std::size_t>> counts_;
};

}  // namespace candor::app
