#pragma once
// Divides conversions over the touches of the same visitor, by a model: attribution of outside data
// whose visitors are known, without links, networks or evidence tiers.
#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "attribution/models.h"
#include "base/result.h"
#include "revenue/money.h"

namespace candor::attribution {

/// Times are microseconds since 1970, UTC.
struct Touch {
  std::string visitor;
  std::string article;
  std::int64_t at_us = 0;
};

struct Conversion {
  std::string visitor;
  std::int64_t at_us = 0;
  Money amount;  ///< may be negative
};

struct ModelSettings {
  Model model = Model::Last;
  std::int64_t window_us = 0;     ///< not negative
  std::int64_t half_life_us = 0;  ///< positive; for time decay
};

struct ArticleAmount {
  std::string article;
  Money amount;
  friend bool operator==(const ArticleAmount&, const ArticleAmount&) = default;
};

/// Articles plus unattributed equals the conversions, for each currency to the last micro-unit.
struct Attribution {
  std::vector<ArticleAmount> articles;  ///< with credit; by currency, amount descending, article
  std::vector<Money> unattributed;      ///< one for each currency of the conversions, also of 0
};

/// An amount of this currency grew beyond what Money holds.
struct SumTooLarge {
  Currency currency;
};
/// Markov: more articles than kMostMarkovArticles are on ways to conversions.
struct TooManyArticles {};
using AttributionError = std::variant<SumTooLarge, TooManyArticles>;

/// A conversion's touches are its visitor's in (at - window, at], in order of time, at the same
/// time in the order given. Each touch gets its own part (attribution::split), and none is used up:
/// it counts again for the visitor's next conversion. Without touches the amount is unattributed.
///
/// Shapley: the players are the articles touched, the worth of a set of articles is the money of
/// the conversions whose touches were all on articles of the set. Its Shapley value is each
/// conversion's money in equal parts for the articles touched, however often; a rest goes to those
/// touched first. So it is exact for paths of any length. Source: K. Zhao, S. H. Mahboobi,
/// S. R. Bagheri, "Shapley Value Methods for Attribution Modeling in Online Advertising"
/// (arXiv:1804.05327), theorem 1; division of a unanimity game: L. S. Shapley, "A Value for
/// n-Person Games" (1953).
///
/// Markov: the paths are those of the conversions, one each whatever its amount, and for each
/// visitor one of the touches in no conversion's window, which ends without a conversion. Each
/// currency has a chain of its own conversions. The money of all its conversions with touches is
/// divided by the removal effects (attribution/markov.h), a rest by article name.
Result<Attribution, AttributionError> attribute(std::span<const Touch> touches,
                                                std::span<const Conversion> conversions,
                                                const ModelSettings& settings);

}  // namespace candor::attribution
