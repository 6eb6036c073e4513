#pragma once
// What needs doing, by the money that hangs on it.
#include <nlohmann/json_fwd.hpp>

#include "report/articles_report.h"
#include "store/store.h"

namespace candor::api {

/// Gives each problem `at_risk` ([{"currency", "earned_micro"}]): what its article, or the articles
/// with its link, earned in the report's days. Puts them in order: errors of the whole site or of
/// counting, which put all of the money in doubt; then by what is at risk in the site's main
/// currency, then by how grave they are.
void order_by_money(const store::Store& store, const report::ArticlesReport& report,
                    nlohmann::json& problems);

}  // namespace candor::api
