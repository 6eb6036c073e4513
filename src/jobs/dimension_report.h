#pragma once
// Reports by any dimension, put together from the store: one way for the API, the command line, the
// dashboard and mail, so that none can differ.
#include "report/dimension_report.h"
#include "rollup/site_zone.h"
#include "store/store.h"

namespace candor::jobs {

struct ReportQuestion {
  report::Dimension by = report::Dimension::Article;
  rollup::DayNumber from = 0;  ///< both included
  rollup::DayNumber to = 0;
  report::Comparison compare = report::Comparison::None;
  std::vector<report::ReportFilter> filters{};  ///< of dimensions that can_filter()
  /// What the ledger knew and had booked at that moment; clicks and views are as known now.
  std::optional<std::int64_t> as_of_ms{};
  std::optional<Currency> currency{};  ///< tell all money in it (report/convert.h)
};

/// Finished (sorted, summed, balance checked). Days, weeks and months of the range all have a row;
/// of other dimensions, what was clicked, viewed or earned then or in the compared days.
report::DimensionReport load_dimension_report(const store::Store& store,
                                              const rollup::SiteZone& zone,
                                              const ReportQuestion& question);

}  // namespace candor::jobs
