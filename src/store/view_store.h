#pragma once
// Views of articles and impressions of links, as pages told them: best effort, counted per day.
// Callable from any thread.
#include <cstdint>
#include <vector>

#include "base/strong_id.h"
#include "rollup/view_days.h"

namespace candor::store {

struct ArticleViews {
  ArticleId article;
  std::int64_t views = 0;
};

struct LinkImpressions {
  LinkId link;
  std::int64_t impressions = 0;
};

class ViewStore {
 public:
  virtual ~ViewStore() = default;

  /// Adds the counts, all or none.
  virtual void add_views(const rollup::ViewDayDeltas& deltas) = 0;
  /// By people, days in [from, to]; articles nobody told of are left out.
  virtual std::vector<ArticleViews> views_by_article(rollup::DayNumber from,
                                                     rollup::DayNumber to) const = 0;
  /// The same for the links of one article.
  virtual std::vector<LinkImpressions> impressions_by_link(ArticleId article,
                                                           rollup::DayNumber from,
                                                           rollup::DayNumber to) const = 0;
};

}  // namespace candor::store
