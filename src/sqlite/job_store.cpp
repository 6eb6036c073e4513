#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

store::JobRun read_job_run(Row& row) {
  return {.id = row.integer(),
          .job = row.text(),
          .step = row.text(),
          .state = row.text(),
          .watermark = row.text(),
          .started_at_ms = row.integer(),
          .finished_at_ms = row.optional_integer(),
          .message = row.text()};
}

}  // namespace

std::int64_t SiteStore::start_job(std::string_view job, std::string_view step, std::int64_t at_ms) {
  return database_.write([&](Writer& writer) {
    Query(writer.connection, sql::jobs::insert_job_run)
        .set(":job", job)
        .set(":step", step)
        .set(":at_ms", at_ms)
        .run();
    return std::int64_t{writer.connection.database().getLastInsertRowid()};
  });
}

void SiteStore::finish_job(std::int64_t id, std::string_view state, std::string_view watermark,
                           std::string_view message, std::int64_t at_ms) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::jobs::finish_job_run)
        .set(":id", id)
        .set(":state", state)
        .set(":watermark", watermark)
        .set(":message", message)
        .set(":at_ms", at_ms)
        .run();
  });
}

std::size_t SiteStore::interrupt_jobs() {
  return database_.write([](Writer& writer) {
    return static_cast<std::size_t>(Query(writer.connection, sql::jobs::interrupt_job_runs).run());
  });
}

void SiteStore::back_up(const std::filesystem::path& file) const {
  throw_when_stopped();
  database_.read([&](Connection& connection) {
    // The snapshot begins with a first look; without one the copy would begin anew whenever a
    // click is stored.
    Query(connection, sql::schema::count_tables).next();
    copy_database(connection, file, [this] { throw_when_stopped(); });
    return true;
  });
}

std::vector<store::JobRun> SiteStore::list_jobs(std::size_t limit) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::jobs::list_job_runs);
    query.set(":limit", row_limit(limit));
    return read_all(query, read_job_run);
  });
}

std::optional<store::JobRun> SiteStore::last_done(std::string_view job,
                                                  std::string_view step) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::jobs::find_last_done);
    query.set(":job", job).set(":step", step);
    return read_first(query, read_job_run);
  });
}

}  // namespace candor::sqlite
