#include "sqlite/intake.h"

#include <algorithm>
#include <bit>
#include <functional>

#include "sqlite/rows.h"

namespace candor::sqlite {
namespace {

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

constexpr std::size_t kHashSlots = 4096;

/// How many of the first rows are of different commissions. Two whose hashes are the same by
/// chance only cost a statement more.
std::size_t count_different(std::span<const CommissionRow> rows) {
  static_assert(std::has_single_bit(kHashSlots) && kHashSlots >= 2 * kStagedSlice);
  std::vector<std::size_t> slots(kHashSlots);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::hash<std::string_view> hash_of;
    const std::size_t hash = (hash_of(rows[i].identity) + 31 * hash_of(rows[i].account)) | 1U;
    std::size_t at = hash % kHashSlots;
    while (slots[at] != 0 && slots[at] != hash) at = (at + 1) % kHashSlots;
    if (slots[at] == hash) return i;
    slots[at] = hash;
  }
  return rows.size();
}

}  // namespace

Intake::Intake(Connection& connection, store::Import& import)
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

void Intake::add(Writer& writer, std::span<const CommissionRow> rows,
                 std::span<const rollup::DayNumber> days) {
  while (!rows.empty()) {
    const std::size_t count = count_different(rows);
    add_different(writer, rows.first(count), days.first(std::min(count, days.size())));
    rows = rows.subspan(count);
    if (!days.empty()) days = days.subspan(count);
  }
}

void Intake::add_different(Writer& writer, std::span<const CommissionRow> rows,
                           std::span<const rollup::DayNumber> days) {
  const std::vector<Known> all_known = find_known(writer, rows);
  slice_.clear();
  sightings_.clear();
  auto known = all_known.begin();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool is_known = known != all_known.end() && known->position == i;
    judge(writer.connection, rows[i], days.empty() ? 0 : days[i],
          is_known ? &known->standing : nullptr);
    if (is_known) ++known;
  }
  stage_.append(writer, import_, scope_, slice_);
  if (sightings_.empty()) return;
  writer.slice.show(sightings_);
  Query(writer.connection, sql::slice::insert_sightings).set(":import", import_.id).run();
  writer.slice.show({});
}

std::vector<Intake::Known> Intake::find_known(Writer& writer, std::span<const CommissionRow> rows) {
  slice_.clear();
  for (const CommissionRow& row : rows) slice_.push_back({.row = &row});
  writer.slice.show(slice_);
  Query query(writer.connection, sql::slice::find_known);
  query.set_view(":network", import_.network);
  return read_all(query, [](Row& row) {
    const auto position = static_cast<std::size_t>(row.integer());
    return Known{position, read_standing(row)};
  });
}

void Intake::judge(Connection& connection, const CommissionRow& row, rollup::DayNumber day,
                   const Standing* known) {
  const RowEffect effect =
      effect_of(known, row, scope_ != 0 ? std::optional(is_truth_of(day)) : std::nullopt);
  count(import_, effect);
  const CommissionId id = known ? known->id : stage_.take_commission();
  if (scope_ != 0) seen_.push_back(id);
  if (scope_ != 0 && known) place(connection, id, day);
  if (effect == RowEffect::Same) {
    sightings_.push_back({.row = &row,
                          .commission = id.value,
                          .event = known->source != 0 ? known->source : known->event});
    return;
  }
  slice_.push_back({.row = &row,
                    .commission = id.value,
                    .event = stage_.take_event(),
                    .is_new = !known,
                    .effective = effect != RowEffect::Older,
                    .day = day,
                    .stood_at_ms = known ? known->row.event_at_ms : 0});
}

void Intake::place(Connection& connection, CommissionId id, rollup::DayNumber day) {
  Query(connection, sql::commissions::set_scope)
      .set(":scope", scope_)
      .set(":day", std::int64_t{day})
      .set(":commission", id)
      .run();
}

bool Intake::withdraw_missing(Connection& connection) {
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

void Intake::publish(Connection& connection) const {
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

}  // namespace candor::sqlite
