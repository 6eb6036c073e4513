// Webhooks: which addresses are told of events, and what they were told.
#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>
#include <vector>

#include "api/members.h"
#include "api/paging.h"
#include "api/problem.h"
#include "api/routes.h"
#include "base/rfc3339.h"
#include "jobs/webhook_post.h"
#include "jobs/webhook_signature.h"

namespace candor::api {
namespace {

using nlohmann::json;

constexpr std::size_t kMostWebhooks = 20;

json time_or_null(std::optional<std::int64_t> at_ms) {
  return at_ms ? json(format_rfc3339(*at_ms)) : json();
}

json words_of(std::string_view text) {
  json words = json::array();
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    words.push_back(word);
    text.remove_prefix(std::min(text.size(), word.size() + 1));
  }
  return words;
}

json webhook_json(const store::Webhook& webhook) {
  return {{"id", webhook.id.value},
          {"url", webhook.url},
          {"events", words_of(webhook.events)},
          {"enabled", !webhook.disabled_at_ms},
          {"created_at", format_rfc3339(webhook.created_at_ms)},
          {"failing_since", time_or_null(webhook.failing_since_ms)},
          {"disabled_at", time_or_null(webhook.disabled_at_ms)}};
}

json delivery_json(const store::Delivery& delivery) {
  constexpr std::array<const char*, 3> kStates{"pending", "delivered", "failed"};
  const bool pending = delivery.state == store::DeliveryState::Pending;
  return {{"id", delivery.id.value},
          {"message_id", delivery.message_id},
          {"type", delivery.type},
          {"state", kStates.at(static_cast<std::size_t>(delivery.state))},
          {"attempts", delivery.attempts},
          {"created_at", format_rfc3339(delivery.created_at_ms)},
          {"due_at", pending ? json(format_rfc3339(delivery.due_at_ms)) : json()},
          {"tried_at", time_or_null(delivery.tried_at_ms)},
          {"status", delivery.status == 0 ? json() : json(delivery.status)},
          {"error", delivery.error},
          {"body", delivery.body}};
}

/// An answer that shows a secret is kept by nobody.
http::Response secret_response(json body, const std::string& secret, int status) {
  if (!secret.empty()) body["secret"] = secret;
  http::Response response = json_response(body, status);
  response.headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}};
  return response;
}

std::int64_t path_number(const Call& call, std::string_view name) {
  const std::string& text = call.path.find(name)->second;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return 0;
  return number;
}

store::Webhook existing(const Call& call) {
  const auto webhook = call.site.store.find_webhook({path_number(call, "id")});
  if (!webhook)
    throw Problem(
        404,
        "There is no webhook " + call.path.find("id")->second + ". List them: candor webhook list",
        "id");
  return *webhook;
}

store::Delivery existing_delivery(const Call& call, store::WebhookId webhook) {
  const auto delivery = call.site.store.find_delivery({path_number(call, "delivery")});
  if (!delivery || delivery->webhook != webhook)
    throw Problem(404, "The webhook was sent no such message.", "delivery");
  return *delivery;
}

std::string known_types() {
  std::string all;
  for (const auto& kind : jobs::webhook_event_kinds())
    all += (all.empty() ? "" : ", ") + std::string(kind.type);
  return all;
}

/// Types with blanks between, each once.
std::string read_events(const json& given) {
  if (given.is_null()) return {};
  if (!given.is_array())
    throw Problem(422, "events is a list of types: " + known_types() + ".", "events");
  std::vector<std::string> types;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string type = given[i].is_string() ? given[i].get<std::string>() : given[i].dump();
    if (std::ranges::find(jobs::webhook_event_kinds(), type, &jobs::WebhookEventKind::type) ==
        jobs::webhook_event_kinds().end())
      throw Problem(422, "\"" + type + "\" is nothing to be told of: " + known_types() + ".",
                    "events[" + std::to_string(i) + "]");
    if (std::ranges::find(types, type) == types.end()) types.push_back(type);
  }
  std::string joined;
  for (const std::string& type : types) joined += (joined.empty() ? "" : " ") + type;
  return joined;
}

void read_members(const Call& call, const json& body, store::Webhook& webhook) {
  if (body.contains("url")) {
    webhook.url = text_member(body, "url");
    if (const auto fault = jobs::fault_of_webhook_url(webhook.url))
      throw Problem(422, "url: " + *fault + ".", "url");
  }
  if (body.contains("events")) webhook.events = read_events(body.at("events"));
  if (!body.contains("enabled")) return;
  webhook.failing_since_ms.reset();
  if (flag_member(body, "enabled"))
    webhook.disabled_at_ms.reset();
  else if (!webhook.disabled_at_ms)
    webhook.disabled_at_ms = to_ms(call.site.clock.now());
}

}  // namespace

