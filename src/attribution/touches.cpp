#include "attribution/touches.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "attribution/credit.h"
#include "attribution/markov.h"

namespace candor::attribution {
namespace {

// Sums pass beyond 64 bits on their way, when refunds follow.
__extension__ using Wide = __int128;

/// All touches of one visitor, oldest first.
struct Visitor {
  std::vector<std::int64_t> at_us;
  std::vector<std::string_view> articles;
};

using Visitors = std::unordered_map<std::string_view, Visitor>;

Visitors group_by_visitor(std::span<const Touch> touches) {
  std::vector<const Touch*> order;
  order.reserve(touches.size());
  for (const Touch& touch : touches) order.push_back(&touch);
  std::ranges::stable_sort(order, {}, &Touch::at_us);
  Visitors visitors;
  for (const Touch* touch : order) {
    Visitor& visitor = visitors[touch->visitor];
    visitor.at_us.push_back(touch->at_us);
    visitor.articles.push_back(touch->article);
  }
  return visitors;
}

class Sums {
 public:
  void add_article(Currency currency, std::string_view article, std::int64_t micro) {
    articles_[{currency, article}] += micro;
  }
  void add_unattributed(Currency currency, std::int64_t micro) { unattributed_[currency] += micro; }

  Result<Attribution, AttributionError> finish() const {
    Attribution answer;
    for (const auto& [key, sum] : articles_) {
      if (!fits(sum)) return std::unexpected(AttributionError(SumTooLarge{key.first}));
      answer.articles.push_back(
          {std::string(key.second), {static_cast<std::int64_t>(sum), key.first}});
    }
    for (const auto& [currency, sum] : unattributed_) {
      if (!fits(sum)) return std::unexpected(AttributionError(SumTooLarge{currency}));
      answer.unattributed.push_back({static_cast<std::int64_t>(sum), currency});
    }
    std::ranges::sort(answer.articles, [](const ArticleAmount& a, const ArticleAmount& b) {
      return std::tie(a.amount.currency, b.amount.micro_units, a.article) <
             std::tie(b.amount.currency, a.amount.micro_units, b.article);
    });
    return answer;
  }

 private:
  static bool fits(Wide sum) {
    return sum >= std::numeric_limits<std::int64_t>::min() &&
           sum <= std::numeric_limits<std::int64_t>::max();
  }

  std::map<std::pair<Currency, std::string_view>, Wide> articles_;
  std::map<Currency, Wide> unattributed_;
};

/// The first and the number of the touches in (at - window, at].
std::pair<std::size_t, std::size_t> find_path(const Visitor& visitor, std::int64_t at_us,
                                              std::int64_t window_us) {
  const auto after = [&](std::int64_t us) {
    return static_cast<std::size_t>(std::ranges::upper_bound(visitor.at_us, us) -
                                    visitor.at_us.begin());
  };
  const std::size_t first = after(at_us - window_us);
  return {first, after(at_us) - first};
}

/// Weights of the articles touched, and whose they are.
struct Credits {
  std::vector<std::string_view> articles;
  std::vector<Weight> weights;

  void add(std::string_view article, std::int64_t weight) {
    articles.push_back(article);
    weights.push_back({{}, {}, {}, weight});
  }
};

Credits weigh_path(const Visitor& visitor, std::size_t first, std::size_t count,
                   const ModelSettings& settings) {
  Credits credits;
  if (settings.model == Model::Shapley) {
    std::set<std::string_view> seen;
    for (std::string_view article : std::span(visitor.articles).subspan(first, count))
      if (seen.insert(article).second) credits.add(article, 1);
    return credits;
  }
  const std::span path = std::span(visitor.at_us).subspan(first, count);
  for (const TouchWeight& credit : weigh(settings.model, path, settings.half_life_us))
    credits.add(visitor.articles[first + credit.touch], credit.weight);
  return credits;
}

void divide(Money amount, const Credits& credits, Sums& sums) {
  const std::vector<std::int64_t> parts = split(amount.micro_units, credits.weights);
  for (std::size_t i = 0; i < parts.size(); ++i)
    sums.add_article(amount.currency, credits.articles[i], parts[i]);
}

/// The paths of all visitors, by what became of them.
class Journeys {
 public:
  explicit Journeys(const Visitors& visitors) {
    for (const auto& [name, visitor] : visitors)
      for (std::string_view article : visitor.articles) number_of_.try_emplace(article, 0);
    for (auto& [article, number] : number_of_) {
      number = names_.size();
      names_.push_back(article);
    }
  }

