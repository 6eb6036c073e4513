#pragma once
// Tier 4: commissions that no evidence ties to one article are divided over the clicks that may
// have led to them. All questions are asked first, then each click is read once, in order of time,
// and answers what its time completes: the work is the clicks plus the questions, never their
// product.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "attribution/match.h"
#include "attribution/models.h"
#include "revenue/commission.h"

namespace candor::attribution {

/// How clicks of a window share: one of kTouchModels.
struct ModelChoice {
  Model model = Model::Linear;
  std::int64_t half_life_ms = std::int64_t{7} * 86'400'000;  ///< positive; for time decay
  friend bool operator==(const ModelChoice&, const ModelChoice&) = default;
};

/// A link as tier 4 compares it with what a report names.
struct LinkFacts {
  LinkId id;
  std::string network;
  std::vector<std::string> query_values;   ///< decoded; a tag is one of them
  std::vector<std::string> path_segments;  ///< decoded; a product is one of them or of the values
};

/// Whether the link is of the network, carries the tag and leads to the product, where given.
bool leads_to(const LinkFacts& link, std::string_view network, std::string_view tag,
              std::string_view product);

/// Half-open, UTC milliseconds.
struct TimeRange {
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
  friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

/// One try of tier 4; the tries of a commission are made in their order, the first that finds a
/// click decides.
struct Candidates {
  std::string product;  ///< empty: clicks on any product of the network
  TimeRange range;
  std::string_view window;  ///< "around the click's time that the network tells", ...
};

/// What may have led to the purchase, likeliest first. `order_days` (days since 1970-01-01, any
/// order) are those on which the network's other reports say that the tag and product were ordered;
/// they narrow what a shipping date leaves open.
///  - Amazon: 24 hours from the click to the order or the cart, 90 days for what is in the cart
///    (Associates Program Policies, 2025-10-15). Its earnings are dated by the day of shipping,
///    taken to be at most 7 days after the order where no order is known.
///  - eBay 24 hours (partnernetwork.ebay.de), ClickBank 60 days, elsewhere 30 days.
/// Times of a report are allowed 12 hours of another zone when they are days.
std::vector<Candidates> candidates_for(const CommissionRow& row, std::string_view network,
                                       std::span<const std::int32_t> order_days = {});

/// Articles with fewer clicks than this many others get no part of a split over any product.
inline constexpr std::size_t kMostModelledArticles = 64;

/// Order of use: links, questions, ranges(), take() of the clicks, answer(). For one thread.
class WindowModel {
 public:
  WindowModel(ModelChoice choice, std::span<const LinkFacts> links);
  ~WindowModel();
  WindowModel(const WindowModel&) = delete;
  WindowModel& operator=(const WindowModel&) = delete;

  /// The number by which answer() knows it.
  std::size_t ask(const CommissionRow& row, std::string_view network,
                  std::span<const std::int32_t> order_days = {});

  /// The times whose human clicks are needed: ascending, apart.
  std::vector<TimeRange> ranges() const;
  /// Clicks ascending over all calls; those of no use are passed over.
  void take(std::span<const CandidateClick> clicks);
  /// No click is to come.
  void finish();

  /// Nothing when no click was found. Weights by article (and link, for the same product), their
  /// sum below 2^63. For split over any product the articles with the most credit, at most
  /// kMostModelledArticles.
  std::optional<Match> answer(std::size_t question) const;

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace candor::attribution
