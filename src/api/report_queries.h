#pragma once
// The numbers that several views show, asked in one way so that they cannot differ.
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string_view>

#include "api/router.h"
#include "report/articles_report.h"

namespace candor::api {

/// Finished (sorted, summed, balance checked). With `as_of_ms`: what the ledger knew then.
report::ArticlesReport load_articles_report(const Site& site, DayRange range,
                                            std::optional<std::int64_t> as_of_ms = {});

/// "as_of" of the query: a day, which is meant up to its end, or a moment.
std::optional<std::int64_t> as_of(const Call& call);
/// "currency" of the query, which all money is to be told in.
std::optional<Currency> told_currency(const Call& call);

/// "day", or "week" where the days are more than a chart can show: nobody is sent 750 points.
std::string_view step_of(DayRange range);
/// Whether a step begins with the day: the range's first, or a Monday.
bool begins_step(DayRange range, rollup::DayNumber day);

/// [{"day","net","gross"}], every step of the range by its first day.
nlohmann::json day_clicks_json(const Site& site, DayRange range, std::optional<ArticleId> article);

}  // namespace candor::api
