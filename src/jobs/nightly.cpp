#include "jobs/nightly.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "jobs/alert_notes.h"
#include "jobs/alerts.h"
#include "jobs/attribute.h"
#include "jobs/backups.h"
#include "jobs/digests.h"
#include "jobs/drop_folder.h"
#include "jobs/import_report.h"
#include "jobs/mapping_files.h"
#include "jobs/night_steps.h"
#include "jobs/report_files.h"
#include "store/errors.h"

namespace candor::jobs {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kJob = "nightly";
constexpr rollup::DayNumber kMostNights = 31;  // older reports would be of nobody's interest

StepResult absorb_step(const NightlySite& site) {
  const std::uint64_t clicks = site.absorb ? site.absorb() : 0;
  return {"absorb", false, false, fmt::format("{} clicks brought in from the journal", clicks)};
}

StepResult pull_step(const NightlySite& site) {
  StepResult step{"pull", false, false, {}};
  for (const PullResult& result : site.pull({})) {
    step.failed = step.failed || result.failed;
    step.message += fmt::format("{}{} {}: {}", step.message.empty() ? "" : "; ", result.network,
                                result.account, result.message);
  }
  return step;
}

/// False: the file is still being written to, and stays where it is.
bool import_one(const NightlySite& site, const DroppedFile& dropped, StepResult& step) {
  const fs::path& file = dropped.path;
  const std::string name = file.filename().string();
  const auto refuse = [&](const std::string& why) {
    move_to(file, site.drop_directory / "failed");
    step.attention = true;
    step.message += fmt::format("{}: refused: {}; ", name, why);
    return true;
  };
  if (dropped.bytes > kMostReportBytes)
    return refuse(fmt::format("{} MB are more than a report has", dropped.bytes >> 20));
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw fs::filesystem_error("cannot read", file,
                               std::error_code(errno, std::generic_category()));
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (look_at(file) != dropped) return false;
  auto result = import_report(site.store, site.clock, bytes, name, {}, site.currency, site.zone,
                              load_mappings(site.mapping_directory));
  if (!result) return refuse(result.error().message);
  move_to(file, site.drop_directory / "done");
  const store::Import& import = result->import;
  if (import.bad_count > 0) step.attention = true;
  step.message += result->repeated
                      ? fmt::format("{}: imported before; ", name)
                      : fmt::format("{}: {} new, {} changed, {} unchanged, {} bad rows; ", name,
                                    import.new_count, import.changed_count, import.unchanged_count,
                                    import.bad_count);
  return true;
}

StepResult import_step(const NightlySite& site, const std::vector<DroppedFile>& first_look) {
  StepResult step{"import", false, false, {}};
  const Millis now = site.clock.now();
  const auto fresh = [now](const DroppedFile& file) { return is_fresh(file, now); };
  if (site.let_settle && std::ranges::any_of(first_look, fresh)) site.let_settle();
  const auto files = look_into(site.drop_directory);
  for (const DroppedFile& file : files) {
    try {
      const bool settled = std::ranges::find(first_look, file) != first_look.end();
      if (!settled || !import_one(site, file, step))
        step.message += fmt::format("{}: still being written, left for the next run; ",
                                    file.path.filename().string());
    } catch (const store::Stopped&) {
      throw;  // the file stays where it is, for the next run
    } catch (const std::exception& error) {
      // One file that cannot be read or moved must not keep the others out, night after night.
      step.failed = true;
      step.message += fmt::format("{}: {}; ", file.path.filename().string(), error.what());
    }
  }
  if (step.message.ends_with("; ")) step.message.resize(step.message.size() - 2);
  if (files.empty()) step.message = "no files in the drop folder";
  return step;
}

StepResult attribute_step(const NightlySite& site) {
  const AttributionSummary summary =
      attribute(site.store, {site.keys, site.site_hosts, site.model, to_ms(site.clock.now())});
  site.store.pack_money(site.zone);
  const auto lines = site.store.check_ledger(site.zone);
  const auto wrong = std::ranges::count_if(
      lines, [](const LedgerLine& line) { return line.difference_micro() != 0; });
  StepResult step{
      "attribute", false, wrong > 0,
      fmt::format("{} events booked, {} commissions rebooked", summary.booked, summary.rebooked)};
  if (wrong > 0)
    step.message += fmt::format(
        "; attributed + unattributed differs from imported in {} of {} lines: candor revenue check",
        wrong, lines.size());
  return step;
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

StepResult backup_step(const NightlySite& site, const std::string& day) {
  std::uintmax_t bytes = fs::file_size(site.database);
  const fs::path log = site.database.string() + "-wal";
  if (fs::exists(log)) bytes += fs::file_size(log);
  const BackupReport report =
      back_up(site.store, site.backup_directory, day, site.backups_kept, bytes);
  if (!report.refused.empty()) return {"backup", false, true, report.refused};
  return {"backup", false, false,
          fmt::format("{} KB in {}{}", (report.bytes + 1023) / 1024, report.file.string(),
                      report.removed > 0 ? fmt::format(", {} older removed", report.removed) : "")};
}

/// One closed day's report; false when it does not add up.
bool write_report(const NightlySite& site, rollup::DayNumber day, std::string& told) {
  auto report = site.store.load_articles_report(site.zone, day - site.report_days + 1, day);
  report.demo = site.demo;
  report::finish(report);
  const auto files = write_report_files(site.report_directory, report);
  told = fmt::format("{} rows in {}", report.rows.size(), files[0].string());
  return report.balanced;
}

/// The first day whose report is missing: after the last one written, within a month.
rollup::DayNumber first_day_to_report(const NightlySite& site, rollup::DayNumber last_closed) {
  const auto done = site.store.last_done(kJob, "report");
  if (!done) return last_closed;
  const auto day = rollup::parse_day(done->watermark);
  if (!day) return last_closed;
  return std::clamp(*day + 1, last_closed - kMostNights + 1, last_closed);
}

StepResult report_step(const NightlySite& site, rollup::DayNumber last_closed) {
  StepResult step{"report", false, false, {}};
  const rollup::DayNumber first = first_day_to_report(site, last_closed);
  for (rollup::DayNumber day = first; day <= last_closed; ++day)
    if (!write_report(site, day, step.message)) step.attention = true;
  if (first < last_closed)
    step.message += fmt::format("; {} missed nights caught up", last_closed - first);
  if (step.attention) step.message += "; attributed + unattributed differs from imported";
  return step;
}

/// What cannot be read is no alert: the steps that read it have failed already.
void look_for_alerts(const NightlySite& site, NightlyResult& result) {
  if (site.store.jobs_stopped()) return;
  try {
    result.alerts = find_alerts(site.store, site.zone, to_ms(site.clock.now()));
    note_alerts(site.store, result.alerts);
  } catch (const std::exception&) {
    result.alerts.clear();
  }
}

/// To webhooks. Not being able to tell is no failure of the night.
void tell_end(const NightlySite& site, const NightlyResult& result) {
  const nlohmann::json data{{"watermark", result.watermark},
                            {"failed", result.failed()},
                            {"attention", result.needs_attention()}};
  try {
    site.store.add_event(
        {.type = "nightly.finished", .at_ms = to_ms(site.clock.now()), .data = data.dump()});
  } catch (const std::exception&) {
    // The steps say what is wrong with the disk.
  }
}

template <class F>
void run_step(const NightlySite& site, NightlyResult& result, std::string_view name, F&& f) {
  StepResult step{std::string(name), false, false, {}};
  const std::int64_t began_ms = to_ms(site.clock.now());
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
  step.took_ms = to_ms(site.clock.now()) - began_ms;
  result.steps.push_back(std::move(step));
}

}  // namespace

std::vector<std::string_view> nightly_steps(const NightlySite& site) {
  std::vector<std::string_view> steps{"absorb"};
  if (site.pull) steps.emplace_back("pull");
  steps.emplace_back("import");
  if (site.bots) steps.emplace_back("reclassify");
  steps.emplace_back("attribute");
  if (site.pages != nullptr && !site.page_root.empty()) steps.emplace_back("audit");
  if (site.link_checks.probe) steps.emplace_back("links");
  if (site.random != nullptr) steps.emplace_back("retention");
  if (!site.backup_directory.empty()) steps.emplace_back("backup");
  steps.emplace_back("report");
  if (site.mail.is_set()) steps.emplace_back("mail");
  return steps;
}

bool NightlyResult::failed() const {
  return std::ranges::any_of(steps, [](const StepResult& step) { return step.failed; });
}

bool NightlyResult::needs_attention() const {
  return std::ranges::any_of(steps, [](const StepResult& step) { return step.attention; });
}

NightlyResult run_nightly(const NightlySite& site) {
  site.store.interrupt_jobs();
  const auto first_look = look_into(site.drop_directory);
  const rollup::DayNumber last_closed = site.zone.day_of(to_ms(site.clock.now())) - 1;
  NightlyResult result;
  result.watermark = rollup::format_day(last_closed);
  for (const std::string_view name : nightly_steps(site)) {
    if (name == "mail") look_for_alerts(site, result);
    run_step(site, result, name, [&] {
      if (name == "absorb") return absorb_step(site);
      if (name == "pull") return pull_step(site);
      if (name == "import") return import_step(site, first_look);
      if (name == "reclassify") return reclassify_step(site);
      if (name == "attribute") return attribute_step(site);
      if (name == "audit") return audit_step(site);
      if (name == "links") return links_step(site);
      if (name == "retention") return retention_step(site);
      if (name == "backup") return backup_step(site, result.watermark);
      if (name == "mail") return mail_step(site, last_closed, result.alerts);
      return report_step(site, last_closed);
    });
  }
  if (!site.mail.is_set()) look_for_alerts(site, result);
  tell_end(site, result);
  return result;
}

}  // namespace candor::jobs
