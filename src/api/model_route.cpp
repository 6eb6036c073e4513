// The attribution models beside each other, over the site's own commissions and clicks.
#include <algorithm>
#include <ranges>

#include "api/problem.h"
#include "api/report_answer.h"
#include "api/routes.h"
#include "jobs/model_comparison.h"

namespace candor::api {
namespace {

/// "last,linear,markov": each once.
std::vector<attribution::Model> models_of(const Call& call) {
  std::string text = call.query_value("model");
  if (text.empty()) text = "first,last,linear,position,time-decay";
  std::vector<attribution::Model> models;
  for (const auto part : std::views::split(text, ',')) {
    const std::string name(part.begin(), part.end());
    const auto model = attribution::find_model(name);
    if (!model)
      throw Problem(422,
                    "There is no model \"" + name +
                        "\": first, last, linear, position, time-decay, markov or shapley.",
                    "model");
    if (std::ranges::find(models, *model) == models.end()) models.push_back(*model);
  }
  return models;
}

}  // namespace

http::Response model_report(Call& call) {
  const Site& site = call.site;
  const DayRange range = day_range(call);
  const jobs::AttributionSettings settings{site.keys, site.settings.hosts, site.nightly.model};
  report::ModelReport report =
      jobs::load_model_report(site.store, site.zone, settings,
                              {.from = range.from, .to = range.to, .models = models_of(call)});
  report.demo = site.settings.demo;
  return answer(report, call.query_value("format"), "models");
}

}  // namespace candor::api
