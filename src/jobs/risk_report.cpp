#include "jobs/risk_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "jobs/dimension_report.h"
#include "link/url.h"

namespace candor::jobs {
namespace {

using report::Risk;
using report::RiskKind;

/// Nothing: the link leads somewhere.
std::optional<std::string> death_of(const store::Store& store, const std::optional<Link>& link,
                                    const std::string& slug, std::int64_t now_ms) {
  if (!link) return fmt::format("{} is no link any more", slug);
  if (link->state == LinkState::Disabled) return fmt::format("{} is switched off", slug);
  if (link->expires_at_ms != 0 && link->expires_at_ms <= now_ms && link->fallback.empty())
    return fmt::format("{} is over and has no fallback", slug);
  const auto check = store.find_link_check(link->id);
  if (check && check->health == "dead")
    return fmt::format("{} leads nowhere: {}", slug, check->detail);
  return std::nullopt;
}

/// Amazon credits a sale by the tag in the link alone. Short links keep theirs to themselves.
bool lacks_tag(const store::ScannedLink& scanned) {
  if (scanned.network != "amazon") return false;
  const auto url = parse_url(scanned.href);
  if (!url || url->host.find("amazon.") == std::string::npos) return false;
  return std::ranges::none_of(parse_query(url->query), [](const QueryParameter& parameter) {
    return parameter.name == "tag" && !parameter.value.empty();
  });
}

std::vector<Risk> link_risks(const store::Store& store, ArticleId article, std::int64_t now_ms) {
  std::vector<Risk> risks;
  std::set<std::string> seen;
  for (const store::ScannedLink& scanned : store.list_article_links(article)) {
    if (!seen.insert(scanned.slug.empty() ? scanned.href : scanned.slug).second) continue;
    if (lacks_tag(scanned)) {
      risks.push_back({RiskKind::MissingTag, scanned.href + " has no tracking id"});
    } else if (!scanned.slug.empty()) {
      if (auto death = death_of(store, store.find_link(std::string_view(scanned.slug)),
                                scanned.slug, now_ms))
        risks.push_back({RiskKind::DeadLink, *std::move(death)});
    }
  }
  return risks;
}

bool earned_nothing(const report::Figures& figures) {
  return std::ranges::all_of(
      figures.money, [](const report::MoneyLine& line) { return line.earned_micro() <= 0; });
}

}  // namespace

report::RiskReport load_risk_report(const store::Store& store, const rollup::SiteZone& zone,
                                    const RiskQuestion& question) {
  const report::DimensionReport money = load_dimension_report(
      store, zone, {.by = report::Dimension::Article, .from = question.from, .to = question.to});
  std::unordered_map<std::int64_t, const report::Figures*> figures;
  for (const report::ReportRow& row : money.rows) figures.emplace(row.id, &row.now);

  report::RiskReport risk;
  risk.from_day = money.from_day;
  risk.to_day = money.to_day;
  risk.zone = money.zone;
  risk.least_clicks = question.least_clicks;
  for (const store::Article& article : store.list_articles()) {
    report::RiskRow row{.article = article.id,
                        .path = article.path,
                        .title = article.title,
                        .clicks = 0,
                        .risks = {}};
    const auto known = figures.find(article.id.value);
    if (known != figures.end()) row.clicks = known->second->clicks;
    row.risks = link_risks(store, article.id, question.now_ms);
    if (row.clicks >= question.least_clicks && !money.imported.empty() &&
        earned_nothing(*known->second))
      row.risks.push_back(
          {RiskKind::NoRevenue, fmt::format("{} clicks and nothing earned", row.clicks)});
    if (!row.risks.empty()) risk.rows.push_back(std::move(row));
  }
  finish(risk);
  return risk;
}

}  // namespace candor::jobs
