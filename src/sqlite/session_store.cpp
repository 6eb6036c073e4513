#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

store::Session read_session(Row& row) {
  return {.token_hash = row.text(),
          .user = row.id<store::UserId>(),
          .created_at_ms = row.integer(),
          .seen_at_ms = row.integer(),
          .by_link = row.integer() != 0,
          .address = row.text(),
          .agent = row.text()};
}

}  // namespace

void SiteStore::add_one_time_token(const store::OneTimeToken& token) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::accounts::insert_one_time_token)
        .set_view(":token_hash", token.token_hash)
        .set(":user", token.user)
        .set(":expires_at_ms", token.expires_at_ms)
        .set(":from_terminal", std::int64_t{token.from_terminal})
        .run();
  });
}

std::optional<store::OneTimeToken> SiteStore::find_one_time_token(
    std::string_view token_hash) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::accounts::find_one_time_token);
    query.set(":token_hash", token_hash);
    return read_first(query, [](Row& row) {
      return store::OneTimeToken{.token_hash = row.text(),
                                 .user = row.id<store::UserId>(),
                                 .expires_at_ms = row.integer(),
                                 .from_terminal = row.integer() != 0};
    });
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

void SiteStore::remove_one_time_tokens_of(store::UserId user) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::accounts::delete_one_time_tokens_of_user)
        .set(":user", user)
        .run();
  });
}

void SiteStore::add_session(const store::Session& session) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::accounts::insert_session)
        .set_view(":token_hash", session.token_hash)
        .set(":user", session.user)
        .set(":created_at_ms", session.created_at_ms)
        .set(":seen_at_ms", session.seen_at_ms)
        .set(":by_link", std::int64_t{session.by_link})
        .set_view(":address", session.address)
        .set_view(":agent", session.agent)
        .run();
  });
}

std::optional<store::Session> SiteStore::find_session(std::string_view token_hash) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::accounts::find_session);
    query.set(":token_hash", token_hash);
    return read_first(query, read_session);
  });
}

std::vector<store::Session> SiteStore::list_sessions() const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::accounts::list_sessions);
    return read_all(query, read_session);
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

void SiteStore::remove_sessions_of(store::UserId user, std::string_view but_token_hash) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::accounts::delete_sessions_of_user)
        .set(":user", user)
        .set(":but_token_hash", but_token_hash)
        .run();
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

}  // namespace candor::sqlite
