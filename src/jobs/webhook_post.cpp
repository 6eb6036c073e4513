#include "jobs/webhook_post.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "base/rfc3339.h"
#include "candor_version.h"
#include "jobs/webhook_signature.h"
#include "link/url.h"

namespace candor::jobs {
namespace {

using nlohmann::json;
using store::Delivery;
using store::DeliveryState;
using store::Webhook;

constexpr std::int64_t kSecondMs = 1000;
constexpr std::int64_t kMinuteMs = 60 * kSecondMs;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;
constexpr std::int64_t kDayMs = 24 * kHourMs;

/// Pauses behind the first attempt, the second, ...: in all about four days, as the specification
/// proposes.
constexpr auto kPauses = std::to_array<std::int64_t>(
    {5 * kSecondMs, 5 * kMinuteMs, 30 * kMinuteMs, 2 * kHourMs, 5 * kHourMs, 10 * kHourMs,
     14 * kHourMs, 20 * kHourMs, 24 * kHourMs, 24 * kHourMs});
/// A webhook that has not taken any message for so long is disabled.
constexpr std::int64_t kDisabledAfterMs = 5 * kDayMs;
constexpr std::int64_t kLogKeptMs = 30 * kDayMs;
constexpr std::int64_t kTimeoutMs = 15 * kSecondMs;
constexpr std::size_t kEventsAtOnce = 500;
constexpr std::size_t kDueAtOnce = 100;
constexpr std::size_t kErrorMost = 300;

constexpr auto kKinds = std::to_array<WebhookEventKind>({
    {"alert.raised", "the nightly job found something wrong that was not wrong before"},
    {"import.published", "a network's report file was imported"},
    {"import.undone", "an import was taken back"},
    {"job.troubled", "a step of a job failed, or needs a look"},
    {"link.changed", "a link was added, edited or removed"},
    {"nightly.finished", "the nightly job is through"},
    {"page.verdict_changed", "a page's disclosure was judged otherwise than before"},
});

bool wants(const Webhook& webhook, std::string_view type) {
  if (webhook.disabled_at_ms) return false;
  if (webhook.events.empty()) return true;
  std::string_view rest = webhook.events;
  while (!rest.empty()) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    if (word == type) return true;
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
  }
  return false;
}

bool is_own_host(std::string_view host) {
  return host == "localhost" || host == "[::1]" ||
         (host.find_first_not_of("0123456789.") == std::string_view::npos &&
          host.starts_with("127."));
}

/// As the store keeps it: its texts may have control characters as they are.
json object_of(std::string_view data) {
  std::string text;
  for (const char c : data) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20) {
      text += c;
      continue;
    }
    constexpr std::string_view kHex = "0123456789abcdef";
    text += "\\u00";
    text += kHex[byte >> 4];
    text += kHex[byte & 15];
  }
  json object = json::parse(text, nullptr, false);
  return object.is_object() ? object : json::object();
}

/// Of the answer's Retry-After in seconds, at most a day; 0: none.
std::int64_t asked_pause_ms(const fetch::Response& response) {
  const auto text = response.find_header("Retry-After");
  std::int64_t seconds = 0;
  if (!text) return 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), seconds);
  if (error != std::errc{} || seconds < 0) return 0;
  return std::min(seconds * kSecondMs, kDayMs);
}

}  // namespace

std::span<const WebhookEventKind> webhook_event_kinds() { return kKinds; }

std::optional<std::string> fault_of_webhook_url(std::string_view text) {
  const auto url = parse_url(text);
  if (!url) return std::string(message_of(url.error()));
  if (url->scheme == "https" || is_own_host(url->host)) return std::nullopt;
  return "must be https, or http to this machine (http://127.0.0.1:PORT/)";
}

Delivery make_delivery(const Webhook& webhook, const store::WebhookEvent& event,
                       std::int64_t now_ms, Random& random) {
  const json body{{"type", event.type},
                  {"timestamp", format_rfc3339(event.at_ms.value_or(now_ms))},
                  {"data", object_of(event.data)}};
  return {.webhook = webhook.id,
          .message_id = new_message_id(random),
          .type = event.type,
          .body = body.dump(-1, ' ', false, json::error_handler_t::replace),
          .created_at_ms = now_ms,
          .due_at_ms = now_ms};
}

WebhookPost::WebhookPost(store::WebhookStore& store, const Clock& clock, Random& random,
                         Options options, Send send)
    : store_(store),
      clock_(clock),
      random_(random),
      options_(std::move(options)),
      send_(std::move(send)) {}

