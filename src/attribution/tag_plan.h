#pragma once
// Which articles deserve an Amazon tracking ID of their own. Amazon allows a number of them (100)
// to an account, so they go to where they tell most: where the money is, then the clicks.
#include <cstdint>
#include <string>
#include <vector>

#include "base/strong_id.h"
#include "revenue/money.h"

namespace candor::attribution {

struct TagCandidate {
  ArticleId article;
  std::string path;
  std::vector<Money> money;  ///< from Amazon, by currency
  std::int64_t clicks = 0;   ///< human ones on Amazon's links
  std::string tag;           ///< its own; empty: none
};

struct TagAdvice {
  TagCandidate candidate;
  bool deserves = false;  ///< has none, and one of those that are left should be its
};

/// Those with a tag first, by path. Then the others with money or clicks: by money in the currency
/// that brings most of the articles money, then by clicks, then by path. `limit` counts all tags of
/// the account, `in_use` those that are taken.
std::vector<TagAdvice> plan_tags(std::vector<TagCandidate> candidates, std::size_t in_use,
                                 std::size_t limit);

}  // namespace candor::attribution
