#include <algorithm>

#include "sqlite/commission_rows.h"
#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {

std::int64_t SiteStore::add_rates(const std::vector<ExchangeRate>& rates) {
  constexpr std::size_t kSlice = 4000;
  std::int64_t added = 0;
  for (std::size_t from = 0; from < rates.size(); from += kSlice) {
    throw_when_stopped();
    const std::size_t to = std::min(rates.size(), from + kSlice);
    added += database_.write([&](Writer& writer) {
      std::int64_t of_slice = 0;
      for (std::size_t i = from; i < to; ++i)
        of_slice += Query(writer.connection, sql::rates::insert_rate)
                        .set(":day", std::int64_t{rates[i].day})
                        .set(":currency", rates[i].currency.text())
                        .set(":per_euro_micro", rates[i].per_euro_micro)
                        .run();
      return of_slice;
    });
  }
  return added;
}

std::vector<ExchangeRate> SiteStore::list_rates(rollup::DayNumber from,
                                                rollup::DayNumber to) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::rates::list_rates);
    query.set(":from_day", std::int64_t{from}).set(":to_day", std::int64_t{to});
    return read_all(query, [](Row& row) {
      ExchangeRate rate;
      rate.id = row.integer();
      rate.day = static_cast<std::int32_t>(row.integer());
      rate.currency = read_currency(row);
      rate.per_euro_micro = row.integer();
      return rate;
    });
  });
}

}  // namespace candor::sqlite
