#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

store::ApiToken read_api_token(Row& row) {
  return {.name = row.text(),
          .token_hash = row.text(),
          .scope = row.text(),
          .created_at_ms = row.integer(),
          .used_at_ms = row.optional_integer(),
          .expires_at_ms = row.optional_integer()};
}

store::Share read_share(Row& row) {
  return {.name = row.text(),
          .key_hash = row.text(),
          .report = row.text(),
          .segment = row.text(),
          .created_at_ms = row.integer(),
          .expires_at_ms = row.integer(),
          .used_at_ms = row.optional_integer()};
}

}  // namespace

bool SiteStore::add_api_token(const store::ApiToken& token) {
  return database_.write([&](Writer& writer) {
    return Query(writer.connection, sql::accounts::insert_api_token)
               .set_view(":name", token.name)
               .set_view(":token_hash", token.token_hash)
               .set_view(":scope", token.scope)
               .set(":created_at_ms", token.created_at_ms)
               .set(":expires_at_ms", token.expires_at_ms)
               .run() != 0;
  });
}

std::optional<store::ApiToken> SiteStore::find_api_token(std::string_view token_hash) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::accounts::find_api_token);
    query.set(":token_hash", token_hash);
    return read_first(query, read_api_token);
  });
}

std::vector<store::ApiToken> SiteStore::list_api_tokens() const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::accounts::list_api_tokens);
    return read_all(query, read_api_token);
  });
}

void SiteStore::touch_api_token(std::string_view token_hash, std::int64_t used_at_ms) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::accounts::touch_api_token)
        .set(":token_hash", token_hash)
        .set(":used_at_ms", used_at_ms)
        .run();
  });
}

bool SiteStore::remove_api_token(std::string_view name) {
  return database_.write([&](Writer& writer) {
    return Query(writer.connection, sql::accounts::delete_api_token).set(":name", name).run() != 0;
  });
}

bool SiteStore::add_share(const store::Share& share) {
  return database_.write([&](Writer& writer) {
    return Query(writer.connection, sql::accounts::insert_share)
               .set_view(":name", share.name)
               .set_view(":key_hash", share.key_hash)
               .set_view(":report", share.report)
               .set_view(":segment", share.segment)
               .set(":created_at_ms", share.created_at_ms)
               .set(":expires_at_ms", share.expires_at_ms)
               .run() != 0;
  });
}

std::optional<store::Share> SiteStore::find_share(std::string_view key_hash) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::accounts::find_share);
    query.set(":key_hash", key_hash);
    return read_first(query, read_share);
  });
}

std::vector<store::Share> SiteStore::list_shares() const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::accounts::list_shares);
    return read_all(query, read_share);
  });
}

void SiteStore::touch_share(std::string_view key_hash, std::int64_t used_at_ms) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::accounts::touch_share)
        .set(":used_at_ms", used_at_ms)
        .set(":key_hash", key_hash)
        .run();
  });
}

bool SiteStore::remove_share(std::string_view name) {
  return database_.write([&](Writer& writer) {
    return Query(writer.connection, sql::accounts::delete_share).set(":name", name).run() != 0;
  });
}

}  // namespace candor::sqlite
