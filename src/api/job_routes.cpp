// Jobs: what ran, and running the nightly one now.
#include <mutex>
#include <nlohmann/json.hpp>

#include "api/members.h"
#include "api/paging.h"
#include "api/problem.h"
#include "api/routes.h"
#include "base/rfc3339.h"

namespace candor::api {
namespace {
using nlohmann::json;
}

http::Response list_jobs(Call& call) {
  constexpr std::size_t kMostRuns = 1'000'000;
  const std::int64_t limit = call.query_number("limit", 100, 1000);
  const std::int64_t before = before_of(call);
  auto jobs = call.site.store.list_jobs(kMostRuns);
  std::erase_if(jobs, [&](const store::JobRun& run) { return run.id >= before; });
  const bool more = cut_to(jobs, limit);
  json data = json::array();
  for (const auto& job : jobs)
    data.push_back({{"id", job.id},
                    {"job", job.job},
                    {"step", job.step},
                    {"state", job.state},
                    {"watermark", job.watermark},
                    {"started_at", format_rfc3339(job.started_at_ms)},
                    {"finished_at", job.finished_at_ms ? json(format_rfc3339(*job.finished_at_ms))
                                                       : json(nullptr)},
                    {"message", job.message}});
  return page_response(call,
                       {{"schema", "candor.job.list/1"},
                        {"data", std::move(data)},
                        {"next", more ? json(std::to_string(jobs.back().id)) : json()}},
                       "before");
}

http::Response show_nightly(Call& call) {
  // Its step that asks the networks notes a run for each of them.
  constexpr std::size_t kSteps = 32;
  json running = nullptr;
  for (const store::JobRun& run : call.site.store.list_jobs(kSteps)) {
    if (run.job != "nightly") continue;
    if (run.state == "running") running = run.step;
    break;
  }
  return json_response({{"schema", "candor.nightly.progress/1"},
                        {"steps", jobs::nightly_steps(call.site.nightly)},
                        {"running", running}});
}

http::Response run_nightly(Call& call) {
  refuse_members(call, "A nightly run");
  std::unique_lock lock(call.site.nightly_mutex, std::try_to_lock);
  if (!lock)
    throw Problem(503, "The nightly job or an import is running already. Try again in a moment.");
  const jobs::NightlyResult result = jobs::run_nightly(call.site.nightly);
  json steps = json::array();
  for (const auto& step : result.steps)
    steps.push_back({{"step", step.step},
                     {"failed", step.failed},
                     {"attention", step.attention},
                     {"took_ms", step.took_ms},
                     {"message", step.message}});
  json alerts = json::array();
  for (const report::Alert& alert : result.alerts)
    alerts.push_back({{"kind", alert.kind},
                      {"severity", alert.severity},
                      {"subject", alert.subject},
                      {"message", alert.message},
                      {"fix", alert.fix},
                      {"href", alert.href}});
  return json_response({{"schema", "candor.nightly/1"},
                        {"watermark", result.watermark},
                        {"failed", result.failed()},
                        {"attention", result.needs_attention()},
                        {"alerts", std::move(alerts)},
                        {"steps", std::move(steps)}});
}

}  // namespace candor::api
