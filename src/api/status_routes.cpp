// How the process is: for load balancers and candor doctor.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "api/routes.h"
#include "base/rfc3339.h"
#include "candor_version.h"

namespace candor::api {
namespace {

using nlohmann::json;

http::Response text_response(int status, std::string body) {
  http::Response response;
  response.status = status;
  response.headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"},
                      {"Cache-Control", "no-store"}};
  response.body = std::move(body);
  return response;
}

json run_json(const store::Run& run) {
  return {{"started_at", format_rfc3339(run.started_at_ms)},
          {"accepted", run.accepted},
          {"recorded", run.recorded},
          {"unrecorded", run.unrecorded},
          {"shed", run.shed},
          {"not_found", run.not_found}};
}

json pages_json(const std::optional<PagesFigures>& pages) {
  if (!pages) return nullptr;
  return {{"requests", pages->requests},
          {"disclosed", pages->disclosed},
          {"failed", pages->failed},
          {"failing", pages->failing},
          {"origin_failures", pages->origin_down + pages->origin_late + pages->origin_broken}};
}

/// What earlier runs of the last weeks lost: a restart must not hide it.
json earlier_losses(const Site& site, const std::optional<store::Run>& current) {
  constexpr int kDays = 30;
  const std::int64_t since_ms = to_ms(site.clock.now()) - std::int64_t{kDays} * 86'400'000;
  std::uint64_t unrecorded = 0;
  std::uint64_t shed = 0;
  std::int64_t last_ms = 0;
  for (const store::Run& run : site.store.list_runs(1000)) {
    if (run.seen_at_ms < since_ms || (current && run.id == current->id)) continue;
    unrecorded += run.unrecorded;
    shed += run.shed;
    if (run.unrecorded + run.shed > 0) last_ms = std::max(last_ms, run.seen_at_ms);
  }
  return {{"days", kDays},
          {"unrecorded", unrecorded},
          {"shed", shed},
          {"last_at", last_ms > 0 ? json(format_rfc3339(last_ms)) : json(nullptr)}};
}

}  // namespace

http::Response status(Call& call) {
  const Site& site = call.site;
  const auto run = site.front ? site.front() : std::nullopt;
  const auto position = site.store.absorbed();
  const auto figures = site.figures ? site.figures() : std::nullopt;
  return json_response({{"schema", "candor.status/1"},
                        {"version", kVersion},
                        {"site", site.settings.name},
                        {"demo", site.settings.demo},
                        {"front", run ? run_json(*run) : json(nullptr)},
                        {"earlier", earlier_losses(site, run)},
                        {"pages", pages_json(figures ? figures->pages : std::nullopt)},
                        {"absorbed", {{"segment", position.segment}, {"offset", position.offset}}},
                        {"links", site.store.list_links(false).size()},
                        {"articles", site.store.list_articles().size()}});
}

http::Response healthy(Call&) { return text_response(200, "ok\n"); }

http::Response ready(Call& call) {
  call.site.store.absorbed();
  const auto figures = call.site.figures ? call.site.figures() : std::nullopt;
  if (figures && !figures->can_write)
    return text_response(503, "not ready: clicks cannot be written\n");
  return text_response(200, "ready\n");
}

}  // namespace candor::api
