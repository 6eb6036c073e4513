#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

store::Webhook read_webhook(Row& row) {
  return {.id = row.id<store::WebhookId>(),
          .url = row.text(),
          .events = row.text(),
          .secret = row.text(),
          .created_at_ms = row.integer(),
          .failing_since_ms = row.optional_integer(),
          .disabled_at_ms = row.optional_integer()};
}

store::WebhookEvent read_event(Row& row) {
  return {
      .id = row.integer(), .type = row.text(), .at_ms = row.optional_integer(), .data = row.text()};
}

store::Delivery read_delivery(Row& row) {
  return {.id = row.id<store::DeliveryId>(),
          .webhook = row.id<store::WebhookId>(),
          .message_id = row.text(),
          .type = row.text(),
          .body = row.text(),
          .state = row.number<store::DeliveryState>(),
          .attempts = row.integer(),
          .created_at_ms = row.integer(),
          .due_at_ms = row.integer(),
          .tried_at_ms = row.optional_integer(),
          .status = row.integer(),
          .error = row.text()};
}

void write_delivery(Connection& connection, const store::Delivery& delivery) {
  Query(connection, sql::webhooks::update_delivery)
      .set(":state", static_cast<std::int64_t>(delivery.state))
      .set(":attempts", delivery.attempts)
      .set(":due_at_ms", delivery.due_at_ms)
      .set(":tried_at_ms", delivery.tried_at_ms)
      .set(":status", delivery.status)
      .set_view(":error", delivery.error)
      .set(":id", delivery.id)
      .run();
}

}  // namespace

store::Webhook SiteStore::add_webhook(const store::Webhook& webhook) {
  return database_.write([&](Writer& writer) {
    Query(writer.connection, sql::webhooks::insert_webhook)
        .set_view(":url", webhook.url)
        .set_view(":events", webhook.events)
        .set_view(":secret", webhook.secret)
        .set(":created_at_ms", webhook.created_at_ms)
        .run();
    store::Webhook added = webhook;
    added.id.value = writer.connection.database().getLastInsertRowid();
    return added;
  });
}

std::vector<store::Webhook> SiteStore::list_webhooks() const {
  return database_.read([](Connection& connection) {
    Query query(connection, sql::webhooks::list_webhooks);
    return read_all(query, read_webhook);
  });
}

std::optional<store::Webhook> SiteStore::find_webhook(store::WebhookId id) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::webhooks::find_webhook);
    query.set(":id", id);
    return read_first(query, read_webhook);
  });
}

bool SiteStore::update_webhook(const store::Webhook& webhook) {
  return database_.write([&](Writer& writer) {
    return Query(writer.connection, sql::webhooks::update_webhook)
               .set_view(":url", webhook.url)
               .set_view(":events", webhook.events)
               .set_view(":secret", webhook.secret)
               .set(":failing_since_ms", webhook.failing_since_ms)
               .set(":disabled_at_ms", webhook.disabled_at_ms)
               .set(":id", webhook.id)
               .run() != 0;
  });
}

bool SiteStore::remove_webhook(store::WebhookId id) {
  return database_.write([&](Writer& writer) {
    return Query(writer.connection, sql::webhooks::delete_webhook).set(":id", id).run() != 0;
  });
}

void SiteStore::add_event(const store::WebhookEvent& event) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::webhooks::insert_event)
        .set_view(":type", event.type)
        .set(":at_ms", event.at_ms)
        .set_view(":data", event.data)
        .run();
  });
}

std::vector<store::WebhookEvent> SiteStore::list_events(std::size_t limit) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::webhooks::list_events);
    query.set(":limit", row_limit(limit));
    return read_all(query, read_event);
  });
}

void SiteStore::queue_deliveries(const std::vector<store::Delivery>& deliveries,
                                 std::int64_t through) {
  database_.write([&](Writer& writer) {
    for (const store::Delivery& delivery : deliveries)
      Query(writer.connection, sql::webhooks::insert_delivery)
          .set(":webhook", delivery.webhook)
          .set_view(":message_id", delivery.message_id)
          .set_view(":type", delivery.type)
          .set_view(":body", delivery.body)
          .set(":created_at_ms", delivery.created_at_ms)
          .set(":due_at_ms", delivery.due_at_ms)
          .run();
    Query(writer.connection, sql::webhooks::delete_events).set(":through", through).run();
  });
}

std::vector<store::Delivery> SiteStore::list_due(std::int64_t now_ms, std::size_t limit) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::webhooks::list_due_deliveries);
    query.set(":now_ms", now_ms).set(":limit", row_limit(limit));
    return read_all(query, read_delivery);
  });
}

void SiteStore::save_attempt(const store::Delivery& delivery, const store::Webhook& webhook) {
  database_.write([&](Writer& writer) {
    write_delivery(writer.connection, delivery);
    Query(writer.connection, sql::webhooks::set_health)
        .set(":failing_since_ms", webhook.failing_since_ms)
        .set(":disabled_at_ms", webhook.disabled_at_ms)
        .set(":id", webhook.id)
        .run();
  });
}

void SiteStore::update_delivery(const store::Delivery& delivery) {
  database_.write([&](Writer& writer) { write_delivery(writer.connection, delivery); });
}

std::vector<store::Delivery> SiteStore::list_deliveries(store::WebhookId webhook,
                                                        std::int64_t before_id,
                                                        std::size_t limit) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::webhooks::list_deliveries);
    query.set(":webhook", webhook).set(":before", before_id).set(":limit", row_limit(limit));
    return read_all(query, read_delivery);
  });
}

std::optional<store::Delivery> SiteStore::find_delivery(store::DeliveryId id) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::webhooks::find_delivery);
    query.set(":id", id);
    return read_first(query, read_delivery);
  });
}

void SiteStore::remove_deliveries_before(std::int64_t at_ms) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::webhooks::delete_settled_deliveries)
        .set(":before_ms", at_ms)
        .run();
  });
}

}  // namespace candor::sqlite