std::size_t WebhookPost::run() {
  queue_events();
  const std::int64_t now = to_ms(clock_.now());
  if (now - cleaned_at_ms_ >= kDayMs) {
    store_.remove_deliveries_before(now - kLogKeptMs);
    cleaned_at_ms_ = now;
  }
  return send_due();
}

void WebhookPost::queue_events() {
  const auto events = store_.list_events(kEventsAtOnce);
  if (events.empty()) return;
  const auto webhooks = store_.list_webhooks();
  const std::int64_t now = to_ms(clock_.now());
  std::vector<Delivery> deliveries;
  for (const store::WebhookEvent& event : events)
    for (const Webhook& webhook : webhooks)
      if (wants(webhook, event.type))
        deliveries.push_back(make_delivery(webhook, event, now, random_));
  store_.queue_deliveries(deliveries, events.back().id);
}

std::size_t WebhookPost::send_due() {
  std::size_t tried = 0;
  // Who does not answer now is asked once a round, so that the others need not wait for it.
  std::set<store::WebhookId> silent;
  for (const Delivery& delivery : store_.list_due(to_ms(clock_.now()), kDueAtOnce)) {
    if (options_.give_up && options_.give_up()) break;
    if (silent.contains(delivery.webhook)) continue;
    const auto webhook = store_.find_webhook(delivery.webhook);
    if (!webhook || webhook->disabled_at_ms) continue;
    ++tried;
    if (!attempt(delivery, *webhook)) silent.insert(delivery.webhook);
  }
  return tried;
}

bool WebhookPost::attempt(Delivery delivery, Webhook webhook) {
  const auto answer = send_(request_for(delivery, webhook));
  // Stopping is nobody's fault: it goes out again after the next start.
  if (!answer && options_.give_up && options_.give_up()) return false;
  settle(delivery, webhook, answer);
  store_.save_attempt(delivery, webhook);
  return delivery.state == DeliveryState::Delivered;
}

fetch::Request WebhookPost::request_for(const Delivery& delivery, const Webhook& webhook) const {
  const std::int64_t now_s = to_ms(clock_.now()) / kSecondMs;
  fetch::Request request;
  request.method = "POST";
  request.url = webhook.url;
  request.body = delivery.body;
  request.headers = {{"Content-Type", "application/json"},
                     {"User-Agent", "Candor/" + std::string(kVersion)},
                     {"webhook-id", delivery.message_id},
                     {"webhook-timestamp", std::to_string(now_s)},
                     {"webhook-signature",
                      sign_message(webhook.secret, delivery.message_id, now_s, delivery.body)}};
  request.timeout_ms = kTimeoutMs;
  request.max_body_bytes = std::size_t{64} << 10;
  request.cancelled = options_.give_up;
  // A name may lead anywhere, and elsewhere at each look-up: what counts is the address.
  const auto url = parse_url(webhook.url);
  const bool own = url && is_own_host(url->host);
  request.public_addresses_only = !own && !options_.to_private_networks;
  return request;
}

void WebhookPost::settle(Delivery& delivery, Webhook& webhook,
                         const Result<fetch::Response, fetch::Error>& answer) const {
  const std::int64_t now = to_ms(clock_.now());
  ++delivery.attempts;
  delivery.tried_at_ms = now;
  delivery.status = answer ? answer->status : 0;
  if (answer && answer->status >= 200 && answer->status < 300) {
    delivery.state = DeliveryState::Delivered;
    delivery.error.clear();
    webhook.failing_since_ms.reset();
    return;
  }
  delivery.error = answer ? "answered " + std::to_string(answer->status)
                          : answer.error().message.substr(0, kErrorMost);
  if (!webhook.failing_since_ms) webhook.failing_since_ms = now;
  const bool gone = answer && answer->status == 410;
  if (gone || now - *webhook.failing_since_ms >= kDisabledAfterMs) webhook.disabled_at_ms = now;
  if (gone || static_cast<std::size_t>(delivery.attempts) > kPauses.size()) {
    delivery.state = DeliveryState::Failed;
    return;
  }
  const std::int64_t pause = kPauses[static_cast<std::size_t>(delivery.attempts) - 1];
  delivery.due_at_ms = now + std::max(pause, answer ? asked_pause_ms(*answer) : 0);
}

}  // namespace candor::jobs
