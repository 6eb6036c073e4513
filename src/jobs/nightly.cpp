#include "jobs/nightly.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "jobs/attribute.h"
#include "jobs/import_report.h"
#include "jobs/mapping_files.h"
#include "jobs/report_files.h"
#include "store/errors.h"

namespace candor::jobs {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kJob = "nightly";

StepResult absorb_step(const NightlySite& site) {
  const std::uint64_t clicks = site.absorb ? site.absorb() : 0;
  return {"absorb", false, false, fmt::format("{} clicks brought in from the journal", clicks)};
}

std::vector<fs::path> dropped_files(const fs::path& directory) {
  std::vector<fs::path> files;
  if (!fs::is_directory(directory)) return files;
  for (const auto& entry : fs::directory_iterator(directory))
    if (entry.is_regular_file() && !entry.path().filename().string().starts_with('.'))
      files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

/// Moves a finished file out of the drop folder without ever overwriting an earlier one of the same
/// name.
void move_to(const fs::path& file, const fs::path& directory) {
  fs::create_directories(directory);
  fs::path target = directory / file.filename();
  for (int n = 2; fs::exists(target); ++n)
    target = directory / fmt::format("{}-{}{}", file.stem().string(), n, file.extension().string());
  fs::rename(file, target);
}

void import_one(const NightlySite& site, const fs::path& file, StepResult& step) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw fs::filesystem_error("cannot read", file,
                               std::error_code(errno, std::generic_category()));
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  const std::string name = file.filename().string();
  auto result = import_report(site.store, site.clock, bytes, name, {}, site.currency, site.zone,
                              load_mappings(site.mapping_directory));
  if (!result) {
    move_to(file, site.drop_directory / "failed");
    step.attention = true;
    step.message += fmt::format("{}: refused: {}; ", name, result.error().message);
    return;
  }
  move_to(file, site.drop_directory / "done");
  const store::Import& import = result->import;
  if (import.bad_count > 0) step.attention = true;
  step.message += result->repeated
                      ? fmt::format("{}: imported before; ", name)
                      : fmt::format("{}: {} new, {} changed, {} unchanged, {} bad rows; ", name,
                                    import.new_count, import.changed_count, import.unchanged_count,
                                    import.bad_count);
}

StepResult import_step(const NightlySite& site) {
  StepResult step{"import", false, false, {}};
  const auto files = dropped_files(site.drop_directory);
  for (const fs::path& file : files) {
    try {
      import_one(site, file, step);
    } catch (const store::Stopped&) {
      throw;  // the file stays where it is, for the next run
    } catch (const std::exception& error) {
      // One file that cannot be read or moved must not keep the others out, night after night.
      step.failed = true;
      step.message += fmt::format("{}: {}; ", file.filename().string(), error.what());
    }
  }
  if (step.message.ends_with("; ")) step.message.resize(step.message.size() - 2);
  if (files.empty()) step.message = "no files in the drop folder";
  return step;
}

StepResult attribute_step(const NightlySite& site) {
  const AttributionSummary summary =
      attribute(site.store, {site.keys, site.site_hosts, site.model});
  return {
      "attribute", false, false,
      fmt::format("{} events booked, {} rebooked to an article", summary.booked, summary.rebooked)};
}

StepResult retention_step(const NightlySite& site) {
  const RetentionReport report =
      run_retention(site.store, site.zone, site.clock, *site.random, site.retention, false);
  StepResult step{"retention", false, !report.refused.empty(),
                  fmt::format("{} days closed, {} clicks of {} days moved into columns",
                              report.closed_days, report.packed_clicks, report.packed_days)};
  for (const std::string& refused : report.refused) step.message += "; " + refused;
  return step;
}

StepResult report_step(const NightlySite& site, rollup::DayNumber last_closed) {
  auto report =
      site.store.load_articles_report(site.zone, last_closed - site.report_days + 1, last_closed);
  report.demo = site.demo;
  report::finish(report);
  const auto files = write_report_files(site.report_directory, report);
  StepResult step{"report", false, false,
                  fmt::format("{} rows in {}", report.rows.size(), files[0].string())};
  if (!report.balanced) {
    step.attention = true;
    step.message += "; attributed + unattributed differs from imported";
  }
  return step;
}

template <class F>
void run_step(const NightlySite& site, NightlyResult& result, std::string_view name, F&& f) {
  StepResult step{std::string(name), false, false, {}};
  if (site.store.jobs_stopped()) {
    step.failed = true;
    step.message = "not begun, since Candor is stopping; run it again";
    result.steps.push_back(std::move(step));
    return;
  }
  try {
    const std::int64_t id = site.store.start_job(kJob, name, to_ms(site.clock.now()));
    try {
      step = f();
    } catch (const std::exception& error) {
      step.failed = true;
      step.message = error.what();
    }
    site.store.finish_job(id,
                          step.failed      ? "failed"
                          : step.attention ? "attention"
                                           : "done",
                          step.failed ? "" : result.watermark, step.message,
                          to_ms(site.clock.now()));
  } catch (const std::exception& error) {
    // Not even written down that it ran: the result still says so.
    step.failed = true;
    step.message += (step.message.empty() ? "" : "; ") + std::string(error.what());
  }
  result.steps.push_back(std::move(step));
}

}  // namespace

bool NightlyResult::failed() const {
  return std::ranges::any_of(steps, [](const StepResult& step) { return step.failed; });
}

bool NightlyResult::needs_attention() const {
  return std::ranges::any_of(steps, [](const StepResult& step) { return step.attention; });
}

NightlyResult run_nightly(const NightlySite& site) {
  const rollup::DayNumber last_closed = site.zone.day_of(to_ms(site.clock.now())) - 1;
  NightlyResult result;
  result.watermark = rollup::format_day(last_closed);
  run_step(site, result, "absorb", [&] { return absorb_step(site); });
  run_step(site, result, "import", [&] { return import_step(site); });
  run_step(site, result, "attribute", [&] { return attribute_step(site); });
  if (site.random != nullptr)
    run_step(site, result, "retention", [&] { return retention_step(site); });
  run_step(site, result, "report", [&] { return report_step(site, last_closed); });
  return result;
}

}  // namespace candor::jobs
