// Links that show one report, or one article, to whoever has them: read-only, of one segment, for a
// while.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/members.h"
#include "api/problem.h"
#include "api/report_queries.h"
#include "api/routes.h"
#include "api/secrets.h"
#include "base/ascii.h"
#include "base/rfc3339.h"

namespace candor::api {
namespace {

using nlohmann::json;

constexpr std::size_t kNameMost = 64;
constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;
constexpr std::int64_t kLifeDays = 30;
constexpr std::int64_t kLifeDaysMost = 366;
constexpr std::int64_t kRangeDays = 28;
constexpr std::int64_t kRangeDaysMost = 366;

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kNameMost && std::ranges::all_of(name, [](char c) {
    return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.';
  });
}

std::int64_t days_member(const json& body, const char* name, std::int64_t otherwise,
                         std::int64_t most) {
  const auto days = count_member(body, name);
  if (!days) return otherwise;
  if (*days < 1 || *days > most)
    throw Problem(422,
                  std::string(name) + " is a whole number from 1 to " + std::to_string(most) + ".",
                  name);
  return *days;
}

json share_json(const store::Share& share) {
  const json segment = json::parse(share.segment, nullptr, false);
  return {{"name", share.name},
          {"report", share.report},
          {"path", segment.value("path", "")},
          {"range_days", segment.value("range_days", kRangeDays)},
          {"created_at", format_rfc3339(share.created_at_ms)},
          {"expires_at", format_rfc3339(share.expires_at_ms)},
          {"used_at", share.used_at_ms ? json(format_rfc3339(*share.used_at_ms)) : json()}};
}

/// {"path", "range_days"}; Problem 422.
json read_segment(const Call& call, const json& body, const std::string& report) {
  const std::string path = text_member(body, "path");
  if (report == "article" && !call.site.store.find_article(path))
    throw Problem(422, "There is no article \"" + path + "\".", "path");
  if (!path.empty() && !path.starts_with('/'))
    throw Problem(422, "path begins with a slash, as in /reviews/.", "path");
  return {{"path", path},
          {"range_days", days_member(body, "range_days", kRangeDays, kRangeDaysMost)}};
}

/// What of the report lies in the segment, summed anew. Money that no article earned is nobody's to
/// see, and clicks outside of articles neither.
json rows_under(const json& report, const std::string& path) {
  json rows = json::array();
  std::int64_t clicks = 0;
  for (const json& row : report.at("data")) {
    if (!row.value("path", "").starts_with(path)) continue;
    rows.push_back(row);
    clicks += row.value("clicks", std::int64_t{0});
  }
  return {{"data", std::move(rows)}, {"clicks", clicks}};
}

json articles_json(const Call& call, DayRange range, const std::string& path) {
  json out = rows_under(json::parse(report::to_json(load_articles_report(call.site, range))), path);
  out["path"] = path;
  return out;
}

json article_json(const Call& call, DayRange range, const std::string& path) {
  const auto article = call.site.store.find_article(path);
  if (!article) throw Problem(404, "The article is gone.");
  json out = rows_under(json::parse(report::to_json(load_articles_report(call.site, range))), path);
  std::erase_if(out.at("data").get_ref<json::array_t&>(),
                [&](const json& row) { return row.value("path", "") != path; });
  out["path"] = path;
  out["title"] = article->title;
  out["days"] = day_clicks_json(call.site, range, article->id);
  return out;
}

}  // namespace

http::Response add_share(Call& call) {
  const json body =
      read_body(call, "A share link", {"name", "report", "path", "range_days", "days"});
  if (call.site.admin_url.empty())
    throw Problem(409, "The dashboard is not running. Start it: candor serve");
  store::Share share;
  share.name = text_member(body, "name");
  if (!is_name(share.name))
    throw Problem(422,
                  "A share link's name has 1 to 64 letters, digits, dots, dashes or underscores.",
                  "name");
  share.report = text_member(body, "report");
  if (share.report != "articles" && share.report != "article")
    throw Problem(422, "report is articles or article.", "report");
  share.segment = read_segment(call, body, share.report).dump();
  share.created_at_ms = to_ms(call.site.clock.now());
  share.expires_at_ms =
      share.created_at_ms + days_member(body, "days", kLifeDays, kLifeDaysMost) * kDayMs;
  const std::string secret = std::string(kSharePrefix) + new_secret(call.site.random);
  share.key_hash = hash_of_secret(secret);
  if (!call.site.store.add_share(share))
    throw Problem(409, "There is a share link \"" + share.name + "\" already.", "name");
  call.note.subject = share.name;
  json out = share_json(share);
  // Behind the number sign, which browsers tell no server and put into no Referer.
  out["url"] = call.site.admin_url + "/#/shared?key=" + secret;
  http::Response response = json_response(out, 201);
  response.headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}};
  return response;
}

http::Response list_shares(Call& call) {
  json data = json::array();
  for (const store::Share& share : call.site.store.list_shares()) data.push_back(share_json(share));
  return json_response({{"schema", "candor.share.list/1"}, {"data", std::move(data)}});
}

http::Response remove_share(Call& call) {
  const std::string& name = call.path.find("name")->second;
  if (!call.site.store.remove_share(name))
    throw Problem(404, "There is no share link \"" + name + "\". List them: candor share list");
  return json_response({{"name", name}});
}

http::Response show_shared(Call& call) {
  const store::Share& share = call.who.share.value();
  const json segment = json::parse(share.segment);
  const std::string path = segment.value("path", "");
  const rollup::DayNumber today = call.site.zone.day_of(to_ms(call.site.clock.now()));
  const auto days = static_cast<rollup::DayNumber>(segment.value("range_days", kRangeDays));
  const DayRange range{today - days + 1, today};
  json out = share.report == "article" ? article_json(call, range, path)
                                       : articles_json(call, range, path);
  out["schema"] = "candor.shared/1";
  out["report"] = share.report;
  out["site"] = call.site.settings.name;
  out["demo"] = call.site.settings.demo;
  out["from"] = rollup::format_day(range.from);
  out["to"] = rollup::format_day(range.to);
  out["zone"] = call.site.zone.name();
  out["expires_at"] = format_rfc3339(share.expires_at_ms);
  return json_response(out);
}

}  // namespace candor::api
