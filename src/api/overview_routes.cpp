// The owner's first view: what needs doing, then what was clicked and earned.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "api/click_json.h"
#include "api/problem_order.h"
#include "api/report_queries.h"
#include "api/routes.h"
#include "jobs/alerts.h"

namespace candor::api {
namespace {

using nlohmann::json;

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

json problem_json(std::string_view kind, std::string_view severity, std::string message,
                  std::string_view fix, std::string href) {
  return {{"kind", kind},
          {"severity", severity},
          {"message", std::move(message)},
          {"fix", fix},
          {"href", std::move(href)}};
}

json alert_problems(const Site& site) {
  json out = json::array();
  for (report::Alert& alert : jobs::find_alerts(site.store, site.zone, to_ms(site.clock.now()))) {
    out.push_back(problem_json(alert.kind, alert.severity, std::move(alert.message), alert.fix,
                               std::move(alert.href)));
    out.back()["subject"] = alert.subject;
  }
  return out;
}

void add_job_problems(const Site& site, json& out) {
  // Newest first: only a step's last run counts, so that running it again clears the problem.
  std::set<std::pair<std::string, std::string>> looked_at;
  for (const auto& run : site.store.list_jobs(20)) {
    if (run.state == "running" || !looked_at.emplace(run.job, run.step).second) continue;
    if (run.state == "failed")
      out.push_back(problem_json("job", "error",
                                 fmt::format("{} {} failed: {}", run.job, run.step, run.message),
                                 "Mend the cause and run it again.", "#/jobs"));
    if (run.state == "attention")
      out.push_back(problem_json("job", "warn",
                                 fmt::format("{} {}: {}", run.job, run.step, run.message),
                                 "Look at the rows or files named; the rest is done.", "#/jobs"));
  }
  const auto done = site.store.last_done("nightly", "report");
  if (done && done->finished_at_ms && to_ms(site.clock.now()) - *done->finished_at_ms > 2 * kDayMs)
    out.push_back(problem_json("job", "warn", "The nightly job has not run for two days.",
                               "Schedule candor nightly with cron or the systemd timer.",
                               "#/jobs"));
}

/// Of the runs that touch the range; the one under way counts as it stands now.
std::uint64_t clicks_without_record(const Site& site, DayRange range,
                                    const std::optional<store::Run>& live) {
  const std::int64_t from = site.zone.start_of(range.from);
  const std::int64_t to = site.zone.start_of(range.to + 1);
  std::uint64_t lost = live ? live->unrecorded + live->shed : 0;
  for (const store::Run& run : site.store.list_runs(1000))
    if ((!live || run.id != live->id) && run.seen_at_ms >= from && run.started_at_ms < to)
      lost += run.unrecorded + run.shed;
  return lost;
}

void add_count_problems(std::uint64_t lost, const report::ArticlesReport& report, json& out) {
  if (lost > 0)
    out.push_back(problem_json(
        "unrecorded", "error",
        fmt::format("{} redirects were answered without their click being recorded.", lost),
        "Look at the disk: space, speed, errors (candor doctor).", "#/overview"));
  if (!report.balanced)
    out.push_back(problem_json("balance", "error",
                               "Attributed and unattributed money differ from what was imported.",
                               "Run the nightly job; if it stays, run candor doctor.", "#/jobs"));
}

json front_json(const std::optional<store::Run>& run) {
  if (!run) return {{"running", false}};
  return {{"running", true},
          {"accepted", run->accepted},
          {"recorded", run->recorded},
          {"unrecorded", run->unrecorded},
          {"shed", run->shed},
          {"not_found", run->not_found},
          {"started_at_ms", run->started_at_ms}};
}

json verdicts_json(const Site& site, DayRange range, std::int64_t& gross) {
  std::array<std::int64_t, kVerdictCount> sums{};
  for (const auto& day : site.store.clicks_by_day(range.from, range.to, std::nullopt))
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += day.by_verdict[i];
  json out = json::object();
  gross = 0;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    out[std::string(name_of(static_cast<Verdict>(i)))] = sums[i];
    gross += sums[i];
  }
  return out;
}

}  // namespace

http::Response overview(Call& call) {
  const Site& site = call.site;
  const DayRange range = day_range(call);
  const report::ArticlesReport report = load_articles_report(site, range);
  const json money = json::parse(report::to_json(report));
  const auto run = site.front ? site.front() : std::nullopt;

  json problems = alert_problems(site);
  add_count_problems(clicks_without_record(site, range, run), report, problems);
  add_job_problems(site, problems);
  order_by_money(site.store, report, problems);

  json outages = json::array();
  for (const auto& outage :
       site.store.list_outages(site.zone.start_of(range.from), site.zone.start_of(range.to + 1)))
    outages.push_back(
        {{"from_ms", outage.from_ms}, {"to_ms", outage.to_ms}, {"orderly", outage.orderly}});

  std::int64_t gross = 0;
  json by_verdict = verdicts_json(site, range, gross);
  json recent = json::array();
  ClickWriter writer(site);
  store::ClickFilter last;
  last.net_only = false;
  last.limit = 12;
  for (const Click& click : site.store.list_clicks(last)) recent.push_back(writer.write(click));

  const std::int64_t net = by_verdict["human"].get<std::int64_t>();
  return json_response(
      {{"schema", "candor.overview/1"},
       {"from", report.from_day},
       {"to", report.to_day},
       {"zone", report.zone},
       {"demo", report.demo},
       {"site", site.settings.name},
       {"clicks", {{"net", net}, {"gross", gross}, {"by_verdict", std::move(by_verdict)}}},
       {"step", step_of(range)},
       {"days", day_clicks_json(site, range, std::nullopt)},
       {"revenue", money.at("total").at("revenue")},
       {"unattributed", money.at("unattributed").at("revenue")},
       {"problems", std::move(problems)},
       {"outages", std::move(outages)},
       {"front", front_json(run)},
       {"recent", std::move(recent)}});
}

}  // namespace candor::api
