// The owner's rules: whose sub-id or tag it is. Booked commissions follow them at once.
#include <algorithm>
#include <charconv>
#include <mutex>
#include <nlohmann/json.hpp>
#include <tuple>

#include "api/attribution_json.h"
#include "api/members.h"
#include "api/problem.h"
#include "api/routes.h"
#include "base/rfc3339.h"
#include "jobs/attribute.h"
#include "pages/page_processor.h"
#include "store/errors.h"

namespace candor::api {

using nlohmann::json;

json article_path_json(const store::Store& store, ArticleId id) {
  const auto article = id ? store.find_article(id) : std::nullopt;
  return article ? json(article->path) : json(nullptr);
}

json attribute_again(Call& call) {
  try {
    const auto summary =
        jobs::attribute(call.site.store, {call.site.keys, call.site.settings.hosts,
                                          call.site.nightly.model, to_ms(call.site.clock.now())});
    call.site.store.pack_money(call.site.zone);
    return summary.rebooked;
  } catch (const store::Stopped&) {
    return nullptr;  // the next import or nightly run does the rest
  }
}

std::int64_t path_number(const Call& call, std::string_view name) {
  const std::string& text = call.path.find(name)->second;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number <= 0)
    throw Problem(422, "\"" + text + "\" is no number of one.", std::string(name));
  return number;
}

ArticleId article_member(const Call& call, const json& body) {
  const std::string path = pages::url_path(text_member(body, "article"));
  const auto article = call.site.store.find_article(std::string_view(path));
  if (!article)
    throw Problem(422,
                  "There is no article \"" + path +
                      "\". candor report articles lists them; candor inject or audit makes a "
                      "page known.",
                  "article");
  return article->id;
}

namespace {

json rule_json(const store::Store& store, const store::LabelRule& rule) {
  return {{"network", rule.network},
          {"kind", rule.kind},
          {"text", rule.text},
          {"article", article_path_json(store, rule.article)}};
}

json owner_rule_json(const store::Store& store, const store::OwnerRule& rule) {
  json out = rule_json(store, rule.rule);
  out["id"] = rule.id;
  out["source"] = "owner";
  out["page_tag"] = rule.page_tag;
  out["added_at"] = format_rfc3339(rule.added_at_ms);
  return out;
}

json config_rule_json(const store::Store& store, const store::LabelRule& rule) {
  json out = rule_json(store, rule);
  out["id"] = nullptr;
  out["source"] = "config";
  out["page_tag"] = false;
  out["added_at"] = nullptr;
  return out;
}

store::LabelRule read_rule(const Call& call, const json& body) {
  store::LabelRule rule;
  rule.network = text_member(body, "network");
  rule.kind = text_member(body, "kind");
  rule.text = text_member(body, "text");
  if (rule.kind.empty()) rule.kind = "sub-id";
  if (rule.kind != "sub-id" && rule.kind != "tag")
    throw Problem(422, "The kind is \"sub-id\" or \"tag\".", "kind");
  if (rule.text.empty())
    throw Problem(422, "The text is missing: the sub-id or tag as the network returns it.", "text");
  rule.article = article_member(call, body);
  return rule;
}

}  // namespace

http::Response list_rules(Call& call) {
  const store::Store& store = call.site.store;
  json data = json::array();
  const auto owners = store.list_owner_rules();
  for (const store::OwnerRule& rule : owners) data.push_back(owner_rule_json(store, rule));
  for (const store::LabelRule& rule : store.list_label_rules()) {
    const bool is_owners = std::ranges::any_of(owners, [&](const store::OwnerRule& each) {
      return std::tie(each.rule.network, each.rule.kind, each.rule.text) ==
             std::tie(rule.network, rule.kind, rule.text);
    });
    if (!is_owners) data.push_back(config_rule_json(store, rule));
  }
  return json_response({{"schema", "candor.revenue.rules/1"}, {"data", std::move(data)}});
}

http::Response add_rule(Call& call) {
  const json body = read_body(call, "A rule", {"network", "kind", "text", "article"});
  store::OwnerRule rule;
  rule.rule = read_rule(call, body);
  rule.added_at_ms = to_ms(call.site.clock.now());
  const std::scoped_lock lock(call.site.nightly_mutex);
  const auto id = call.site.store.add_owner_rule(rule);
  if (!id)
    throw Problem(409,
                  "There is a rule for \"" + rule.rule.text +
                      "\" already. Remove it first: candor revenue rule list",
                  "text");
  rule.id = *id;
  json out = owner_rule_json(call.site.store, rule);
  out["rebooked"] = attribute_again(call);
  return json_response(out, 201);
}

http::Response remove_rule(Call& call) {
  const std::int64_t id = path_number(call, "id");
  const std::scoped_lock lock(call.site.nightly_mutex);
  if (!call.site.store.remove_owner_rule(id))
    throw Problem(404,
                  "There is no rule " + std::to_string(id) +
                      " of yours. candor revenue rule list shows them; those without an id stand "
                      "in candor.toml.",
                  "id");
  return json_response({{"removed", id}, {"rebooked", attribute_again(call)}});
}

}  // namespace candor::api
