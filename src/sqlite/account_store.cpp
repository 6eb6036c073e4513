#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

constexpr std::string_view kOwner = "owner";

store::ApiToken read_api_token(Row& row) {
  return {.name = row.text(),
          .token_hash = row.text(),
          .scope = row.text(),
          .created_at_ms = row.integer(),
          .used_at_ms = row.optional_integer()};
}

}  // namespace

std::optional<std::string> SiteStore::owner_password_hash() const {
  return database_.read([](Connection& connection) {
    Query query(connection, sql::accounts::find_password_hash);
    query.set(":role", kOwner);
    return read_first(query, [](Row& row) { return row.text(); });
  });
}

void SiteStore::set_owner_password_hash(std::string_view hash) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::accounts::set_password_hash)
        .set(":role", kOwner)
        .set(":password_hash", hash)
        .run();
  });
}

void SiteStore::add_one_time_token(std::string_view token_hash, std::int64_t expires_at_ms) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::accounts::insert_one_time_token)
        .set(":token_hash", token_hash)
        .set(":expires_at_ms", expires_at_ms)
        .run();
  });
}

bool SiteStore::take_one_time_token(std::string_view token_hash, std::int64_t now_ms) {
  return database_.write([&](Writer& writer) {
    Query take(writer.connection, sql::accounts::take_one_time_token);
    take.set(":token_hash", token_hash);
    const auto expires_at_ms = read_first(take, [](Row& row) { return row.integer(); });
    Query(writer.connection, sql::accounts::delete_expired_tokens).set(":now_ms", now_ms).run();
    return expires_at_ms && now_ms < *expires_at_ms;
  });
}

void SiteStore::add_session(const store::Session& session) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::accounts::insert_session)
        .set_view(":token_hash", session.token_hash)
        .set(":created_at_ms", session.created_at_ms)
        .set(":seen_at_ms", session.seen_at_ms)
        .run();
  });
}

std::optional<store::Session> SiteStore::find_session(std::string_view token_hash) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::accounts::find_session);
    query.set(":token_hash", token_hash);
    return read_first(query, [](Row& row) {
      return store::Session{
          .token_hash = row.text(), .created_at_ms = row.integer(), .seen_at_ms = row.integer()};
    });
  });
}

void SiteStore::touch_session(std::string_view token_hash, std::int64_t seen_at_ms) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::accounts::touch_session)
        .set(":token_hash", token_hash)
        .set(":seen_at_ms", seen_at_ms)
        .run();
  });
}

void SiteStore::remove_session(std::string_view token_hash) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::accounts::delete_session).set(":token_hash", token_hash).run();
  });
}

void SiteStore::remove_sessions_before(std::int64_t created_before_ms,
                                       std::int64_t seen_before_ms) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::accounts::delete_sessions_before)
        .set(":created_before_ms", created_before_ms)
        .set(":seen_before_ms", seen_before_ms)
        .run();
  });
}

bool SiteStore::add_api_token(const store::ApiToken& token) {
  return database_.write([&](Writer& writer) {
    return Query(writer.connection, sql::accounts::insert_api_token)
               .set_view(":name", token.name)
               .set_view(":token_hash", token.token_hash)
               .set_view(":scope", token.scope)
               .set(":created_at_ms", token.created_at_ms)
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

}  // namespace candor::sqlite