  void add_conversion(Money amount, const Visitor& visitor, std::size_t first, std::size_t count) {
    Group& group = groups_[amount.currency];
    group.micro += amount.micro_units;
    group.paths.push_back({numbers(std::span(visitor.articles).subspan(first, count)), true});
    std::vector<bool>& used = used_[&visitor];
    used.resize(visitor.articles.size());
    std::fill_n(used.begin() + static_cast<std::ptrdiff_t>(first), count, true);
  }

  std::optional<AttributionError> divide(const Visitors& visitors, Sums& sums) const {
    const std::vector<ArticlePath> lost = find_lost(visitors);
    for (const auto& [currency, group] : groups_) {
      std::vector<ArticlePath> paths = group.paths;
      paths.insert(paths.end(), lost.begin(), lost.end());
      const std::vector<std::int64_t> effects = removal_effects(names_.size(), paths);
      if (effects.empty()) return TooManyArticles{};
      if (group.micro < std::numeric_limits<std::int64_t>::min() ||
          group.micro > std::numeric_limits<std::int64_t>::max())
        return SumTooLarge{currency};
      Credits credits;
      for (std::size_t i = 0; i < effects.size(); ++i)
        if (effects[i] > 0) credits.add(names_[i], effects[i]);
      attribution::divide({static_cast<std::int64_t>(group.micro), currency}, credits, sums);
    }
    return std::nullopt;
  }

 private:
  struct Group {
    Wide micro = 0;
    std::vector<ArticlePath> paths;
  };

  std::vector<std::size_t> numbers(std::span<const std::string_view> articles) const {
    std::vector<std::size_t> out;
    out.reserve(articles.size());
    for (std::string_view article : articles) out.push_back(number_of_.at(article));
    return out;
  }
  std::vector<ArticlePath> find_lost(const Visitors& visitors) const {
    std::vector<ArticlePath> lost;
    for (const auto& [name, visitor] : visitors) {
      const auto used = used_.find(&visitor);
      ArticlePath path;
      for (std::size_t i = 0; i < visitor.articles.size(); ++i)
        if (used == used_.end() || !used->second[i])
          path.articles.push_back(number_of_.at(visitor.articles[i]));
      if (!path.articles.empty()) lost.push_back(std::move(path));
    }
    return lost;
  }

  std::map<std::string_view, std::size_t> number_of_;
  std::vector<std::string_view> names_;
  std::map<Currency, Group> groups_;
  std::unordered_map<const Visitor*, std::vector<bool>> used_;
};

}  // namespace

Result<Attribution, AttributionError> attribute(std::span<const Touch> touches,
                                                std::span<const Conversion> conversions,
                                                const ModelSettings& settings) {
  assert(settings.window_us >= 0 && settings.half_life_us > 0);
  const Visitors visitors = group_by_visitor(touches);
  Journeys journeys(visitors);
  Sums sums;
  for (const Conversion& conversion : conversions) {
    const Money amount = conversion.amount;
    sums.add_unattributed(amount.currency, 0);
    const auto visitor = visitors.find(conversion.visitor);
    const auto [first, count] =
        visitor == visitors.end()
            ? std::pair<std::size_t, std::size_t>()
            : find_path(visitor->second, conversion.at_us, settings.window_us);
    if (count == 0)
      sums.add_unattributed(amount.currency, amount.micro_units);
    else if (settings.model == Model::Markov)
      journeys.add_conversion(amount, visitor->second, first, count);
    else
      divide(amount, weigh_path(visitor->second, first, count, settings), sums);
  }
  if (settings.model == Model::Markov)
    if (const auto error = journeys.divide(visitors, sums)) return std::unexpected(*error);
  return sums.finish();
}

}  // namespace candor::attribution
