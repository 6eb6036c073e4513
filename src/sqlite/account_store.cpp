#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

store::User read_user(Row& row) {
  return {.id = row.id<store::UserId>(),
          .name = row.text(),
          .role = row.number<store::Role>(),
          .password_hash = row.text(),
          .totp_secret = row.text(),
          .totp_pending = row.text(),
          .totp_step = row.integer(),
          .created_at_ms = row.integer(),
          .email = row.text()};
}

std::optional<store::User> user_by_id(Connection& connection, store::UserId id) {
  Query query(connection, sql::accounts::find_user_by_id);
  query.set(":id", id);
  return read_first(query, read_user);
}

std::int64_t integer_of(Query& query) {
  return read_first(query, [](Row& row) { return row.integer(); }).value_or(0);
}

/// Whether the site would be without one if this user were none.
bool is_last_owner(Connection& connection, store::UserId id) {
  const auto user = user_by_id(connection, id);
  if (!user || user->role != store::Role::Owner) return false;
  Query count(connection, sql::accounts::count_owners);
  return integer_of(count) == 1;
}

}  // namespace

std::optional<store::User> SiteStore::find_user(store::UserId id) const {
  return database_.read([&](Connection& connection) { return user_by_id(connection, id); });
}

std::optional<store::User> SiteStore::find_user(std::string_view name) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::accounts::find_user_by_name);
    query.set(":name", name);
    return read_first(query, read_user);
  });
}

std::vector<store::User> SiteStore::list_users() const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::accounts::list_users);
    return read_all(query, read_user);
  });
}

std::optional<store::User> SiteStore::add_user(std::string_view name, store::Role role,
                                               std::int64_t now_ms) {
  const bool added = database_.write([&](Writer& writer) {
    return Query(writer.connection, sql::accounts::insert_user)
               .set(":name", name)
               .set(":role", static_cast<std::int64_t>(role))
               .set(":created_at_ms", now_ms)
               .run() != 0;
  });
  return added ? find_user(name) : std::nullopt;
}

bool SiteStore::set_role(store::UserId id, store::Role role) {
  return database_.write([&](Writer& writer) {
    if (role != store::Role::Owner && is_last_owner(writer.connection, id)) return false;
    Query(writer.connection, sql::accounts::set_role)
        .set(":role", static_cast<std::int64_t>(role))
        .set(":id", id)
        .run();
    return true;
  });
}

bool SiteStore::remove_user(store::UserId id) {
  return database_.write([&](Writer& writer) {
    if (is_last_owner(writer.connection, id)) return false;
    Query(writer.connection, sql::accounts::delete_user).set(":id", id).run();
    return true;
  });
}

void SiteStore::set_password_hash(store::UserId id, std::string_view hash) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::accounts::set_password_hash)
        .set(":password_hash", hash)
        .set(":id", id)
        .run();
  });
}

void SiteStore::set_email(store::UserId id, std::string_view email) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::accounts::set_email).set(":email", email).set(":id", id).run();
  });
}

void SiteStore::set_totp(store::UserId id, std::string_view secret, std::string_view pending) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::accounts::set_totp)
        .set(":totp_secret", secret)
        .set(":totp_pending", pending)
        .set(":id", id)
        .run();
  });
}

bool SiteStore::use_totp_step(store::UserId id, std::int64_t step) {
  return database_.write([&](Writer& writer) {
    return Query(writer.connection, sql::accounts::use_totp_step)
               .set(":totp_step", step)
               .set(":id", id)
               .run() != 0;
  });
}

void SiteStore::set_recovery_codes(store::UserId id, const std::vector<std::string>& code_hashes) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::accounts::delete_recovery_codes).set(":user", id).run();
    for (const std::string& hash : code_hashes)
      Query(writer.connection, sql::accounts::insert_recovery_code)
          .set(":user", id)
          .set_view(":code_hash", hash)
          .run();
  });
}

bool SiteStore::take_recovery_code(store::UserId id, std::string_view code_hash) {
  return database_.write([&](Writer& writer) {
    return Query(writer.connection, sql::accounts::take_recovery_code)
               .set(":user", id)
               .set(":code_hash", code_hash)
               .run() != 0;
  });
}

std::size_t SiteStore::count_recovery_codes(store::UserId id) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::accounts::count_recovery_codes);
    query.set(":user", id);
    return static_cast<std::size_t>(integer_of(query));
  });
}

}  // namespace candor::sqlite
