// Report files in, all or nothing: staged in slices, published by one small commit.
#include <algorithm>
#include <span>

#include "sqlite/commission_rows.h"
#include "sqlite/import_rows.h"
#include "sqlite/intake.h"
#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

RowError read_row_error(Row& row) {
  return {.row = row.integer(), .column = row.text(), .reason = row.text(), .text = row.text()};
}

void insert_errors(Connection& connection, ImportId import, std::span<const RowError> errors,
                   std::int64_t position) {
  for (const RowError& error : errors)
    Query(connection, sql::imports::insert_import_error)
        .set(":import", import)
        .set(":position", ++position)
        .set(":row", error.row)
        .set_view(":column", error.column)
        .set_view(":reason", error.reason)
        .set_view(":text", error.text)
        .run();
}

void insert_totals(Connection& connection, ImportId import,
                   std::span<const networks::ReportTotal> totals, std::int64_t position) {
  for (const networks::ReportTotal& total : totals)
    Query(connection, sql::totals::insert_total)
        .set(":import", import)
        .set(":position", ++position)
        .set_view(":report", total.report)
        .set_view(":tag", total.tag)
        .set_view(":kind", total.kind)
        .set_view(":product", total.product)
        .set(":day", std::int64_t{total.day.value_or(-1)})
        .set(":clicks", total.clicks)
        .set(":ordered", total.ordered)
        .set(":shipped", total.shipped)
        .set(":sale_micro", total.sale_micro)
        .set(":ad_fees_micro", total.ad_fees_micro)
        .set(":currency", total.currency.text())
        .run();
}

/// Calls `stage(slice, position of its first)` in a transaction each.
template <class Each, class Stage, class EndSlice>
void stage_slices(Database& database, const std::vector<Each>& all, Stage stage,
                  EndSlice end_slice) {
  for (std::size_t from = 0; from < all.size(); from += kStagedSlice) {
    const auto slice = std::span(all).subspan(from, std::min(kStagedSlice, all.size() - from));
    database.write(
        [&](Writer& writer) { stage(writer.connection, slice, static_cast<std::int64_t>(from)); });
    end_slice();
  }
}

}  // namespace

std::optional<store::Import> SiteStore::find_import(std::string_view hash,
                                                    std::string_view account) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::imports::find_import_by_hash);
    query.set(":hash", hash).set(":account", account);
    return read_first(query, read_import);
  });
}

std::optional<store::Import> SiteStore::find_import(ImportId id) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::imports::find_import);
    query.set(":id", id);
    return read_first(query, read_import);
  });
}

store::Import SiteStore::publish_import(store::Import import,
                                        const std::vector<CommissionRow>& rows,
                                        const std::vector<RowError>& errors,
                                        const store::ImportProgress& progress) {
  const std::scoped_lock one_at_a_time(staging_);
  throw_when_stopped();
  LedgerStage::discard(database_);
  import.new_count = import.changed_count = import.unchanged_count = import.withdrawn_count = 0;
  import.bad_count = static_cast<std::int64_t>(errors.size());
  import.row_count = static_cast<std::int64_t>(rows.size() + errors.size());
  std::optional<Intake> intake;
  database_.write([&](Writer& writer) { intake.emplace(writer.connection, import); });
  const auto end_slice = [&](std::size_t done) {
    if (progress) progress(static_cast<std::int64_t>(done));
    throw_when_stopped();
  };
  for (std::size_t from = 0; from < rows.size(); from += kStagedSlice) {
    const std::size_t to = std::min(rows.size(), from + kStagedSlice);
    const auto slice = std::span(rows).subspan(from, to - from);
    const auto days = import.by_range ? std::span(import.row_days).subspan(from, to - from)
                                      : std::span<rollup::DayNumber>();
    database_.write([&](Writer& writer) { intake->add(writer, slice, days); });
    end_slice(to);
  }
  while (
      database_.write([&](Writer& writer) { return intake->withdraw_missing(writer.connection); }))
    end_slice(rows.size());
  const auto end_last = [&] { end_slice(rows.size()); };
  stage_slices(
      database_, errors,
      [&](Connection& connection, auto slice, std::int64_t position) {
        insert_errors(connection, import.id, slice, position);
      },
      end_last);
  stage_slices(
      database_, import.totals,
      [&](Connection& connection, auto slice, std::int64_t position) {
        insert_totals(connection, import.id, slice, position);
      },
      end_last);
  database_.write([&](Writer& writer) { intake->publish(writer.connection); });
  import.row_days.clear();
  import.totals.clear();
  return import;
}

std::vector<store::Import> SiteStore::list_imports(std::size_t limit,
                                                   std::optional<store::ImportKind> kind) const {
  const auto least = kind.value_or(store::ImportKind::File);
  const auto most = kind.value_or(store::ImportKind::Postback);
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::imports::list_imports);
    query.set(":limit", row_limit(limit))
        .set(":least_kind", static_cast<std::int64_t>(least))
        .set(":most_kind", static_cast<std::int64_t>(most));
    return read_all(query, read_import);
  });
}

std::vector<RowError> SiteStore::list_import_errors(ImportId id) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::imports::list_import_errors);
    query.set(":import", id);
    return read_all(query, read_row_error);
  });
}

}  // namespace candor::sqlite
