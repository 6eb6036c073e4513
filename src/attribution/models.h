#pragma once
// How the money of a conversion weighs on the touches that came before it. Sources: Google Ads API,
// AttributionModelEnum (developers.google.com/google-ads/api/reference/rpc/latest/
// AttributionModelEnum.AttributionModel): position gives 40 % each to the first and the last click
// and 20 % evenly to the others; time decay has a half-life of one week.
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace candor::attribution {

enum class Model : std::uint8_t { First, Last, Linear, Position, TimeDecay, Markov, Shapley };
inline constexpr std::array kModels{Model::First,     Model::Last,   Model::Linear, Model::Position,
                                    Model::TimeDecay, Model::Markov, Model::Shapley};
/// Those that look at one path alone, at the order and times of its touches.
inline constexpr std::array kTouchModels{Model::First, Model::Last, Model::Linear, Model::Position,
                                         Model::TimeDecay};
/// "first", "last", "linear", "position", "time-decay", "markov", "shapley"
std::string_view name_of(Model model);
std::optional<Model> find_model(std::string_view name);

struct TouchWeight {
  std::size_t touch = 0;    ///< index into the path
  std::int64_t weight = 0;  ///< positive; only the proportion counts
  friend bool operator==(const TouchWeight&, const TouchWeight&) = default;
};

/// The touches of `path` that get credit, in its order. `path` holds the times of the touches,
/// oldest first; none gives none. `half_life_us` (positive) counts for time decay alone. `model` is
/// one of kTouchModels.
std::vector<TouchWeight> weigh(Model model, std::span<const std::int64_t> path,
                               std::int64_t half_life_us);

/// The weight of a touch as old as the newest one.
inline constexpr std::int64_t kFullWeight = std::int64_t{1} << 62;

/// kFullWeight * 2^(-age/half-life), never below 1. Off by less than 2^-54 of kFullWeight: less
/// than one micro-unit in any amount up to 18 thousand million units of a currency. `age_us` is not
/// negative, `half_life_us` positive.
std::int64_t decayed_weight(std::int64_t age_us, std::int64_t half_life_us);

}  // namespace candor::attribution
