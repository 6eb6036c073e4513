#include "attribution/tag_plan.h"

#include <algorithm>
#include <map>
#include <span>
#include <string_view>
#include <tuple>

namespace candor::attribution {
namespace {

std::int64_t money_in(const TagCandidate& candidate, Currency currency) {
  for (const Money& money : candidate.money)
    if (money.currency == currency) return money.micro_units;
  return 0;
}

/// The one in which most articles have money; of several the first by its code.
Currency main_currency(std::span<const TagCandidate> candidates) {
  std::map<Currency, std::size_t> articles;
  for (const TagCandidate& candidate : candidates)
    for (const Money& money : candidate.money)
      if (money.micro_units > 0) ++articles[money.currency];
  Currency best;
  std::size_t most = 0;
  for (const auto& [currency, count] : articles)
    if (count > most) {
      best = currency;
      most = count;
    }
  return best;
}

}  // namespace

std::vector<TagAdvice> plan_tags(std::vector<TagCandidate> candidates, std::size_t in_use,
                                 std::size_t limit) {
  std::erase_if(candidates, [](const TagCandidate& candidate) {
    return candidate.tag.empty() && candidate.clicks == 0 &&
           std::ranges::none_of(candidate.money, [](Money m) { return m.micro_units != 0; });
  });
  const Currency currency = main_currency(candidates);
  const auto rank = [&](const TagCandidate& candidate) {
    const bool has_tag = !candidate.tag.empty();
    return std::tuple(!has_tag, has_tag ? 0 : -money_in(candidate, currency),
                      has_tag ? 0 : -candidate.clicks, std::string_view(candidate.path));
  };
  std::ranges::sort(candidates, [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  std::size_t left = limit > in_use ? limit - in_use : 0;
  std::vector<TagAdvice> advice;
  for (TagCandidate& candidate : candidates) {
    const bool deserves = candidate.tag.empty() && left > 0;
    if (deserves) --left;
    advice.push_back({std::move(candidate), deserves});
  }
  return advice;
}

}  // namespace candor::attribution
