// Reports by any dimension, in every format from one set of numbers.
#include <algorithm>
#include <array>
#include <ranges>

#include "api/problem.h"
#include "api/report_answer.h"
#include "api/report_queries.h"
#include "api/routes.h"
#include "jobs/dimension_report.h"
#include "jobs/risk_report.h"

namespace candor::api {
namespace {

/// A parameter with a dimension's name; texts with | between them: any of these.
void read_filters(const Call& call, jobs::ReportQuestion& question) {
  constexpr auto kOthers = std::to_array<std::string_view>(
      {"by", "from", "to", "compare", "as_of", "currency", "format"});
  for (const auto& [name, text] : call.query) {
    if (std::ranges::find(kOthers, name) != kOthers.end()) continue;
    const auto dimension = report::find_dimension(name);
    if (!dimension || !report::can_filter(*dimension))
      throw Problem(422,
                    "There is no \"" + name +
                        "\" to filter by: article, link, merchant, network or programme.",
                    name);
    report::ReportFilter& filter = question.filters.emplace_back(*dimension);
    for (const auto part : std::views::split(text, '|'))
      filter.values.emplace_back(part.begin(), part.end());
  }
}

jobs::ReportQuestion question_of(const Call& call) {
  const DayRange range = day_range(call);
  jobs::ReportQuestion question{.from = range.from, .to = range.to};
  question.as_of_ms = as_of(call);
  question.currency = told_currency(call);
  if (const std::string by = call.query_value("by"); !by.empty()) {
    const auto found = report::find_dimension(by);
    if (!found)
      throw Problem(
          422,
          "by is article, link, merchant, network, programme, placement, country, device, "
          "day, week or month.",
          "by");
    question.by = *found;
  }
  read_filters(call, question);
  if (const std::string compare = call.query_value("compare"); !compare.empty()) {
    const auto found = report::find_comparison(compare);
    if (!found) throw Problem(422, "compare is previous, year or none.", "compare");
    question.compare = *found;
  }
  return question;
}

}  // namespace

http::Response dimension_report(Call& call) {
  const Site& site = call.site;
  report::DimensionReport report =
      jobs::load_dimension_report(site.store, site.zone, question_of(call));
  report.demo = site.settings.demo;
  report.site = site.settings.name;
  return answer(report, call.query_value("format"), std::string(name_of(report.by)));
}

http::Response risk_report(Call& call) {
  const Site& site = call.site;
  const DayRange range = day_range(call);
  report::RiskReport report =
      jobs::load_risk_report(site.store, site.zone,
                             {.from = range.from,
                              .to = range.to,
                              .least_clicks = call.query_number(
                                  "clicks", jobs::RiskQuestion{}.least_clicks, 1'000'000'000),
                              .now_ms = to_ms(site.clock.now())});
  report.demo = site.settings.demo;
  return answer(report, call.query_value("format"), "risk");
}

}  // namespace candor::api
