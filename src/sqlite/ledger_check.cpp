// The ledger's sums by network, account, currency, status and month, each side from tables of its
// own, so that they can contradict each other.
#include <map>
#include <tuple>

#include "sqlite/commission_rows.h"
#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

/// Days begin on a quarter of an hour in every zone of the tz database that is in use.
constexpr std::int64_t kQuarterMs = 15 * 60 * 1000;

using Key = std::tuple<std::string, std::string, Currency, CommissionStatus, std::string>;

class Sums {
 public:
  Sums(Connection& connection, const rollup::SiteZone& zone, std::int64_t from_ms,
       std::int64_t to_ms)
      : connection_(connection), days_(zone), from_ms_(from_ms), to_ms_(to_ms) {}

  template <class Add>
  void add(std::string_view statement, Add add) {
    Query query(connection_, statement);
    query.set(":from_ms", from_ms_).set(":to_ms", to_ms_);
    while (query.next()) {
      Row row(query);
      std::string network = row.text();
      std::string account = row.text();
      const Currency currency = read_currency(row);
      const CommissionStatus status = read_status(row);
      // "2026-03" of "2026-03-02".
      std::string month = rollup::format_day(days_.day_of(row.integer() * kQuarterMs)).substr(0, 7);
      add(lines_[Key(std::move(network), std::move(account), currency, status, std::move(month))],
          row);
    }
  }

  std::vector<LedgerLine> lines() const {
    std::vector<LedgerLine> all;
    for (const auto& [key, line] : lines_) {
      if (line == LedgerLine{}) continue;  // it all came to nothing
      all.push_back(line);
      std::tie(all.back().network, all.back().account, all.back().currency, all.back().status,
               all.back().period) = key;
    }
    return all;
  }

 private:
  Connection& connection_;
  rollup::DayFinder days_;
  std::int64_t from_ms_;
  std::int64_t to_ms_;
  std::map<Key, LedgerLine> lines_;
};

}  // namespace

std::vector<LedgerLine> SiteStore::check_ledger(const rollup::SiteZone& zone,
                                                std::optional<rollup::DayNumber> from,
                                                std::optional<rollup::DayNumber> to) const {
  throw_when_stopped();
  return database_.read([&](Connection& connection) {
    Query times(connection, sql::check::find_times);
    times.next();
    Row row(times);
    const auto first = row.optional_integer();
    const auto last = row.optional_integer();
    if (!first || !last) return std::vector<LedgerLine>{};
    Sums sums(connection, zone, from ? zone.start_of(*from) : *first,
              to ? zone.start_of(*to + 1) : *last + 1);
    sums.add(sql::check::sum_imported,
             [](LedgerLine& line, Row& sum) { line.imported_micro += sum.integer(); });
    sums.add(sql::check::sum_booked, [](LedgerLine& line, Row& sum) {
      line.attributed_micro += sum.integer();
      line.unattributed_micro += sum.integer();
    });
    sums.add(sql::check::sum_unbooked,
             [](LedgerLine& line, Row& sum) { line.unattributed_micro += sum.integer(); });
    return sums.lines();
  });
}

}  // namespace candor::sqlite
