// Report files in, all or nothing: staged in slices, published by one small commit.
#include <algorithm>
#include <span>

#include "sqlite/commission_rows.h"
#include "sqlite/import_rows.h"
#include "sqlite/ledger_stage.h"
#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

RowError read_row_error(Row& row) {
  return {.row = row.integer(), .column = row.text(), .reason = row.text(), .text = row.text()};
}

void insert_import(Connection& connection, const store::Import& import) {
  Query(connection, sql::imports::insert_import)
      .set(":id", import.id)
      .set(":kind", static_cast<std::int64_t>(import.kind))
      .set_view(":network", import.network)
      .set_view(":report", import.report)
      .set_view(":account", import.account)
      .set_view(":file_name", import.file_name)
      .set_view(":file_hash", import.file_hash)
      .set_view(":content_hash", import.content_hash)
      .set(":imported_at_ms", import.imported_at_ms)
      .set(":by_range", std::int64_t{import.by_range})
      .set(":from_day", std::int64_t{import.from_day})
      .set(":to_day", std::int64_t{import.to_day})
      .set_view(":truth_of", import.truth_of)
      .run();
}

/// A given up import's place, else a new one.
ImportId take_place(Connection& connection) {
  Query staged(connection, sql::imports::find_staged);
  if (const auto id = read_first(staged, [](Row& row) { return row.id<ImportId>(); })) return *id;
  Query highest(connection, sql::imports::find_highest);
  highest.next();
  return {Row(highest).integer() + 1};
}

std::int64_t take_scope(Connection& connection, const store::Import& import) {
  if (const std::int64_t known = find_scope(connection, import); known != 0) return known;
  Query(connection, sql::ledger::insert_scope)
      .set_view(":network", import.network)
      .set_view(":report", import.truth_of)
      .set_view(":account", import.account)
      .run();
  return connection.database().getLastInsertRowid();
}

/// One file on its way into the ledger.
class Intake {
 public:
  Intake(Connection& connection, store::Import& import)
      : import_(import), stage_(connection, import.imported_at_ms) {
    import_.imported_at_ms = stage_.at_ms();
    import_.id = take_place(connection);
    insert_import(connection, import_);
    if (!import_.by_range) return;
    scope_ = take_scope(connection, import_);
    truths_ = load_truths(connection, import_, import_.id);
    truths_.add({import_.report == import_.truth_of, import_.to_day, import_.id}, import_.from_day,
                import_.to_day);
  }

  void add(Connection& connection, const CommissionRow& row, rollup::DayNumber day) {
    const auto known = find_standing(connection, import_.network, row);
    if (!known) return add_first(connection, row, day);
    if (scope_ != 0) {
      seen_.push_back(known->id);
      place(connection, known->id, day);
    }
    const RowEffect effect =
        effect_of(&*known, row, scope_ != 0 ? std::optional(is_truth_of(day)) : std::nullopt);
    count(import_, effect);
    if (effect == RowEffect::Same) return see_again(connection, *known);
    stage_.append(connection,
                  {.commission = known->id,
                   .import = import_.id,
                   .effective = effect != RowEffect::Older,
                   .stood_at_ms = known->row.event_at_ms},
                  row);
  }

  /// Of the days this file is the truth of: what it does not tell any more. At most a slice; false
  /// when there is none left.
  bool withdraw_missing(Connection& connection) {
    if (scope_ == 0) return false;
    if (!std::ranges::is_sorted(seen_)) std::ranges::sort(seen_);
    Query query(connection, sql::commissions::list_of_scope);
    query.set(":scope", scope_)
        .set(":after_day", std::int64_t{after_day_.value_or(import_.from_day - 1)})
        .set(":after", after_)
        .set(":to_day", std::int64_t{import_.to_day})
        .set(":limit", row_limit(kStagedSlice));
    const auto found = read_all(query, [](Row& row) {
      const auto day = static_cast<rollup::DayNumber>(row.integer());
      return std::pair(day, row.id<CommissionId>());
    });
    for (const auto& [day, id] : found) {
      after_day_ = day;
      after_ = id;
      if (!is_truth_of(day) || std::ranges::binary_search(seen_, id)) continue;
      stage_.withdraw(connection, find_standing(connection, id).value().standing, import_.id);
      ++import_.withdrawn_count;
    }
    return !found.empty();
  }

  void publish(Connection& connection) const {
    Query(connection, sql::imports::publish_import)
        .set(":id", import_.id)
        .set(":row_count", import_.row_count)
        .set(":new_count", import_.new_count)
        .set(":changed_count", import_.changed_count)
        .set(":unchanged_count", import_.unchanged_count)
        .set(":bad_count", import_.bad_count)
        .set(":withdrawn_count", import_.withdrawn_count)
        .set(":first_event", stage_.first_event())
        .set(":last_event", stage_.last_event())
        .run();
    stage_.publish(connection);
  }

 private:
  bool is_truth_of(rollup::DayNumber day) const { return truths_.of(day) == import_.id; }

  void add_first(Connection& connection, const CommissionRow& row, rollup::DayNumber day) {
    const RowEffect effect =
        effect_of(nullptr, row, scope_ != 0 ? std::optional(is_truth_of(day)) : std::nullopt);
    const bool effective = effect != RowEffect::Older;
    const CommissionId id =
        stage_.add_commission(connection, import_.network, row, effective, scope_, day);
    if (scope_ != 0) seen_.push_back(id);
    stage_.append(connection, {.commission = id, .import = import_.id, .effective = effective},
                  row);
    count(import_, effect);
  }

  void place(Connection& connection, CommissionId id, rollup::DayNumber day) {
    Query(connection, sql::commissions::set_scope)
        .set(":scope", scope_)
        .set(":day", std::int64_t{day})
        .set(":commission", id)
        .run();
  }

  void see_again(Connection& connection, const Standing& known) {
    Query(connection, sql::commissions::insert_sighting)
        .set(":commission", known.id)
        .set(":import", import_.id)
        .set(":event", known.source != 0 ? known.source : known.event)
        .run();
  }

  store::Import& import_;
  LedgerStage stage_;
  std::int64_t scope_ = 0;
  DayTruths truths_;
  std::vector<CommissionId> seen_;
  std::optional<rollup::DayNumber> after_day_;
  CommissionId after_;
};

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
    database_.write([&](Writer& writer) {
      for (std::size_t i = from; i < to; ++i)
        intake->add(writer.connection, rows[i], import.by_range ? import.row_days.at(i) : 0);
    });
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
