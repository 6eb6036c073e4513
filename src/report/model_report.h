#pragma once
// What each article earned by each of several attribution models, side by side. Only money that no
// stronger evidence decides differs between them.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/strong_id.h"
#include "revenue/money.h"

namespace candor::report {

struct ModelColumn {
  std::string model;      ///< "last", "linear", ...
  std::string undefined;  ///< why it divides nothing in these days; empty: it does
};

struct ModelRow {
  ArticleId article;  ///< none: `path` says what it is
  std::string path;
  std::string title{};
  Currency currency{};
  std::int64_t evidence_micro = 0;             ///< decided otherwise: the same under every model
  std::vector<std::int64_t> modelled_micro{};  ///< one a model
  std::int64_t earned_micro(std::size_t model) const {
    return evidence_micro + modelled_micro.at(model);
  }
  friend bool operator==(const ModelRow&, const ModelRow&) = default;
};

inline constexpr std::string_view kWaiting = "(waiting)";

/// Money earned: pending, approved and paid.
struct ModelReport {
  std::string from_day;                ///< "2026-10-26", site's zone, inclusive
  std::string to_day;                  ///< inclusive
  std::string zone;                    ///< "Europe/Berlin"
  bool demo = false;                   ///< numbers of generated demo data
  std::string booked_model;            ///< that of the configuration
  std::vector<ModelColumn> models;     ///< as asked
  std::int64_t modelled_count = 0;     ///< commissions divided by the models
  std::int64_t as_booked_count = 0;    ///< of those, divided as they are booked under every model:
                                       ///< the clicks do not divide them any more
  std::vector<ModelRow> rows;          ///< finish(): by currency, earned, path
  std::vector<ModelRow> unattributed;  ///< one a currency; no article known
  std::vector<ModelRow> waiting;       ///< modelled, but with observations that are not booked yet
  std::vector<Money> imported;         ///< earned, straight from the commissions, by currency
  std::vector<ModelRow> total{};       ///< finish()'s; one a currency
  bool balanced = true;                ///< under every model, each currency's total is imported
};

/// Sorts the rows, sums the totals, checks the balance.
void finish(ModelReport& report);

/// JSON (schema "candor.report.models/1"), CSV (one line per article and currency,
/// formula-guarded), an aligned table. A model that is not defined has no amounts.
std::string to_json(const ModelReport& report);
std::string to_csv(const ModelReport& report);
std::string to_table(const ModelReport& report);

}  // namespace candor::report
