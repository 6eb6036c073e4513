// What an import would do: the same judgement of every row, and nothing is kept.
#include <algorithm>
#include <limits>
#include <string>
#include <unordered_map>

#include "sqlite/ledger_stage.h"
#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

/// No import has it: of the one that is only looked at.
constexpr ImportId kNotYet{std::numeric_limits<std::int64_t>::max()};

class Preview {
 public:
  Preview(Connection& connection, store::Import& import) : import_(import) {
    if (!import_.by_range) return;
    scope_ = find_scope(connection, import_);
    truths_ = load_truths(connection, import_, kNotYet);
    truths_.add({import_.report == import_.truth_of, import_.to_day, kNotYet}, import_.from_day,
                import_.to_day);
  }

  /// `row` outlives the preview.
  void add(Connection& connection, const CommissionRow& row, rollup::DayNumber day) {
    std::string key = row.account + '\x1f' + row.identity;
    const auto at = told_.find(key);
    const auto known = at == told_.end() ? find_standing(connection, import_.network, row)
                                         : std::optional(standing_of(at->second));
    if (known) seen_.push_back(known->id);
    const RowEffect effect =
        effect_of(known ? &*known : nullptr, row,
                  import_.by_range ? std::optional(truths_.of(day) == kNotYet) : std::nullopt);
    count(import_, effect);
    if (effect == RowEffect::New || effect == RowEffect::Changed)
      told_[std::move(key)] = &row;
    else if (!known)
      told_[std::move(key)] = nullptr;
  }

  /// Counts a slice of what the file does not tell any more; false when there is none left.
  bool withdraw_missing(Connection& connection) {
    if (scope_ == 0) return false;
    if (!std::ranges::is_sorted(seen_)) std::ranges::sort(seen_);
    Query query(connection, sql::commissions::list_of_scope);
    query.set(":scope", scope_)
        .set(":after_day", std::int64_t{after_day_.value_or(import_.from_day - 1)})
        .set(":after", after_)
        .set(":to_day", std::int64_t{import_.to_day})
        .set(":limit", row_limit(kStagedSlice));
    bool any = false;
    while (query.next()) {
      Row row(query);
      any = true;
      after_day_ = static_cast<rollup::DayNumber>(row.integer());
      after_ = row.id<CommissionId>();
      if (truths_.of(*after_day_) == kNotYet && !std::ranges::binary_search(seen_, after_))
        ++import_.withdrawn_count;
    }
    return any;
  }

 private:
  /// Of a commission as an earlier row of this file left it; null: known, but without effect.
  static Standing standing_of(const CommissionRow* row) {
    Standing standing;
    if (!row) return standing;
    standing.event = 1;
    standing.row = *row;
    return standing;
  }

  store::Import& import_;
  std::int64_t scope_ = 0;
  DayTruths truths_;
  std::unordered_map<std::string, const CommissionRow*> told_;  ///< by account and identity
  std::vector<CommissionId> seen_;
  std::optional<rollup::DayNumber> after_day_;
  CommissionId after_;
};

}  // namespace

store::Import SiteStore::preview_import(store::Import import,
                                        const std::vector<CommissionRow>& rows,
                                        const std::vector<RowError>& errors) {
  const std::scoped_lock one_at_a_time(staging_);
  throw_when_stopped();
  LedgerStage::discard(database_);  // what a killed import left would count as known
  import.id = {};
  import.new_count = import.changed_count = import.unchanged_count = import.withdrawn_count = 0;
  import.bad_count = static_cast<std::int64_t>(errors.size());
  import.row_count = static_cast<std::int64_t>(rows.size() + errors.size());
  auto preview =
      database_.read([&](Connection& connection) { return Preview(connection, import); });
  for (std::size_t at = 0; at < rows.size(); throw_when_stopped())
    at = database_.read([&](Connection& connection) {
      const std::size_t to = std::min(rows.size(), at + kStagedSlice);
      for (std::size_t i = at; i < to; ++i)
        preview.add(connection, rows[i], import.by_range ? import.row_days.at(i) : 0);
      return to;
    });
  while (
      database_.read([&](Connection& connection) { return preview.withdraw_missing(connection); }))
    throw_when_stopped();
  import.row_days.clear();
  return import;
}

}  // namespace candor::sqlite
