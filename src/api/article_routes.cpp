// Articles: what each earned, and what stands on its page.
#include <chrono>
#include <nlohmann/json.hpp>

#include "api/problem.h"
#include "api/report_queries.h"
#include "api/routes.h"
#include "base/rfc3339.h"

namespace candor::api {

using nlohmann::json;

report::ArticlesReport load_articles_report(const Site& site, DayRange range,
                                            std::optional<std::int64_t> as_of_ms) {
  auto report = site.store.load_articles_report(site.zone, range.from, range.to, as_of_ms);
  if (as_of_ms)
    report.as_of = format_rfc3339(*as_of_ms);
  else
    report.ledger = site.store.check_ledger(site.zone, range.from, range.to);
  report.demo = site.settings.demo;
  report::finish(report);
  return report;
}

json day_clicks_json(const Site& site, DayRange range, std::optional<ArticleId> article) {
  std::map<rollup::DayNumber, std::array<std::int64_t, kVerdictCount>> known;
  for (const auto& day : site.store.clicks_by_day(range.from, range.to, article))
    known[day.day] = day.by_verdict;
  struct Sum {
    rollup::DayNumber first;
    std::int64_t net = 0;
    std::int64_t gross = 0;
  };
  std::vector<Sum> sums;
  for (rollup::DayNumber day = range.from; day <= range.to; ++day) {
    if (begins_step(range, day)) sums.push_back({day});
    const auto& counts = known[day];
    sums.back().net += counts[0];
    for (const std::int64_t count : counts) sums.back().gross += count;
  }
  json out = json::array();
  for (const Sum& sum : sums)
    out.push_back({{"day", rollup::format_day(sum.first)}, {"net", sum.net}, {"gross", sum.gross}});
  return out;
}

namespace {

constexpr rollup::DayNumber kMostPoints = 740;

}  // namespace

std::string_view step_of(DayRange range) {
  return range.to - range.from < kMostPoints ? "day" : "week";
}

bool begins_step(DayRange range, rollup::DayNumber day) {
  if (day == range.from || range.to - range.from < kMostPoints) return true;
  const std::chrono::weekday weekday{std::chrono::sys_days{std::chrono::days{day}}};
  return weekday == std::chrono::Monday;
}

std::optional<std::int64_t> as_of(const Call& call) {
  const std::string text = call.query_value("as_of");
  if (text.empty()) return std::nullopt;
  if (const auto day = rollup::parse_day(text)) return call.site.zone.start_of(*day + 1) - 1;
  if (const auto moment = parse_rfc3339(text); moment && !moment->is_local) return moment->ms;
  throw Problem(422, "as_of is a day like 2026-03-01 or a time like 2026-03-01T12:00:00Z.",
                "as_of");
}

std::optional<Currency> told_currency(const Call& call) {
  const std::string code = call.query_value("currency");
  if (code.empty()) return std::nullopt;
  const auto currency = find_currency(code);
  if (!currency) throw Problem(422, "\"" + code + "\" is no ISO 4217 currency code.", "currency");
  return currency;
}

http::Response articles_report(Call& call) {
  const report::ArticlesReport report =
      load_articles_report(call.site, day_range(call), as_of(call));
  const std::string format = call.query_value("format");
  const bool csv = format == "csv";
  http::Response response;
  if (format.empty() || format == "json") {
    response.headers = {{"Content-Type", "application/json"}};
    response.body = report::to_json(report);
  } else if (csv) {
    response.headers = {{"Content-Type", "text/csv; charset=utf-8"}};
    response.body = report::to_csv(report);
  } else if (format == "table") {
    response.headers = {{"Content-Type", "text/plain; charset=utf-8"}};
    response.body = report::to_table(report);
  } else {
    throw Problem(422, "format is json, csv or table.", "format");
  }
  response.headers.emplace_back("Cache-Control", "no-cache");
  if (csv)
    response.headers.emplace_back(
        "Content-Disposition",
        "attachment; filename=\"articles-" + report.from_day + "-" + report.to_day + ".csv\"");
  return response;
}

namespace {

/// How often its direct links came into view; empty when no page told.
json impressions_json(const Site& site, ArticleId article, DayRange range) {
  json out = json::array();
  for (const auto& seen : site.store.impressions_by_link(article, range.from, range.to)) {
    const auto link = site.store.find_link(seen.link);
    out.push_back(
        {{"link", link ? json(link->slug) : json(nullptr)}, {"impressions", seen.impressions}});
  }
  return out;
}

json views_json(const Site& site, ArticleId article, DayRange range) {
  for (const auto& seen : site.store.views_by_article(range.from, range.to))
    if (seen.article == article) return seen.views;
  return nullptr;
}

}  // namespace

namespace {

/// As the rules decide: errors, then what could not be judged, then warnings.
json verdicts_by_jurisdiction(const Site& site, const store::Article& article,
                              const json& findings) {
  json out = json::object();
  if (article.verdict.empty()) return out;
  const bool unjudged = article.verdict == "indeterminate";
  for (const std::string& jurisdiction : site.settings.jurisdictions) {
    std::string worst = article.verdict == "not-applicable" ? article.verdict
                        : unjudged                          ? "indeterminate"
                                                            : "pass";
    for (const json& finding : findings) {
      if (finding.value("jurisdiction", "") != jurisdiction) continue;
      const std::string severity = finding.value("severity", "");
      if (severity == "error") worst = "fail";
      if (severity == "warn" && worst != "fail" && !unjudged) worst = "warn";
    }
    out[jurisdiction] = worst;
  }
  return out;
}

json revisions_json(const Site& site, ArticleId article) {
  json out = json::array();
  for (const auto& each : site.store.list_revisions(article))
    out.push_back({{"at_ms", each.at_ms},
                   {"day", rollup::format_day(site.zone.day_of(each.at_ms))},
                   {"title", each.title},
                   {"verdict", each.verdict},
                   {"finding_count", each.finding_count},
                   {"link_count", each.link_count},
                   {"links_added", each.links_added},
                   {"links_removed", each.links_removed}});
  return out;
}

}  // namespace

http::Response article_detail(Call& call) {
  const std::string path = call.query_value("path");
  const auto article = call.site.store.find_article(pages::url_path(path));
  if (!article) throw Problem(404, "There is no article \"" + path + "\".", "path");
  json links = json::array();
  for (const auto& link : call.site.store.list_article_links(article->id))
    links.push_back({{"placement", link.placement},
                     {"href", link.href},
                     {"network", link.network},
                     {"slug", link.slug}});
  json findings = json::parse(article->findings_json, nullptr, false);
  if (!findings.is_array()) findings = json::array();
  return json_response({{"article",
                         {{"id", article->id.value},
                          {"path", article->path},
                          {"title", article->title},
                          {"verdict", article->verdict},
                          {"finding_count", article->finding_count},
                          {"seen_at_ms", article->seen_at_ms}}},
                        {"links", std::move(links)},
                        {"verdicts", verdicts_by_jurisdiction(call.site, *article, findings)},
                        {"revisions", revisions_json(call.site, article->id)},
                        {"findings", std::move(findings)},
                        {"views", views_json(call.site, article->id, day_range(call))},
                        {"impressions", impressions_json(call.site, article->id, day_range(call))},
                        {"step", step_of(day_range(call))},
                        {"days", day_clicks_json(call.site, day_range(call), article->id)}});
}

}  // namespace candor::api
