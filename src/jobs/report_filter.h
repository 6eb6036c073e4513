#pragma once
// Which clicks and which parts of commissions a report is about, when it is not about all.
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "report/dimension_report.h"
#include "store/store.h"

namespace candor::jobs {

/// Merchants of links, read once each; all at once when many are asked for.
class LinkMerchants {
 public:
  explicit LinkMerchants(const store::Store& store) : store_(store) {}
  /// The link's merchant, by which its clicks are counted; else as the network's report has it.
  /// Good until the next call.
  const std::string& of(const report::MoneyPart& part);

 private:
  void read_all();

  const store::Store& store_;
  std::unordered_map<std::int64_t, std::string> merchants_;
  bool all_read_ = false;  ///< but for removed ones
};

/// Parts of commissions that any of each filter's values names; nothing unattributed is an
/// article's or a link's. Without filters: all.
class MoneyFilter {
 public:
  /// `merchants` outlives the filter.
  MoneyFilter(const store::Store& store, std::span<const report::ReportFilter> filters,
              LinkMerchants& merchants);
  bool passes(const report::MoneyPart& part) const;

 private:
  bool passes(const report::MoneyPart& part, report::Dimension dimension,
              std::span<const std::string> values) const;

  std::vector<report::ReportFilter> texts_;
  std::vector<std::pair<report::Dimension, std::vector<std::int64_t>>> ids_;
  LinkMerchants& merchants_;
};

/// The same filters as a question about clicks has them.
std::vector<std::pair<rollup::SliceDimension, std::vector<std::string>>> slice_filters(
    std::span<const report::ReportFilter> filters);

}  // namespace candor::jobs
