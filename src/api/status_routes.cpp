// How the process is: for load balancers, Prometheus and candor doctor.
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <nlohmann/json.hpp>

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

prometheus::MetricFamily counter(std::string name, std::string help, double value) {
  prometheus::ClientMetric metric;
  metric.counter.value = value;
  return {std::move(name), std::move(help), prometheus::MetricType::Counter, {std::move(metric)}};
}

json run_json(const store::Run& run) {
  return {{"started_at", format_rfc3339(run.started_at_ms)},
          {"accepted", run.accepted},
          {"recorded", run.recorded},
          {"unrecorded", run.unrecorded},
          {"shed", run.shed},
          {"not_found", run.not_found}};
}

}  // namespace

http::Response status(Call& call) {
  const Site& site = call.site;
  const auto run = site.front ? site.front() : std::nullopt;
  const auto position = site.store.absorbed();
  return json_response({{"schema", "candor.status/1"},
                        {"version", kVersion},
                        {"site", site.settings.name},
                        {"demo", site.settings.demo},
                        {"front", run ? run_json(*run) : json(nullptr)},
                        {"absorbed", {{"segment", position.segment}, {"offset", position.offset}}},
                        {"links", site.store.list_links(false).size()},
                        {"articles", site.store.list_articles().size()}});
}

http::Response healthy(Call&) { return text_response(200, "ok\n"); }

http::Response ready(Call& call) {
  call.site.store.absorbed();
  return text_response(200, "ready\n");
}

http::Response metrics(Call& call) {
  const auto run = call.site.front ? call.site.front() : std::nullopt;
  std::vector<prometheus::MetricFamily> families;
  if (run) {
    const auto add = [&](const char* name, const char* help, std::uint64_t value) {
      families.push_back(counter(name, help, static_cast<double>(value)));
    };
    add("candor_clicks_accepted_total", "Requests for known links", run->accepted);
    add("candor_clicks_recorded_total", "Clicks in the journal", run->recorded);
    add("candor_clicks_unrecorded_total", "Answered without a record: slow or failing disk",
        run->unrecorded);
    add("candor_clicks_shed_total", "Answered without a record: queue full", run->shed);
    add("candor_links_not_found_total", "Requests for unknown slugs", run->not_found);
  }
  return text_response(200, prometheus::TextSerializer().Serialize(families));
}

}  // namespace candor::api
