#pragma once
// Events on their way to the owner's other programs: put into a message for each webhook that wants
// them, sent, tried again with growing pauses, given up after days. A message goes out at least
// once, under one id, whatever is killed when; its receiver knows it by that id.
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/random.h"
#include "fetch/client.h"
#include "store/webhook_store.h"

namespace candor::jobs {

/// "link.changed", ..., each with what it is; "webhook.test" is sent when asked for only.
struct WebhookEventKind {
  std::string_view type;
  std::string_view meaning;
};
std::span<const WebhookEventKind> webhook_event_kinds();

/// Nothing when a webhook may have this address, else what is wrong with it. https, or http to this
/// machine by its name localhost or its address.
std::optional<std::string> fault_of_webhook_url(std::string_view url);

/// The message of an event, not queued yet.
store::Delivery make_delivery(const store::Webhook& webhook, const store::WebhookEvent& event,
                              std::int64_t now_ms, Random& random);

class WebhookPost {
 public:
  using Send = std::function<Result<fetch::Response, fetch::Error>(const fetch::Request&)>;

  struct Options {
    bool to_private_networks = false;         ///< beyond public addresses and this machine's own
    std::function<bool()> give_up = nullptr;  ///< true: requests under way are broken off
  };

  /// One thread at a time. `send` stands for the network in tests.
  WebhookPost(store::WebhookStore& store, const Clock& clock, Random& random, Options options,
              Send send);

  /// Queues what happened, and sends what is due; how many messages were tried.
  std::size_t run();

 private:
  void queue_events();
  std::size_t send_due();
  /// Whether the message was delivered.
  bool attempt(store::Delivery delivery, store::Webhook webhook);
  fetch::Request request_for(const store::Delivery& delivery, const store::Webhook& webhook) const;
  void settle(store::Delivery& delivery, store::Webhook& webhook,
              const Result<fetch::Response, fetch::Error>& answer) const;

  store::WebhookStore& store_;
  const Clock& clock_;
  Random& random_;
  Options options_;
  Send send_;
  std::int64_t cleaned_at_ms_ = 0;
};

}  // namespace candor::jobs
