#pragma once
// Imports, commissions and their allocations to articles: append-only observations. Callable from
// any thread.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attribution/match.h"
#include "base/strong_id.h"
#include "networks/report_file.h"
#include "report/articles_report.h"
#include "revenue/commission.h"
#include "revenue/rates.h"
#include "revenue/reconcile.h"
#include "rollup/site_zone.h"

namespace candor::store {

/// How an import came. Numbers are stored: never renumber.
enum class ImportKind : std::uint8_t {
  File = 0,      ///< a report file of the owner's
  Pull = 1,      ///< asked of the network's API
  Postback = 2,  ///< one commission, told by the network's server as it happened
};
constexpr std::string_view name_of(ImportKind kind) {
  return kind == ImportKind::File ? "file" : kind == ImportKind::Pull ? "pull" : "postback";
}

struct Import {
  ImportId id;
  ImportKind kind = ImportKind::File;
  std::string network;
  std::string report;
  std::string account;
  std::string file_name;
  std::string file_hash;     ///< BLAKE2b-256 of the bytes, hex
  std::string content_hash;  ///< of what was read, whatever the file's name and encoding
  std::int64_t imported_at_ms = 0;
  std::int64_t row_count = 0;  ///< rows kept + rows bad
  std::int64_t new_count = 0;
  std::int64_t changed_count = 0;  ///< status or amount differed from what was known
  std::int64_t unchanged_count = 0;
  std::int64_t bad_count = 0;
  std::int64_t withdrawn_count = 0;  ///< known of the file's days, but not in it any more
  /// The file is the whole truth of its report and account for the days from..to, as the file
  /// counts them; else its rows are known by the network's ids.
  bool by_range = false;
  rollup::DayNumber from_day = 0;
  rollup::DayNumber to_day = 0;
  std::string truth_of;  ///< with by_range: the report whose money it tells, itself or summed up
  std::vector<rollup::DayNumber> row_days;    ///< with by_range: of each row that is published
  std::optional<std::int64_t> undone_at_ms;   ///< it was taken back then
  std::vector<networks::ReportTotal> totals;  ///< counted, never booked; not read back
};

/// Numbers are stored: never renumber.
enum class EventKind : std::uint8_t {
  Observed = 0,   ///< a row of an import
  Restored = 1,   ///< an earlier observation stands again, because a newer one was taken back
  Withdrawn = 2,  ///< no import speaks for it any more: its amounts are 0
};
constexpr std::string_view name_of(EventKind kind) {
  return kind == EventKind::Observed   ? "observed"
         : kind == EventKind::Restored ? "restored"
                                       : "withdrawn";
}

/// One step of a commission's history.
struct CommissionEvent {
  std::int64_t id = 0;
  EventKind kind = EventKind::Observed;
  bool effective = true;  ///< false: it came when newer observations were known
  std::int64_t recorded_at_ms = 0;
  ImportId import;  ///< that brought it, or whose undoing did
  std::string file_name;
  bool undone = false;  ///< the import counts no more
  CommissionRow row;    ///< as it stood from this event on
};

/// Told of the rows staged so far after each slice of an import. May throw to give it up: nothing
/// of it is ever seen.
using ImportProgress = std::function<void(std::int64_t rows)>;

/// One observation of a commission that still has to be booked.
struct UnbookedEvent {
  std::int64_t event_id = 0;
  CommissionId commission;
  std::string network;
  CommissionRow row;  ///< as observed by this event
  std::int64_t before_commission_micro =
      0;  ///< what earlier events of this commission booked, cumulative
  std::int64_t before_sale_micro = 0;
  /// Weights decided earlier, here or (at first sight) for the original that this one reverses;
  /// nothing at first sight of any other.
  std::optional<attribution::Match> frozen;
  /// What the others of its family (an original and the records that reverse it) have booked under
  /// the same weights. Book split(family + after) - split(family + before): so the parts of a full
  /// reversal are exactly those of the original.
  std::int64_t family_commission_micro = 0;
  std::int64_t family_sale_micro = 0;
  std::optional<attribution::Match>
      original;  ///< of a reversal: what its original stands matched to
};

struct Allocation {
  ArticleId article;  ///< none: unattributed
  LinkId link;
  std::int64_t commission_micro = 0;
  std::int64_t sale_micro = 0;
};

/// What one event books, and the match frozen with it when it was the first (or when one is
/// rebooked).
struct Booking {
  std::int64_t event_id = 0;
  CommissionId commission;
  std::optional<attribution::Match> decided;
  std::vector<Allocation> allocations;
  std::int64_t at_ms = 0;  ///< when, not before the newest observation or booking; 0: with it
  bool replaces = false;   ///< rebooks whatever the tier; else only what is unattributed
};

/// A commission as it stands now, with what it was credited to.
struct CommissionState {
  CommissionId id;
  std::string network;
  EventKind kind = EventKind::Observed;  ///< of the event that stands
  CommissionRow row;
  std::optional<attribution::Match> match;
  std::vector<Allocation> allocations;  ///< summed over its events
};

/// Money that one event moved to (or from) an article.
struct Booked {
  std::int64_t event_id = 0;
  Allocation allocation;
  std::int64_t booked_at_ms = 0;
};

/// What a commission was matched to for a while.
struct DatedMatch {
  attribution::Match match;
  std::int64_t decided_at_ms = 0;
  std::int64_t replaced_at_ms = 0;
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

