#include "attribution/touches.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "attribution/credit.h"

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

  Result<Attribution, SumTooLarge> finish() const {
    Attribution answer;
    for (const auto& [key, sum] : articles_) {
      if (!fits(sum)) return std::unexpected(SumTooLarge{key.first});
      answer.articles.push_back(
          {std::string(key.second), {static_cast<std::int64_t>(sum), key.first}});
    }
    for (const auto& [currency, sum] : unattributed_) {
      if (!fits(sum)) return std::unexpected(SumTooLarge{currency});
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

void divide(const Conversion& conversion, const Visitor& visitor, const ModelSettings& settings,
            Sums& sums) {
  const auto [first, count] = find_path(visitor, conversion.at_us, settings.window_us);
  const Money amount = conversion.amount;
  const std::span path = std::span(visitor.at_us).subspan(first, count);
  const std::vector<TouchWeight> credits = weigh(settings.model, path, settings.half_life_us);
  if (credits.empty()) {
    sums.add_unattributed(amount.currency, amount.micro_units);
    return;
  }
  std::vector<Weight> weights;
  weights.reserve(credits.size());
  for (const TouchWeight& credit : credits) weights.push_back({{}, {}, {}, credit.weight});
  const std::vector<std::int64_t> parts = split(amount.micro_units, weights);
  for (std::size_t i = 0; i < parts.size(); ++i)
    sums.add_article(amount.currency, visitor.articles[first + credits[i].touch], parts[i]);
}

}  // namespace

Result<Attribution, SumTooLarge> attribute(std::span<const Touch> touches,
                                           std::span<const Conversion> conversions,
                                           const ModelSettings& settings) {
  assert(settings.window_us >= 0 && settings.half_life_us > 0);
  const Visitors visitors = group_by_visitor(touches);
  const Visitor nobody;
  Sums sums;
  for (const Conversion& conversion : conversions) {
    sums.add_unattributed(conversion.amount.currency, 0);
    const auto visitor = visitors.find(conversion.visitor);
    divide(conversion, visitor == visitors.end() ? nobody : visitor->second, settings, sums);
  }
  return sums.finish();
}

}  // namespace candor::attribution
