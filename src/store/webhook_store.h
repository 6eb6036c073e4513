#pragma once
// What the owner's other programs are told of: addresses, what happened, and the messages on their
// way. An event is written in the transaction of what happened (the database's triggers do), so
// that none is lost, whatever is killed when. Callable from any thread.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/strong_id.h"

namespace candor::store {

using WebhookId = StrongId<struct WebhookIdTag>;
using DeliveryId = StrongId<struct DeliveryIdTag>;

/// An address that is told of events.
struct Webhook {
  WebhookId id{};
  std::string url;
  std::string events;  ///< types with a blank between: "link.changed import.published"; empty: all
  std::string secret;  ///< "whsec_" and base64
  std::int64_t created_at_ms = 0;
  std::optional<std::int64_t> failing_since_ms{};  ///< nothing: the last delivery went well
  std::optional<std::int64_t> disabled_at_ms{};    ///< nothing: deliveries go out
  friend bool operator==(const Webhook&, const Webhook&) = default;
};

struct WebhookEvent {
  std::int64_t id = 0;
  std::string type;                   ///< "link.changed"
  std::optional<std::int64_t> at_ms;  ///< nothing: about when it is first looked at
  std::string data;                   ///< a JSON object
  friend bool operator==(const WebhookEvent&, const WebhookEvent&) = default;
};

enum class DeliveryState : std::uint8_t { Pending = 0, Delivered = 1, Failed = 2 };

/// One message to one webhook.
struct Delivery {
  DeliveryId id{};
  WebhookId webhook;
  std::string message_id;  ///< the same at each attempt
  std::string type;
  std::string body;
  DeliveryState state = DeliveryState::Pending;
  std::int64_t attempts = 0;
  std::int64_t created_at_ms = 0;
  std::int64_t due_at_ms = 0;  ///< of the next attempt
  std::optional<std::int64_t> tried_at_ms{};
  std::int64_t status = 0;  ///< HTTP's, of the last attempt; 0: no answer
  std::string error{};      ///< of the last attempt
  friend bool operator==(const Delivery&, const Delivery&) = default;
};

class WebhookStore {
 public:
  virtual ~WebhookStore() = default;

  virtual Webhook add_webhook(const Webhook& webhook) = 0;
  virtual std::vector<Webhook> list_webhooks() const = 0;  ///< oldest first
  virtual std::optional<Webhook> find_webhook(WebhookId id) const = 0;
  virtual bool update_webhook(const Webhook& webhook) = 0;  ///< false: it is gone
  virtual bool remove_webhook(WebhookId id) = 0;            ///< with its deliveries

  /// Kept only while some webhook is told of events.
  virtual void add_event(const WebhookEvent& event) = 0;
  /// Oldest first.
  virtual std::vector<WebhookEvent> list_events(std::size_t limit) const = 0;
  /// Queues the messages and forgets the events up to `through`, both or neither.
  virtual void queue_deliveries(const std::vector<Delivery>& deliveries, std::int64_t through) = 0;

  /// Pending, and due, to webhooks that are not disabled; the longest due first.
  virtual std::vector<Delivery> list_due(std::int64_t now_ms, std::size_t limit) const = 0;
  /// What an attempt came to, and the health of its webhook; a webhook disabled meanwhile stays so.
  virtual void save_attempt(const Delivery& delivery, const Webhook& webhook) = 0;
  virtual void update_delivery(const Delivery& delivery) = 0;
  /// Newest first, of those whose id is below.
  virtual std::vector<Delivery> list_deliveries(WebhookId webhook, std::int64_t before_id,
                                                std::size_t limit) const = 0;
  virtual std::optional<Delivery> find_delivery(DeliveryId id) const = 0;
  /// Those that are not pending.
  virtual void remove_deliveries_before(std::int64_t at_ms) = 0;
};

}  // namespace candor::store