  /// By the hash of the bytes or of the content; one that was undone does not count.
  virtual std::optional<Import> find_import(std::string_view hash,
                                            std::string_view account) const = 0;
  virtual std::optional<Import> find_import(ImportId id) const = 0;
  /// All or nothing: rows and errors are staged unseen, a slice a transaction, and one small commit
  /// publishes them; counts are filled in. Rows equal to what is known change nothing, and neither
  /// do rows older than what is known: by `posted_at_ms`, then pending before any other status; of
  /// files that tell whole days, by the last of those days. Else the later import is the newer.
  virtual Import publish_import(Import import, const std::vector<CommissionRow>& rows,
                                const std::vector<RowError>& errors,
                                const ImportProgress& progress = {}) = 0;
  /// What publish_import() would count, without publishing anything: an import without an id.
  virtual Import preview_import(Import import, const std::vector<CommissionRow>& rows,
                                const std::vector<RowError>& errors) = 0;
  /// Takes an import back: each commission it told of is again what the imports that are left say.
  /// In slices and published at once, like an import. Nothing: there is no such import. One that
  /// was taken back already stays as it is.
  virtual std::optional<Import> undo_import(ImportId id, std::int64_t at_ms) = 0;
  /// Newest first; also those taken back. With `kind`, those that came so.
  virtual std::vector<Import> list_imports(std::size_t limit,
                                           std::optional<ImportKind> kind = {}) const = 0;
  virtual std::vector<RowError> list_import_errors(ImportId id) const = 0;

  /// Events without allocations, oldest first; of a commission only its oldest one, so that
  /// `before` and `frozen` are what its booking needs. Ask again until none is left.
  virtual std::vector<UnbookedEvent> list_unbooked(std::size_t limit) const = 0;
  /// Wholly booked commissions whose frozen match is Unattributed, for another try with newer
  /// evidence; the row is the latest one, `before` all that was booked. By id, above `after`.
  virtual std::vector<UnbookedEvent> list_unattributed(std::size_t limit,
                                                       CommissionId after = {}) const = 0;
  /// As list_unattributed, but of the tier `strongest` and all weaker ones.
  virtual std::vector<UnbookedEvent> list_booked(std::size_t limit, CommissionId after,
                                                 attribution::Tier strongest) const = 0;
  /// One transaction. A booking for an already booked event adds allocations (used to rebook: they
  /// sum up).
  virtual void book(const std::vector<Booking>& bookings) = 0;

  virtual std::optional<CommissionState> find_commission(CommissionId id) const = 0;
  /// What was heard of a commission, oldest first.
  virtual std::vector<CommissionEvent> list_history(CommissionId id) const = 0;
  /// All that was booked of a commission, in the order of booking.
  virtual std::vector<Booked> list_bookings(CommissionId id) const = 0;
  /// What it was matched to before what it is now, oldest first.
  virtual std::vector<DatedMatch> list_past_matches(CommissionId id) const = 0;
  /// When it was matched to what it is now.
  virtual std::optional<std::int64_t> find_decided_at(CommissionId id) const = 0;
  /// Newest event first; without withdrawn ones.
  virtual std::vector<CommissionState> list_commissions(std::size_t limit) const = 0;

  /// From the config; replaces all of it. What changed is left to be looked at again
  /// (store/rule_store.h).
  virtual void set_label_rules(const std::vector<LabelRule>& rules) = 0;
  /// The owner's, and the config's that no rule of the owner's stands before.
  virtual std::vector<LabelRule> list_label_rules() const = 0;

  /// Rows (every known article, and one for clicks of unknown ones; revenue by the commission's
  /// event day and current status), unattributed (also what is not booked yet) and imported of the
  /// report; report::finish() does the rest. Orders are divided like money; positive reversed ones
  /// are none.
  /// With `as_of_ms`: by what the ledger knew and had booked at that moment; clicks and views are
  /// always as they are known now.
  virtual report::ArticlesReport load_articles_report(
      const rollup::SiteZone& zone, rollup::DayNumber from, rollup::DayNumber to,
      std::optional<std::int64_t> as_of_ms = {}) const = 0;

  /// Every network, account, currency, status and month with an observation on the days from..to
  /// (nothing: any), in that order; the sides of each come from tables of their own.
  virtual std::vector<LedgerLine> check_ledger(const rollup::SiteZone& zone,
                                               std::optional<rollup::DayNumber> from = {},
                                               std::optional<rollup::DayNumber> to = {}) const = 0;

  /// Dated rates; how many were new. One that differs from what is known of its day is new too.
  virtual std::int64_t add_rates(const std::vector<ExchangeRate>& rates) = 0;
  virtual std::vector<ExchangeRate> list_rates(rollup::DayNumber from,
                                               rollup::DayNumber to) const = 0;
};

}  // namespace candor::store
