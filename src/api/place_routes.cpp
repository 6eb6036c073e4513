// Where on an article's page clicks and money come from: by the place of the link, from 1.
#include <map>
#include <nlohmann/json.hpp>

#include "api/problem.h"
#include "api/routes.h"

namespace candor::api {
namespace {

using nlohmann::json;
using rollup::SliceDimension;

struct Place {
  std::int64_t clicks = 0;
  std::int64_t gross_clicks = 0;
  report::Figures money{};
};

/// 0: the click does not say, or no click is known.
using Places = std::map<std::int64_t, Place>;

void add_clicks(const Site& site, DayRange range, const std::string& path, Places& places) {
  const store::SliceQuestion question{.from = range.from,
                                      .to = range.to,
                                      .by = {SliceDimension::Placement},
                                      .filters = {{SliceDimension::Article, {path}}}};
  for (const auto& row : site.store.slice_clicks(question, site.zone)) {
    Place& place = places[row.ids.at(0)];
    place.clicks += row.clicks;
    place.gross_clicks += row.gross_clicks;
  }
}

void add_money(const Site& site, DayRange range, ArticleId article, Places& places) {
  site.store.each_money_part(range.from, range.to, site.zone, [&](const report::MoneyPart& part) {
    if (part.article == article && part.tier != report::kUnattributedTier)
      report::add(places[part.traits.placement].money, part, false);
  });
}

json money_json(const report::Figures& figures) {
  json out = json::array();
  for (const report::MoneyLine& line : figures.money)
    out.push_back({{"currency", std::string(line.currency.text())},
                   {"earned_micro", line.earned_micro()},
                   {"orders", line.orders}});
  return out;
}

}  // namespace

http::Response article_places(Call& call) {
  const std::string path = call.query_value("path");
  const auto article = call.site.store.find_article(pages::url_path(path));
  if (!article) throw Problem(404, "There is no article \"" + path + "\".", "path");
  const DayRange range = day_range(call);
  Places places;
  add_clicks(call.site, range, article->path, places);
  add_money(call.site, range, article->id, places);
  json data = json::array();
  for (const auto& [placement, place] : places)
    data.push_back({{"placement", placement},
                    {"clicks", place.clicks},
                    {"gross_clicks", place.gross_clicks},
                    {"revenue", money_json(place.money)}});
  return json_response({{"schema", "candor.article.places/1"},
                        {"path", article->path},
                        {"from", rollup::format_day(range.from)},
                        {"to", rollup::format_day(range.to)},
                        {"data", std::move(data)}});
}

}  // namespace candor::api
