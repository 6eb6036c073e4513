#pragma once
// Clicks of 2025 on a site of 20,000 links and 2,000 articles, the same in every run.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "journal/click_record.h"
#include "store/store.h"

namespace candor::bench {

inline constexpr std::int64_t kBeginMs = 1'735'689'600'000;  // 2025-01-01T00:00Z
inline constexpr std::int64_t kDayMs = 86'400'000;
inline constexpr int kDays = 365;
inline constexpr std::size_t kLinks = 20'000;
inline constexpr std::size_t kSiteArticles = 2'000;
inline constexpr std::size_t kMerchants = 100;

/// Every third link is Awin's; the others lead to a product of Amazon's with the site's one tag.
inline bool is_awin(std::size_t link) { return link % 3 == 0; }
std::string asin_of(std::size_t link);

void add_site(store::Store& store);

/// A number below `limit`, small ones far likelier.
std::size_t skewed(std::mt19937_64& random, std::size_t limit);

/// Makes the year's clicks in order, some at a time.
class YearOfClicks {
 public:
  explicit YearOfClicks(std::size_t clicks);

  /// At most `count`; empty at the end of the year.
  journal::Records next(std::size_t count);
  /// All on the day after the year.
  journal::Records day_after(std::size_t count);

 private:
  journal::Records make(std::int64_t from_ms, double gap_ms, std::size_t count);

  std::size_t clicks_;
  std::size_t done_ = 0;
  double gap_ms_;
  std::mt19937_64 random_{1};
  std::shared_ptr<const journal::Texts> texts_;
};

}  // namespace candor::bench