http::Response list_webhooks(Call& call) {
  json data = json::array();
  for (const store::Webhook& webhook : call.site.store.list_webhooks())
    data.push_back(webhook_json(webhook));
  json types = json::array();
  for (const auto& kind : jobs::webhook_event_kinds())
    types.push_back({{"type", kind.type}, {"meaning", kind.meaning}});
  return json_response({{"schema", "candor.webhook.list/1"},
                        {"data", std::move(data)},
                        {"types", std::move(types)}});
}

http::Response add_webhook(Call& call) {
  const json body = read_body(call, "A webhook", {"url", "events", "enabled"});
  if (!body.contains("url")) throw Problem(422, "url is missing: where the messages go.", "url");
  if (call.site.store.list_webhooks().size() >= kMostWebhooks)
    throw Problem(409, "There are " + std::to_string(kMostWebhooks) +
                           " webhooks already. Remove one: candor webhook remove ID");
  store::Webhook webhook;
  webhook.created_at_ms = to_ms(call.site.clock.now());
  webhook.secret = jobs::new_webhook_secret(call.site.random);
  read_members(call, body, webhook);
  const auto disabled = webhook.disabled_at_ms;
  webhook = call.site.store.add_webhook(webhook);
  if (disabled) call.site.store.update_webhook(webhook);
  call.note.subject = webhook.url;
  return secret_response(webhook_json(webhook), webhook.secret, 201);
}

http::Response show_webhook(Call& call) { return json_response(webhook_json(existing(call))); }

http::Response edit_webhook(Call& call) {
  const json body = read_body(call, "A webhook", {"url", "events", "enabled", "new_secret"});
  store::Webhook webhook = existing(call);
  const json before = webhook_json(webhook);
  read_members(call, body, webhook);
  std::string shown;
  if (flag_member(body, "new_secret"))
    shown = webhook.secret = jobs::new_webhook_secret(call.site.random);
  if (!call.site.store.update_webhook(webhook)) throw Problem(404, "The webhook is gone.", "id");
  const json after = webhook_json(webhook);
  json changes = json::object();
  for (const auto& [name, value] : after.items())
    if (before.at(name) != value) changes[name] = {{"from", before.at(name)}, {"to", value}};
  call.note.changes = changes.dump();
  return secret_response(after, shown, 200);
}

http::Response remove_webhook(Call& call) {
  const store::Webhook webhook = existing(call);
  call.site.store.remove_webhook(webhook.id);
  return json_response(webhook_json(webhook));
}

http::Response test_webhook(Call& call) {
  refuse_members(call, "A test");
  const store::Webhook webhook = existing(call);
  if (webhook.disabled_at_ms)
    throw Problem(409, "The webhook is disabled. Enable it first: candor webhook enable " +
                           std::to_string(webhook.id.value));
  const store::WebhookEvent event{
      .type = "webhook.test",
      .at_ms = to_ms(call.site.clock.now()),
      .data = json({{"site", call.site.settings.name}, {"webhook", webhook.id.value}}).dump()};
  const store::Delivery made = jobs::make_delivery(webhook, event, *event.at_ms, call.site.random);
  call.site.store.queue_deliveries({made}, 0);
  for (const store::Delivery& each :
       call.site.store.list_deliveries(webhook.id, std::numeric_limits<std::int64_t>::max(), 100))
    if (each.message_id == made.message_id) return json_response(delivery_json(each), 201);
  throw Problem(404, "The webhook is gone.", "id");
}

http::Response list_deliveries(Call& call) {
  const store::Webhook webhook = existing(call);
  const std::int64_t limit = call.query_number("limit", 50, 1000);
  auto deliveries = call.site.store.list_deliveries(webhook.id, before_of(call),
                                                    static_cast<std::size_t>(limit) + 1);
  const bool more = cut_to(deliveries, limit);
  json data = json::array();
  for (const store::Delivery& each : deliveries) data.push_back(delivery_json(each));
  return page_response(call,
                       {{"schema", "candor.webhook.deliveries/1"},
                        {"data", std::move(data)},
                        {"next", more ? json(std::to_string(deliveries.back().id.value)) : json()}},
                       "before");
}

http::Response redeliver(Call& call) {
  refuse_members(call, "Sending again");
  const store::Webhook webhook = existing(call);
  store::Delivery delivery = existing_delivery(call, webhook.id);
  delivery.state = store::DeliveryState::Pending;
  delivery.attempts = 0;
  delivery.due_at_ms = to_ms(call.site.clock.now());
  call.site.store.update_delivery(delivery);
  return json_response(delivery_json(delivery));
}

}  // namespace candor::api
