#include "attribution/click_windows.h"

namespace candor::attribution {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kDayMs = 24 * kHourMs;

// Clicks are counted by steps of their age: hours in short windows, days in long ones.
constexpr std::int64_t step_of(std::int64_t length_ms) {
  return length_ms <= 3 * kDayMs ? kHourMs : kDayMs;
}

/// Positive, below 2^32: 2^31 for a click of the newest step.
std::int64_t weight_of_age(std::int64_t steps, std::int64_t step_ms, std::int64_t half_life_ms) {
  return std::max<std::int64_t>(decayed_weight(steps * step_ms, half_life_ms) >> 31, 1);
}

/// Clicks on one product come mostly from the same place as the one before.
class ShareSum {
 public:
  void add(const Held& click, std::int64_t weight) {
    const std::pair key{click.article, click.link};
    if (last_ == nullptr || last_->first != key) last_ = &*shares_.try_emplace(key, 0).first;
    last_->second += weight;
  }
  Shares take() { return std::move(shares_); }

 private:
  Shares shares_;
  Shares::value_type* last_ = nullptr;
};

}  // namespace

SlidingCounts::SlidingCounts(std::int64_t length_ms, Model model)
    : length_ms_(length_ms), step_ms_(step_of(length_ms)), by_age_(model == Model::TimeDecay) {}

void SlidingCounts::add(const Held& click) {
  drop_before(click.at_ms - length_ms_ + 1);
  clicks_.push_back(click);
  count(click, 1);
}

Shares SlidingCounts::share(std::int64_t from_ms, const ModelChoice& choice) {
  drop_before(from_ms);
  Shares shares;
  if (clicks_.empty()) return shares;
  const auto n = static_cast<std::int64_t>(clicks_.size());
  const std::pair front{clicks_.front().article, kNoLink};
  const std::pair back{clicks_.back().article, kNoLink};
  const bool halves = choice.model == Model::Position && n <= 2;
  if (choice.model == Model::First || halves) ++shares[front];
  if (choice.model == Model::Last || (halves && n == 2)) ++shares[back];
  if (!shares.empty()) return shares;
  if (by_age_) {
    const std::int64_t newest = clicks_.back().at_ms / step_ms_;
    for (const auto& [key, number] : aged_)
      shares[{key.first, kNoLink}] +=
          number * weight_of_age(newest - key.second, step_ms_, choice.half_life_ms);
    return shares;
  }
  for (std::uint32_t article = 0; article < counts_.size(); ++article)
    if (counts_[article] > 0) shares[{article, kNoLink}] = counts_[article];
  if (choice.model == Model::Position) {
    // 2m + m * 1 + 2m for the m clicks between; the ends are counted with 1 already.
    shares[front] += 2 * (n - 2) - 1;
    shares[back] += 2 * (n - 2) - 1;
  }
  return shares;
}

void SlidingCounts::drop_before(std::int64_t from_ms) {
  while (!clicks_.empty() && clicks_.front().at_ms < from_ms) {
    count(clicks_.front(), -1);
    clicks_.pop_front();
  }
}

void SlidingCounts::count(const Held& click, std::int64_t by) {
  if (by_age_) {
    const auto at = aged_.try_emplace({click.article, click.at_ms / step_ms_}, 0).first;
    if ((at->second += by) == 0) aged_.erase(at);
    return;
  }
  if (click.article >= counts_.size()) counts_.resize(click.article + 1);
  counts_[click.article] += by;
}

void ProductClicks::add(const Held& click) {
  if (clicks_.size() == clicks_.capacity()) make_room(click.at_ms - longest_ms_);
  clicks_.push_back(click);
}

void ProductClicks::make_room(std::int64_t too_old_ms) {
  const auto kept = std::ranges::upper_bound(clicks_, too_old_ms, {}, &Held::at_ms);
  clicks_.erase(clicks_.begin(), kept);
  const std::size_t held = clicks_.size();
  if (held > clicks_.capacity() / 8 * 7) clicks_.reserve(held + std::max(held / 4, kLeastRoom));
}

std::span<const Held> ProductClicks::from(std::int64_t from_ms) const {
  const auto at = std::ranges::lower_bound(clicks_, from_ms, {}, &Held::at_ms);
  return std::span(clicks_).subspan(static_cast<std::size_t>(at - clicks_.begin()));
}

Shares share_product(std::span<const Held> clicks, std::int64_t length_ms,
                     const ModelChoice& choice) {
  ShareSum sum;
  if (choice.model == Model::Linear) {
    for (const Held& click : clicks) sum.add(click, 1);
    return sum.take();
  }
  if (choice.model == Model::TimeDecay) {
    const std::int64_t step = step_of(length_ms);
    for (const Held& click : clicks)
      sum.add(click, weight_of_age(clicks.back().at_ms / step - click.at_ms / step, step,
                                   choice.half_life_ms));
    return sum.take();
  }
  std::vector<std::int64_t> path;
  path.reserve(clicks.size());
  for (const Held& click : clicks) path.push_back(click.at_ms);
  for (const TouchWeight& each : weigh(choice.model, path, choice.half_life_ms))
    sum.add(clicks[each.touch], each.weight);
  return sum.take();
}

}  // namespace candor::attribution
