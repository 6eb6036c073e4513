#pragma once
// Imports, commissions and their allocations to articles: append-only observations. Callable from
// any thread.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attribution/match.h"
#include "base/strong_id.h"
#include "report/articles_report.h"
#include "revenue/commission.h"
#include "rollup/site_zone.h"

namespace candor::store {

struct Import {
  ImportId id;
  std::string network;
  std::string report;
  std::string account;
  std::string file_name;
  std::string file_hash;  ///< BLAKE2b-256 of the bytes, hex
  std::int64_t imported_at_ms = 0;
  std::int64_t row_count = 0;  ///< rows kept + rows bad
  std::int64_t new_count = 0;
  std::int64_t changed_count = 0;  ///< status or amount differed from what was known
  std::int64_t unchanged_count = 0;
  std::int64_t bad_count = 0;
};

/// One observation of a commission that still has to be booked.
struct UnbookedEvent {
  std::int64_t event_id = 0;
  CommissionId commission;
  std::string network;
  CommissionRow row;  ///< as observed by this event
  std::int64_t before_commission_micro =
      0;  ///< what earlier events of this commission booked, cumulative
  std::int64_t before_sale_micro = 0;
  std::optional<attribution::Match> frozen;  ///< weights decided earlier; nothing at first sight
};

struct Allocation {
  ArticleId article;  ///< none: unattributed
  LinkId link;
  std::int64_t commission_micro = 0;
  std::int64_t sale_micro = 0;
};

/// What one event books, and the match frozen with it when it was the first (or when an
/// unattributed one is rebooked).
struct Booking {
  std::int64_t event_id = 0;
  CommissionId commission;
  std::optional<attribution::Match> decided;
  std::vector<Allocation> allocations;
};

/// A commission as it stands now, with what it was credited to.
struct CommissionState {
  CommissionId id;
  std::string network;
  CommissionRow row;
  std::optional<attribution::Match> match;
  std::vector<Allocation> allocations;  ///< summed over its events
};

struct LabelRule {
  std::string network;  ///< empty: any
  std::string kind;     ///< "sub-id" or "tag"
  std::string text;
  ArticleId article;
};

class RevenueStore {
 public:
  virtual ~RevenueStore() = default;

  virtual std::optional<Import> find_import(std::string_view file_hash,
                                            std::string_view account) const = 0;
  /// Rows, errors and import in one transaction; counts are filled in. Rows equal to what is known
  /// change nothing.
  virtual Import publish_import(Import import, const std::vector<CommissionRow>& rows,
                                const std::vector<RowError>& errors) = 0;
  virtual std::vector<Import> list_imports(std::size_t limit) const = 0;
  virtual std::vector<RowError> list_import_errors(ImportId id) const = 0;

  /// Events without allocations, oldest first; of a commission only its oldest one, so that
  /// `before` and `frozen` are what its booking needs. Ask again until none is left.
  virtual std::vector<UnbookedEvent> list_unbooked(std::size_t limit) const = 0;
  /// Wholly booked commissions whose frozen match is Unattributed, for another try with newer
  /// evidence; the row is the latest one, `before` all that was booked. By id, above `after`.
  virtual std::vector<UnbookedEvent> list_unattributed(std::size_t limit,
                                                       CommissionId after = {}) const = 0;
  /// One transaction. A booking for an already booked event adds allocations (used to rebook: they
  /// sum up).
  virtual void book(const std::vector<Booking>& bookings) = 0;

  virtual std::optional<CommissionState> find_commission(CommissionId id) const = 0;
  /// Newest event first.
  virtual std::vector<CommissionState> list_commissions(std::size_t limit) const = 0;

  virtual void set_label_rules(
      const std::vector<LabelRule>& rules) = 0;  ///< from the config; replaces all
  virtual std::vector<LabelRule> list_label_rules() const = 0;

  /// Rows (every known article, and one for clicks of unknown ones; revenue by the commission's
  /// event day and current status), unattributed (also what is not booked yet) and imported of the
  /// report; report::finish() does the rest. Orders are divided like money; positive reversed ones
  /// are none.
  virtual report::ArticlesReport load_articles_report(const rollup::SiteZone& zone,
                                                      rollup::DayNumber from,
                                                      rollup::DayNumber to) const = 0;
};

}  // namespace candor::store
