// Counters and gauges in Prometheus' text format; nothing in them names a link, a page or a reader.
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <string>
#include <utility>
#include <vector>

#include "api/routes.h"

namespace candor::api {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricType;

class Families {
 public:
  void counter(const char* name, const char* help, std::uint64_t value) {
    ClientMetric metric;
    metric.counter.value = static_cast<double>(value);
    all_.push_back({name, help, MetricType::Counter, {std::move(metric)}});
  }
  void gauge(const char* name, const char* help, double value) {
    ClientMetric metric;
    metric.gauge.value = value;
    all_.push_back({name, help, MetricType::Gauge, {std::move(metric)}});
  }
  void add_run(const store::Run& run) {
    counter("candor_clicks_accepted_total", "Requests for known links", run.accepted);
    counter("candor_clicks_recorded_total", "Clicks in the journal", run.recorded);
    counter("candor_clicks_unrecorded_total", "Answered without a record: slow or failing disk",
            run.unrecorded);
    counter("candor_clicks_shed_total", "Answered without a record: queue full", run.shed);
    counter("candor_links_not_found_total", "Requests for unknown slugs", run.not_found);
  }
  void add_figures(const FrontFigures& figures) {
    gauge("candor_connections", "Open connections of the redirect port",
          static_cast<double>(figures.connections));
    counter("candor_connections_refused_total", "Connections refused: their address had enough",
            figures.refused_connections);
    counter("candor_requests_throttled_total", "Requests for unknown links answered 429",
            figures.throttled);
    counter("candor_journal_failed_clicks_total", "Clicks whose write or sync failed",
            figures.journal_failures);
    gauge("candor_journal_failing", "1 when the last write or sync failed",
          figures.journal_fails ? 1 : 0);
    gauge("candor_absorb_lag_seconds", "Since all written clicks were last in the database",
          static_cast<double>(figures.absorb_lag_ms) / 1000);
    prometheus::MetricFamily verdicts{
        "candor_clicks_by_verdict_total", "Accepted clicks", MetricType::Counter, {}};
    for (std::size_t i = 0; i < figures.by_verdict.size(); ++i) {
      ClientMetric metric;
      metric.label.push_back({"verdict", std::string(name_of(static_cast<Verdict>(i)))});
      metric.counter.value = static_cast<double>(figures.by_verdict[i]);
      verdicts.metric.push_back(std::move(metric));
    }
    all_.push_back(std::move(verdicts));
  }
  void add_beacons(const FrontFigures& figures) {
    counter("candor_beacon_clicks_total", "Clicks on direct links told by pages",
            figures.beacon_clicks);
    counter("candor_beacon_clicks_recorded_total", "Of those, in the journal",
            figures.beacon_clicks_recorded);
    counter("candor_beacon_clicks_lost_total", "Of those, shed or lost to a failing disk",
            figures.beacon_clicks_lost);
    counter("candor_article_views_total", "Article views told by pages", figures.beacon_views);
    counter("candor_link_impressions_total", "Link impressions told by pages",
            figures.beacon_impressions);
    counter("candor_beacons_refused_total", "Beacons that were foreign, forged or too many",
            figures.beacons_refused);
  }
  void add_pages(const PagesFigures& figures) {
    counter("candor_pages_requests_total", "Requests to the pages proxy", figures.requests);
    counter("candor_pages_total", "HTML pages that went out", figures.pages);
    counter("candor_pages_disclosed_total", "Of those, edited", figures.disclosed);
    counter("candor_pages_too_large_total", "Passed as they were: over the page limit",
            figures.too_large);
    counter("candor_pages_unsafe_total", "Passed as they were: not to be edited safely",
            figures.unsafe);
    counter("candor_pages_failed_total", "Passed without disclosure: a failure of Candor",
            figures.failed);
    gauge("candor_pages_failing", "1 when that happened within the last five minutes",
          figures.failing ? 1 : 0);
    counter("candor_origin_down_total", "Answered 502: no connection to the origin",
            figures.origin_down);
    counter("candor_origin_late_total", "Answered 504 or broken off: the origin took too long",
            figures.origin_late);
    counter("candor_origin_broken_total",
            "Answered 502 or broken off: the origin's answer was cut short or contradictory",
            figures.origin_broken);
    counter("candor_upgrades_refused_total", "WebSocket requests refused",
            figures.upgrades_refused);
    gauge("candor_pages_buffered_bytes", "Pages under way",
          static_cast<double>(figures.buffered_bytes));
  }
  std::string text() const { return prometheus::TextSerializer().Serialize(all_); }

 private:
  std::vector<prometheus::MetricFamily> all_;
};

}  // namespace

http::Response metrics(Call& call) {
  Families families;
  if (const auto run = call.site.front ? call.site.front() : std::nullopt) families.add_run(*run);
  if (const auto figures = call.site.figures ? call.site.figures() : std::nullopt) {
    families.add_figures(*figures);
    families.add_beacons(*figures);
    if (figures->pages) families.add_pages(*figures->pages);
  }
  http::Response response;
  response.headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"},
                      {"Cache-Control", "no-store"}};
  response.body = families.text();
  return response;
}

}  // namespace candor::api
