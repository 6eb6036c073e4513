#include <algorithm>

#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

std::uint64_t count(Row& row) { return static_cast<std::uint64_t>(row.integer()); }

store::Run read_run(Row& row) {
  return {.id = row.integer(),
          .started_at_ms = row.integer(),
          .seen_at_ms = row.integer(),
          .stopped_at_ms = row.optional_integer(),
          .accepted = count(row),
          .recorded = count(row),
          .unrecorded = count(row),
          .shed = count(row),
          .not_found = count(row)};
}

struct Span {
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
  bool orderly = false;
};

Span read_span(Row& row) {
  return {.from_ms = row.integer(), .to_ms = row.integer(), .orderly = row.integer() != 0};
}

}  // namespace

std::int64_t SiteStore::start_run(std::int64_t at_ms) {
  return database_.write([&](Writer& writer) {
    Query(writer.connection, sql::runs::insert_run).set(":at_ms", at_ms).run();
    return std::int64_t{writer.connection.database().getLastInsertRowid()};
  });
}

void SiteStore::save_run(const store::Run& run) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::runs::update_run)
        .set(":id", run.id)
        .set(":started_at_ms", run.started_at_ms)
        .set(":seen_at_ms", run.seen_at_ms)
        .set(":stopped_at_ms", run.stopped_at_ms)
        .set(":accepted", static_cast<std::int64_t>(run.accepted))
        .set(":recorded", static_cast<std::int64_t>(run.recorded))
        .set(":unrecorded", static_cast<std::int64_t>(run.unrecorded))
        .set(":shed", static_cast<std::int64_t>(run.shed))
        .set(":not_found", static_cast<std::int64_t>(run.not_found))
        .run();
  });
}

std::vector<store::Run> SiteStore::list_runs(std::size_t limit) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::runs::list_runs);
    query.set(":limit", row_limit(limit));
    return read_all(query, read_run);
  });
}

std::vector<store::Outage> SiteStore::list_outages(std::int64_t from_ms, std::int64_t to_ms) const {
  const std::vector<Span> spans = database_.read([](Connection& connection) {
    Query query(connection, sql::runs::list_run_spans);
    return read_all(query, read_span);
  });
  std::vector<store::Outage> outages;
  if (spans.empty()) return outages;
  // Runs may overlap: a successor takes the sockets over while its predecessor drains.
  Span covered = spans.front();
  for (const Span& span : spans) {
    if (span.from_ms > covered.to_ms && covered.to_ms < to_ms && span.from_ms > from_ms)
      outages.push_back(
          {.from_ms = covered.to_ms, .to_ms = span.from_ms, .orderly = covered.orderly});
    if (span.to_ms >= covered.to_ms) covered = span;
  }
  return outages;
}

}  // namespace candor::sqlite
