#include "jobs/night_steps.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>

#include "base/ascii.h"
#include "candor_version.h"
#include "jobs/reclassify.h"
#include "pages/page_processor.h"
#include "pages/site_folder.h"
#include "store/errors.h"

namespace candor::jobs {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kReclassify = "reclassify";
constexpr std::uintmax_t kMostPageBytes = std::uintmax_t{8} << 20;

/// "<rules> <click>": judged by these rules up to the click; "<rules>" alone: all of them.
struct Judged {
  std::string rules;
  ClickId up_to;
};

Judged read_mark(const store::JobStore& store) {
  const std::string mark = store.find_mark(kReclassify).value_or("");
  const std::size_t blank = mark.find(' ');
  Judged judged{.rules = mark.substr(0, blank), .up_to = {}};
  if (blank != std::string::npos)
    std::from_chars(mark.data() + blank + 1, mark.data() + mark.size(), judged.up_to.value);
  return judged;
}

std::string hash_of(std::string_view bytes) {
  std::array<unsigned char, 16> hash{};
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, hash.size());
  for (const std::string_view part : {kVersion, bytes})
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()),
                              part.size());
  crypto_generichash_final(&state, hash.data(), hash.size());
  std::string text;
  for (const unsigned char each : hash) text += fmt::format("{:02x}", each);
  return text;
}

bool is_page(const fs::path& file) {
  const std::string extension = ascii::to_lower(file.extension().string());
  return extension == ".html" || extension == ".htm" || extension == ".xhtml";
}

/// Below the folder, sorted; links to elsewhere are not followed.
std::vector<fs::path> pages_of(const fs::path& root) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(root))
    if (entry.is_regular_file() && !entry.is_symlink() && is_page(entry.path()))
      files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw fs::filesystem_error("cannot read", file,
                               std::error_code(errno, std::generic_category()));
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

StepResult reclassify_step(const NightlySite& site) {
  const std::string rules = BotFilter::rules_id();
  Judged judged = read_mark(site.store);
  if (judged.rules == rules && !judged.up_to)
    return {"reclassify", false, false, "no new rules since the last run"};
  const rollup::DayNumber first =
      site.zone.day_of(to_ms(site.clock.now())) - site.retention.raw_click_days;
  ReclassifyRange range;
  range.after = ClickId{first_click_id(site.zone.start_of(first)).value - 1};
  if (judged.rules == rules) range.after = std::max(range.after, judged.up_to);
  range.before = ClickId{site.store.last_click().value + 1};
  std::uint64_t looked_at = 0;
  std::uint64_t changed = 0;
  for (;;) {
    if (site.store.jobs_stopped()) throw store::Stopped();
    const ReclassifyReport report =
        reclassify(site.store, site.bots(), site.zone, site.clock, range);
    looked_at += report.looked_at;
    changed += report.changed;
    if (!report.next) break;
    range.after = *report.next;
    site.store.set_marks(
        {{std::string(kReclassify), fmt::format("{} {}", rules, range.after.value)}});
  }
  site.store.set_marks({{std::string(kReclassify), rules}});
  return {"reclassify", false, false,
          fmt::format("{} clicks judged by new rules, {} changed", looked_at, changed)};
}

StepResult audit_step(const NightlySite& site) {
  StepResult step{"audit", false, false, {}};
  std::size_t changed = 0;
  const auto files = pages_of(site.page_root);
  // What a page's style sheets decide is judged by them, as by candor audit.
  std::optional<pages::SiteFolder> folder;
  if (!files.empty()) folder.emplace(site.page_root, std::vector<std::string>{});
  for (const fs::path& file : files) {
    if (site.store.jobs_stopped()) throw store::Stopped();
    if (fs::file_size(file) > kMostPageBytes) continue;
    const std::string relative = fs::relative(file, site.page_root).generic_string();
    const std::string bytes = read_file(file);
    const store::Mark mark{"audit " + relative, hash_of(bytes) + " with sheets"};
    if (site.store.find_mark(mark.name) == mark.value) continue;
    pages::PageAsk ask{.path = pages::path_of_file(relative)};
    ask.stylesheet = ask.variant = [&](std::string_view address) {
      return folder->read(address, ask.path, bytes);
    };
    site.pages->inject(bytes, ask);
    site.store.set_marks({mark});
    ++changed;
  }
  step.message = fmt::format("{} of {} pages changed", changed, files.size());
  return step;
}

StepResult links_step(const NightlySite& site) {
  const LinkCheckReport report = check_links(site.store, site.clock, site.link_checks);
  std::string message =
      fmt::format("{} links looked at, {} dead, {} failing, {} that may not be asked",
                  report.checked, report.dead, report.failing, report.unchecked);
  if (report.left > 0) message += fmt::format(", {} left for the next run", report.left);
  return {"links", false, false, std::move(message)};
}

}  // namespace candor::jobs
