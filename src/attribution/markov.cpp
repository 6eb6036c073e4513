// The conversions that go through article k are a part f * c of all walks: f the part that ever
// reaches k, c the part of those that converts. Both are read off the chain from which all other
// articles were taken out, their ways joined (censoring). Taking them out in halves does the work
// that all articles share once. Ways are counted, never subtracted (Grassmann, Taksar and Heyman,
// Operations Research 33 (1985), 1107-1116), so that nothing cancels.
#include "attribution/markov.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "attribution/scaled_number.h"

namespace candor::attribution {
namespace {

/// A chain of a start, articles and two ends; weights of ways, in proportion to their counts.
class Chain {
 public:
  explicit Chain(std::vector<std::size_t> articles)
      : articles_(std::move(articles)),
        width_(articles_.size() + 2),
        ways_((articles_.size() + 1) * width_) {}

  std::size_t size() const { return articles_.size(); }
  std::size_t article(std::size_t state) const { return articles_[state]; }

  // Rows are the articles, then the start; columns the articles, then conversion and null.
  std::size_t start() const { return size(); }
  std::size_t conversion() const { return size(); }
  std::size_t null() const { return size() + 1; }
  ScaledNumber& way(std::size_t from, std::size_t to) { return ways_[from * width_ + to]; }
  const ScaledNumber& way(std::size_t from, std::size_t to) const {
    return ways_[from * width_ + to];
  }

  /// Joins every way into `state` with the ways out of it; ways from a state to itself are not
  /// kept. `gone` states are no longer looked at.
  void take_out(std::size_t state, std::vector<bool>& gone) {
    gone[state] = true;
    std::vector<std::size_t> next;
    ScaledNumber out;
    for (std::size_t to = 0; to < width_; ++to) {
      if ((to < size() && gone[to]) || way(state, to).is_zero()) continue;
      next.push_back(to);
      out = out + way(state, to);
    }
    if (next.empty()) return;
    for (std::size_t from = 0; from <= size(); ++from) {
      if ((from < size() && gone[from]) || way(from, state).is_zero()) continue;
      const ScaledNumber part = way(from, state) / out;
      for (std::size_t to : next)
        if (to != from || to == conversion()) way(from, to) = way(from, to) + part * way(state, to);
    }
  }

  /// The chain of the states [first, last) alone.
  Chain censored_to(std::size_t first, std::size_t last) const {
    Chain whole = *this;
    std::vector<bool> gone(size(), false);
    for (std::size_t state = 0; state < size(); ++state)
      if (state < first || state >= last) whole.take_out(state, gone);
    Chain part({articles_.begin() + static_cast<std::ptrdiff_t>(first),
                articles_.begin() + static_cast<std::ptrdiff_t>(last)});
    for (std::size_t from = 0; from <= part.size(); ++from) {
      const std::size_t row = from == part.size() ? start() : first + from;
      for (std::size_t to = 0; to < part.size(); ++to)
        part.way(from, to) = whole.way(row, first + to);
      part.way(from, part.conversion()) = whole.way(row, conversion());
      part.way(from, part.null()) = whole.way(row, null());
    }
    return part;
  }

 private:
  std::vector<std::size_t> articles_;
  std::size_t width_;
  std::vector<ScaledNumber> ways_;
};

void find_effects(const Chain& chain, std::vector<ScaledNumber>& effects) {
  if (chain.size() > 1) {
    const std::size_t middle = chain.size() / 2;
    find_effects(chain.censored_to(0, middle), effects);
    find_effects(chain.censored_to(middle, chain.size()), effects);
    return;
  }
  const ScaledNumber in = chain.way(chain.start(), 0);
  const ScaledNumber beside =
      chain.way(chain.start(), chain.conversion()) + chain.way(chain.start(), chain.null());
  const ScaledNumber converted = chain.way(0, chain.conversion());
  const ScaledNumber lost = chain.way(0, chain.null());
  if (in.is_zero() || converted.is_zero()) return;
  effects[chain.article(0)] = in / (in + beside) * (converted / (converted + lost));
}

/// Articles from which a conversion can be reached; the others are as good as null.
std::vector<bool> find_hopeful(std::size_t article_count, std::span<const ArticlePath> paths) {
  std::vector<std::vector<std::size_t>> before(article_count);
  std::vector<std::size_t> open;
  std::vector<bool> hopeful(article_count, false);
  const auto hope = [&](std::size_t article) {
    if (hopeful[article]) return;
    hopeful[article] = true;
    open.push_back(article);
  };
  for (const ArticlePath& path : paths) {
    for (std::size_t i = 1; i < path.articles.size(); ++i)
      before[path.articles[i]].push_back(path.articles[i - 1]);
    if (path.converts) hope(path.articles.back());
  }
  while (!open.empty()) {
    const std::size_t article = open.back();
    open.pop_back();
    for (std::size_t earlier : before[article]) hope(earlier);
  }
  return hopeful;
}

Chain count_ways(const std::vector<std::size_t>& articles, const std::vector<std::size_t>& state_of,
                 std::span<const ArticlePath> paths) {
  Chain chain(articles);
  constexpr ScaledNumber kOne(1);
  for (const ArticlePath& path : paths) {
    std::size_t from = chain.start();
    for (std::size_t article : path.articles) {
      const std::size_t to = state_of[article];
      if (to == articles.size()) {  // not hopeful, and neither is what follows
        chain.way(from, chain.null()) = chain.way(from, chain.null()) + kOne;
        break;
      }
      if (to != from) chain.way(from, to) = chain.way(from, to) + kOne;
      from = to;
    }
    if (state_of[path.articles.back()] == articles.size()) continue;
    const std::size_t end = path.converts ? chain.conversion() : chain.null();
    chain.way(from, end) = chain.way(from, end) + kOne;
  }
  return chain;
}

}  // namespace

std::vector<std::int64_t> removal_effects(std::size_t article_count,
                                          std::span<const ArticlePath> paths) {
  const std::vector<bool> hopeful = find_hopeful(article_count, paths);
  std::vector<std::size_t> articles;
  for (std::size_t article = 0; article < article_count; ++article)
    if (hopeful[article]) articles.push_back(article);
  if (articles.size() > kMostMarkovArticles) return {};
  std::vector<std::size_t> state_of(article_count, articles.size());
  for (std::size_t state = 0; state < articles.size(); ++state) state_of[articles[state]] = state;

  std::vector<std::int64_t> weights(article_count, 0);
  if (articles.empty()) return weights;
  std::vector<ScaledNumber> effects(article_count);
  find_effects(count_ways(articles, state_of, paths), effects);
  const ScaledNumber greatest = *std::ranges::max_element(effects);
  for (std::size_t i = 0; i < article_count; ++i) weights[i] = rounded_share(effects[i], greatest);
  return weights;
}

}  // namespace candor::attribution
