#pragma once
// The demo's readers and robots: clicks of the last 90 days, the same ones for the same seed and
// day.
#include <cstdint>
#include <string>
#include <vector>

#include "click/click.h"
#include "store/link_store.h"

namespace candor::app::demo {

/// Numbers that depend on the seed alone (SplitMix64: no standard distribution, whose results may
/// differ by library).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }
  bool chance(std::uint64_t percent) { return below(100) < percent; }

 private:
  std::uint64_t state_;
};

/// A link as it stands in an article: what a demo reader can follow.
struct Placement {
  ArticleId article;
  std::string path;
  std::int64_t popularity = 1;
  std::int64_t placement = 1;
  LinkId link;  ///< none: a direct link (Amazon, eBay), whose clicks no redirect sees
  std::string href;
  std::string network;
};
std::vector<Placement> find_placements(const store::LinkStore& links, Dice& dice);

/// Clicks from `days` days before `now_ms` until then, ascending by id.
std::vector<Click> make_clicks(const std::vector<Placement>& placements, Dice& dice,
                               std::int64_t now_ms, int days);

}  // namespace candor::app::demo
