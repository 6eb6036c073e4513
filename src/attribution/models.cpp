// Time decay in whole numbers. Weights are fixed-point numbers with 62 bits behind the point. An
// age in half-lives is n + f with 0 <= f < 1; f is written with 60 binary digits b1 b2 ..., so that
//   2^-(n + f) = 2^-n * product of 2^(-2^-k) over the k whose digit is 1.
// The 60 factors are repeated square roots of 1/2, made at compile time. Each is within one unit of
// the last place (2^-62), each product adds half a unit, and the digits of f left out are worth
// less than three units: all together less than 100 units, which is below 2^-54.
#include "attribution/models.h"

#include <algorithm>
#include <cassert>

namespace candor::attribution {
namespace {

// A product of two weights needs up to 124 bits.
__extension__ using Wide = unsigned __int128;

constexpr int kPointBits = 62;
constexpr int kDigits = 60;
static_assert(kFullWeight == std::int64_t{1} << kPointBits);

/// To the nearest whole number; `value` below 2^126.
constexpr std::uint64_t square_root(Wide value) {
  std::uint64_t root = 0;
  for (int bit = 62; bit >= 0; --bit) {
    const std::uint64_t longer = root | std::uint64_t{1} << bit;
    if (static_cast<Wide>(longer) * longer <= value) root = longer;
  }
  // (root + 1/2)^2 = root^2 + root + 1/4
  return value - static_cast<Wide>(root) * root > root ? root + 1 : root;
}

/// 2^(-2^-k) for k = 1, 2, ...
constexpr std::array<std::uint64_t, kDigits> kRoots = [] {
  std::array<std::uint64_t, kDigits> roots{};
  std::uint64_t last = std::uint64_t{1} << (kPointBits - 1);
  for (std::uint64_t& root : roots) {
    last = square_root(static_cast<Wide>(last) << kPointBits);
    root = last;
  }
  return roots;
}();

constexpr std::uint64_t shift_rounded(Wide value, int bits) {
  return static_cast<std::uint64_t>((value + (Wide{1} << (bits - 1))) >> bits);
}

std::vector<TouchWeight> weigh_by_position(std::size_t count) {
  if (count == 1) return {{0, 1}};
  if (count == 2) return {{0, 1}, {1, 1}};
  // 2m + m * 1 + 2m for the m touches between: 40 %, 20 %, 40 %.
  const auto end_weight = static_cast<std::int64_t>(2 * (count - 2));
  std::vector<TouchWeight> weights;
  weights.reserve(count);
  for (std::size_t i = 0; i < count; ++i)
    weights.push_back({i, i == 0 || i == count - 1 ? end_weight : 1});
  return weights;
}

}  // namespace

std::string_view name_of(Model model) {
  switch (model) {
    case Model::First:
      return "first";
    case Model::Last:
      return "last";
    case Model::Linear:
      return "linear";
    case Model::Position:
      return "position";
    case Model::TimeDecay:
      return "time-decay";
    case Model::Markov:
      return "markov";
    case Model::Shapley:
      break;
  }
  return "shapley";
}

std::optional<Model> find_model(std::string_view name) {
  for (Model model : kModels)
    if (name_of(model) == name) return model;
  return std::nullopt;
}

std::int64_t decayed_weight(std::int64_t age_us, std::int64_t half_life_us) {
  assert(age_us >= 0 && half_life_us > 0);
  const std::int64_t halvings = age_us / half_life_us;
  if (halvings > kPointBits) return 1;
  const auto digits = static_cast<std::uint64_t>(
      (static_cast<Wide>(age_us % half_life_us) << kDigits) / static_cast<Wide>(half_life_us));
  std::uint64_t weight = kFullWeight;
  for (int k = 1; k <= kDigits; ++k)
    if ((digits >> (kDigits - k) & 1U) != 0)
      weight = shift_rounded(static_cast<Wide>(weight) * kRoots[static_cast<std::size_t>(k - 1)],
                             kPointBits);
  if (halvings > 0) weight = shift_rounded(weight, static_cast<int>(halvings));
  return std::max<std::int64_t>(static_cast<std::int64_t>(weight), 1);
}

std::vector<TouchWeight> weigh(Model model, std::span<const std::int64_t> path,
                               std::int64_t half_life_us) {
  assert(std::ranges::is_sorted(path));
  if (path.empty()) return {};
  switch (model) {
    case Model::First:
      return {{0, 1}};
    case Model::Last:
      return {{path.size() - 1, 1}};
    case Model::Position:
      return weigh_by_position(path.size());
    case Model::Linear:
    case Model::TimeDecay:
      break;
    case Model::Markov:
    case Model::Shapley:
      assert(false && "these need more than one path");
      return {};
  }
  std::vector<TouchWeight> weights;
  weights.reserve(path.size());
  // Counted from the newest touch: its distance to the conversion weakens all of them alike, and
  // would only cost digits.
  for (std::size_t i = 0; i < path.size(); ++i)
    weights.push_back(
        {i, model == Model::Linear ? 1 : decayed_weight(path.back() - path[i], half_life_us)});
  return weights;
}

}  // namespace candor::attribution
