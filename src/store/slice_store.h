#pragma once
// Clicks counted by whatever is asked, over roll-ups, column blocks and rows. Callable from any
// thread.
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rollup/click_slice.h"
#include "rollup/site_zone.h"

namespace candor::store {

/// A question in the words people use: paths of articles, slugs of links, names of merchants and
/// networks, "merchant at network" for programmes, codes of languages; the empty text for what is
/// not known. Other dimensions as rollup::parse_value() reads them.
struct SliceQuestion {
  rollup::DayNumber from = 0;  ///< both included
  rollup::DayNumber to = 0;
  std::vector<rollup::SliceDimension> by{};
  std::vector<std::pair<rollup::SliceDimension, std::vector<std::string>>> filters{};
  /// Readers, too. Quick by day, week, month and article; else every click is looked at.
  bool visitors = false;
};

struct ClickSliceRow {
  std::vector<std::string> keys;  ///< one a dimension, in the words of the question
  std::vector<std::int64_t> ids;  ///< the same as numbers: ArticleId, LinkId, DayNumber, ...
  std::int64_t clicks = 0;        ///< human
  std::int64_t gross_clicks = 0;
  std::optional<std::int64_t> visitor_days;  ///< as rollup::SliceRow has it; nothing when not asked
};

class SliceStore {
 public:
  virtual ~SliceStore() = default;

  /// By key, dimension after dimension. A filter that names nothing known finds no rows.
  virtual std::vector<ClickSliceRow> slice_clicks(const SliceQuestion& question,
                                                  const rollup::SiteZone& zone) const = 0;
};

}  // namespace candor::store
