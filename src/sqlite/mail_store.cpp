#include <sstream>

#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(std::move(word));
  return words;
}

std::string with_blanks(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

store::Mail read_mail(Row& row) {
  return {.id = row.integer(),
          .key = row.text(),
          .from = row.text(),
          .to = words_of(row.text()),
          .message = row.text(),
          .created_at_ms = row.integer(),
          .delivered_at_ms = row.optional_integer(),
          .attempts = row.integer(),
          .error = row.text()};
}

void write_marks(Connection& connection, const std::vector<store::Mark>& marks) {
  for (const store::Mark& mark : marks)
    Query(connection, sql::marks::set_mark).set(":name", mark.name).set(":value", mark.value).run();
}

}  // namespace

bool SiteStore::add_mail(const store::Mail& mail, const std::vector<store::Mark>& marks) {
  return database_.write([&](Writer& writer) {
    const bool added = Query(writer.connection, sql::outbox::insert_mail)
                           .set(":key", mail.key)
                           .set(":sender", mail.from)
                           .set(":recipients", with_blanks(mail.to))
                           .set_view(":message", mail.message)
                           .set(":created_at_ms", mail.created_at_ms)
                           .run() != 0;
    if (added) write_marks(writer.connection, marks);
    return added;
  });
}

bool SiteStore::was_written(std::string_view key) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::outbox::find_key);
    query.set(":key", key);
    return query.next();
  });
}

std::vector<store::Mail> SiteStore::list_waiting_mails() const {
  return database_.read([](Connection& connection) {
    Query query(connection, sql::outbox::list_waiting);
    return read_all(query, read_mail);
  });
}

std::vector<store::Mail> SiteStore::list_mails(std::size_t limit) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::outbox::list_mails);
    query.set(":limit", row_limit(limit));
    return read_all(query, read_mail);
  });
}

void SiteStore::note_delivered(std::int64_t id, std::int64_t at_ms) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::outbox::set_delivered).set(":id", id).set(":at_ms", at_ms).run();
  });
}

void SiteStore::note_refused(std::int64_t id, std::string_view error) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::outbox::set_refused).set(":id", id).set(":error", error).run();
  });
}

bool SiteStore::remove_mail(std::int64_t id) {
  return database_.write([&](Writer& writer) {
    return Query(writer.connection, sql::outbox::delete_mail).set(":id", id).run() != 0;
  });
}

std::optional<std::string> SiteStore::find_mark(std::string_view name) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::marks::find_mark);
    query.set(":name", name);
    return read_first(query, [](Row& row) { return row.text(); });
  });
}

void SiteStore::set_marks(const std::vector<store::Mark>& marks) {
  database_.write([&](Writer& writer) { write_marks(writer.connection, marks); });
}

}  // namespace candor::sqlite
