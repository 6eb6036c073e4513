#pragma once
// Clicks, their day counts, and the process runs that say when nothing could be counted. Callable
// from any thread.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "click/click.h"
#include "journal/journal.h"
#include "rollup/click_days.h"

namespace candor::store {

struct ClickFilter {
  std::optional<ClickId> after{};   ///< ids above, ascending order
  std::optional<ClickId> before{};  ///< ids below, descending order (default when neither is given)
  bool net_only = true;             ///< only Human, unless a verdict is asked for
  std::optional<Verdict> verdict{};
  std::optional<LinkId> link{};
  std::optional<ArticleId> article{};
  std::optional<Country> country{};
  std::optional<Device> device{};
  std::size_t limit = 100;
};

/// What a newer rule makes of a click.
struct NewVerdict {
  ClickId click;
  Verdict verdict = Verdict::Human;
  std::string reason;
};

/// What a click was judged when it came, where that is no longer its verdict.
struct FirstVerdict {
  Verdict verdict = Verdict::Human;
  std::string reason;
  std::int64_t changed_at_ms = 0;

  friend bool operator==(const FirstVerdict&, const FirstVerdict&) = default;
};

/// One run of the redirect front. accepted = recorded + unrecorded + shed, exactly.
struct Run {
  std::int64_t id = 0;
  std::int64_t started_at_ms = 0;
  std::int64_t seen_at_ms = 0;                ///< last sign of life
  std::optional<std::int64_t> stopped_at_ms;  ///< set by an orderly stop
  std::uint64_t accepted = 0;
  std::uint64_t recorded = 0;
  std::uint64_t unrecorded = 0;
  std::uint64_t shed = 0;
  std::uint64_t not_found = 0;
};

/// Half-open time in which nothing was counted because nothing ran.
struct Outage {
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
  bool orderly = false;  ///< stopped by its owner, not crashed
};

struct DayClicks {
  rollup::DayNumber day = 0;
  std::array<std::int64_t, kVerdictCount> by_verdict{};
};

struct ArticleClicks {
  ArticleId article;
  std::array<std::int64_t, kVerdictCount> by_verdict{};
};

struct LinkClicks {
  LinkId link;
  std::int64_t clicks = 0;
};

class ClickStore {
 public:
  virtual ~ClickStore() = default;

  /// Where absorbing goes on.
  virtual journal::Position absorbed() const = 0;
  /// Clicks, day counts and position in one transaction. A click already stored changes nothing
  /// (exactly once).
  virtual void absorb_records(const journal::Records& records, const rollup::SiteZone& zone,
                              journal::Position next) = 0;
  void absorb(const std::vector<Click>& clicks, const rollup::SiteZone& zone,
              journal::Position next) {
    absorb_records(journal::records_of(clicks), zone, next);
  }
  /// Truncates the write-ahead log; true when everything absorbed is in the main database file,
  /// synced.
  virtual bool checkpoint() = 0;

  virtual std::vector<Click> list_clicks(const ClickFilter& filter) const = 0;
  virtual std::optional<Click> find_click(ClickId id) const = 0;
  virtual ClickId last_click() const = 0;

  /// Judges clicks anew, their day counts with them, in one transaction; keeps what each was judged
  /// first. A click that has the verdict already, or is not there, stays as it is. How many
  /// changed.
  virtual std::size_t change_verdicts(const std::vector<NewVerdict>& verdicts,
                                      const rollup::SiteZone& zone, std::int64_t at_ms) = 0;
  /// Nothing when the click's verdict is its first.
  virtual std::optional<FirstVerdict> find_first_verdict(ClickId id) const = 0;

  /// Days in [from, to], days without clicks left out.
  virtual std::vector<DayClicks> clicks_by_day(rollup::DayNumber from, rollup::DayNumber to,
                                               std::optional<ArticleId> article) const = 0;
  virtual std::vector<ArticleClicks> clicks_by_article(rollup::DayNumber from,
                                                       rollup::DayNumber to) const = 0;

  /// Human clicks so far of every link that has a cap and was clicked. Reads all day counts.
  virtual std::vector<LinkClicks> clicks_of_capped_links() const = 0;

  virtual std::int64_t start_run(std::int64_t at_ms) = 0;
  virtual void save_run(const Run& run) = 0;
  /// Newest first.
  virtual std::vector<Run> list_runs(std::size_t limit) const = 0;
  /// Gaps between runs that touch [from_ms, to_ms), oldest first.
  virtual std::vector<Outage> list_outages(std::int64_t from_ms, std::int64_t to_ms) const = 0;
};

}  // namespace candor::store
