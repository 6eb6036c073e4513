// Amazon's tracking IDs of single articles: which deserve one, which have one, and what Amazon
// counted of them beside us.
#include <algorithm>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

#include "api/attribution_json.h"
#include "api/members.h"
#include "api/problem.h"
#include "api/routes.h"
#include "attribution/tag_plan.h"
#include "networks/tracking_id.h"

namespace candor::api {
namespace {

using nlohmann::json;

constexpr std::string_view kAmazon = "amazon";
constexpr rollup::DayNumber kPlanDays = 365;

std::vector<store::OwnerRule> page_tags(const store::Store& store) {
  auto rules = store.list_owner_rules();
  std::erase_if(rules, [](const store::OwnerRule& rule) { return !rule.page_tag; });
  return rules;
}

/// Human clicks on Amazon's links by article, days included.
std::map<std::string, std::int64_t> count_clicks(const Call& call, rollup::DayNumber from,
                                                 rollup::DayNumber to) {
  store::SliceQuestion question{.from = from, .to = to};
  question.by = {rollup::SliceDimension::Article};
  question.filters = {{rollup::SliceDimension::Network, {std::string(kAmazon)}}};
  std::map<std::string, std::int64_t> clicks;
  for (const auto& row : call.site.store.slice_clicks(question, call.site.zone))
    clicks[row.keys.front()] = row.clicks;
  return clicks;
}

std::vector<attribution::TagCandidate> read_candidates(const Call& call) {
  const store::Store& store = call.site.store;
  const rollup::DayNumber today = call.site.zone.day_of(to_ms(call.site.clock.now()));
  const rollup::DayNumber first = today - kPlanDays + 1;
  const auto clicks = count_clicks(call, first, today);
  std::map<std::int64_t, attribution::TagCandidate> candidates;
  for (const store::Article& article : store.list_articles()) {
    const auto counted = clicks.find(article.path);
    candidates[article.id.value] = {
        article.id, article.path, {}, counted == clicks.end() ? 0 : counted->second, {}};
  }
  for (const store::ArticleMoney& money :
       store.list_article_money(kAmazon, call.site.zone.start_of(first)))
    if (const auto at = candidates.find(money.article.value); at != candidates.end())
      at->second.money.push_back(money.amount);
  for (const store::OwnerRule& rule : page_tags(store))
    if (const auto at = candidates.find(rule.rule.article.value); at != candidates.end())
      at->second.tag = rule.rule.text;
  std::vector<attribution::TagCandidate> out;
  for (auto& [id, candidate] : candidates) out.push_back(std::move(candidate));
  return out;
}

/// Tags of Amazon that anything of the site tells of: rules, links, Amazon's own reports.
std::size_t count_tags(const store::Store& store) {
  std::set<std::string> tags;
  for (const store::LabelRule& rule : store.list_label_rules())
    if (rule.kind == "tag" && (rule.network.empty() || rule.network == kAmazon))
      tags.insert(rule.text);
  for (const store::CountedClicks& tag : store.list_tag_clicks(kAmazon)) tags.insert(tag.name);
  for (const store::LinkTarget& link : store.list_link_targets())
    if (link.network == kAmazon) tags.emplace(networks::tracking_id_of(link.destination));
  tags.erase("");
  return tags.size();
}

json money_json(const std::vector<Money>& amounts) {
  json out = json::array();
  for (const Money& amount : amounts)
    out.push_back({{"commission_micro", amount.micro_units}, {"currency", amount.currency.text()}});
  return out;
}

json day_json(std::optional<rollup::DayNumber> day) {
  return day ? json(rollup::format_day(*day)) : json(nullptr);
}

json counted_json(const char* name, const store::CountedClicks& counted) {
  return {{name, counted.name},
          {"amazon_clicks", counted.clicks},
          {"from", day_json(counted.from_day)},
          {"to", day_json(counted.to_day)}};
}

/// What Amazon counted of each tag, beside our clicks of the same days on its article.
json tags_json(const Call& call) {
  const store::Store& store = call.site.store;
  std::map<std::string, ArticleId> owners;
  for (const store::LabelRule& rule : store.list_label_rules())
    if (rule.kind == "tag" && (rule.network.empty() || rule.network == kAmazon))
      owners.emplace(rule.text, rule.article);
  json out = json::array();
  for (const store::CountedClicks& counted : store.list_tag_clicks(kAmazon)) {
    json each = counted_json("tag", counted);
    const auto owner = owners.find(counted.name);
    each["article"] =
        owner == owners.end() ? json(nullptr) : article_path_json(store, owner->second);
    each["clicks"] = nullptr;
    if (each.at("article").is_string() && counted.from_day && counted.to_day) {
      const auto ours = count_clicks(call, *counted.from_day, *counted.to_day);
      const auto at = ours.find(each.at("article").get<std::string>());
      each["clicks"] = at == ours.end() ? 0 : at->second;
    }
    out.push_back(std::move(each));
  }
  return out;
}

}  // namespace

http::Response plan_tags(Call& call) {
  const store::Store& store = call.site.store;
  const auto limit = static_cast<std::size_t>(call.site.amazon_tags);
  const std::size_t in_use = count_tags(store);
  json data = json::array();
  for (const auto& advice : attribution::plan_tags(read_candidates(call), in_use, limit))
    data.push_back(
        {{"article", advice.candidate.path},
         {"tag", advice.candidate.tag.empty() ? json(nullptr) : json(advice.candidate.tag)},
         {"deserves_tag", advice.deserves},
         {"amounts", money_json(advice.candidate.money)},
         {"clicks", advice.candidate.clicks}});
  json link_types = json::array();
  for (const store::CountedClicks& counted : store.list_link_type_clicks(kAmazon))
    link_types.push_back(counted_json("kind", counted));
  return json_response({{"schema", "candor.revenue.tags/1"},
                        {"limit", limit},
                        {"in_use", in_use},
                        {"days", kPlanDays},
                        {"data", std::move(data)},
                        {"tags", tags_json(call)},
                        {"link_types", std::move(link_types)}});
}

http::Response assign_tag(Call& call) {
  const json body = read_body(call, "A tag", {"article", "tag"});
  const std::string tag = text_member(body, "tag");
  if (!networks::is_tracking_id(tag))
    throw Problem(422, "\"" + tag + "\" is no tracking ID as Amazon makes them: mysite-kettles-20",
                  "tag");
  const ArticleId article = article_member(call, body);
  const std::scoped_lock lock(call.site.nightly_mutex);
  store::OwnerRule rule;
  rule.rule = {std::string(kAmazon), "tag", tag, article};
  rule.page_tag = true;
  rule.added_at_ms = to_ms(call.site.clock.now());
  if (!call.site.store.add_owner_rule(rule))
    throw Problem(409,
                  "The tag or the article is assigned already. candor revenue rule list shows it; "
                  "candor revenue tags release takes a tag back.",
                  "tag");
  return json_response({{"article", article_path_json(call.site.store, article)},
                        {"tag", tag},
                        {"rebooked", attribute_again(call)}},
                       201);
}

http::Response release_tag(Call& call) {
  const std::string& tag = call.path.find("tag")->second;
  const std::scoped_lock lock(call.site.nightly_mutex);
  const auto tags = page_tags(call.site.store);
  const auto found = std::ranges::find_if(
      tags, [&](const store::OwnerRule& rule) { return rule.rule.text == tag; });
  if (found == tags.end())
    throw Problem(404, "No article has the tag \"" + tag + "\" of its own.", "tag");
  call.site.store.remove_owner_rule(found->id);
  return json_response({{"released", tag}, {"rebooked", attribute_again(call)}});
}

}  // namespace candor::api
