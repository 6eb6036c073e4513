#include "jobs/visit_paths.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "attribution/markov.h"
#include "click/click_id.h"

namespace candor::jobs {
namespace {

using attribution::ArticlePath;

/// Numbers articles in the order in which they come.
class ArticleNumbers {
 public:
  std::size_t of(ArticleId article) {
    const auto [at, is_new] = numbers_.try_emplace(article, articles_.size());
    if (is_new) articles_.push_back(article);
    return at->second;
  }
  const std::vector<ArticleId>& articles() const { return articles_; }

 private:
  std::map<ArticleId, std::size_t> numbers_;
  std::vector<ArticleId> articles_;
};

class Paths {
 public:
  explicit Paths(const std::unordered_set<std::int64_t>& converting) : converting_(converting) {}

  void add(const Click& click, rollup::DayNumber day) {
    if (day != day_) end_day();
    day_ = day;
    ArticlePath alone;
    ArticlePath& path = click.visitor == 0 ? alone : open_[click.visitor];
    path.articles.push_back(numbers_.of(click.article));
    path.converts = converting_.contains(click.id.value);
    converts_ |= path.converts;
    if (click.visitor != 0 && !path.converts) return;
    paths_.push_back(std::move(path));
    if (click.visitor != 0) open_.erase(click.visitor);
  }

  ArticleEffects effects() {
    end_day();
    if (!converts_)
      return {.by_article = {}, .undefined = "no click of these days is known to have sold"};
    const auto& articles = numbers_.articles();
    const auto of_article = attribution::removal_effects(articles.size(), paths_);
    if (of_article.empty())
      return {.by_article = {},
              .undefined = fmt::format("more than {} articles are on the way to sales",
                                       attribution::kMostMarkovArticles)};
    ArticleEffects effects;
    for (std::size_t i = 0; i < articles.size(); ++i)
      if (of_article[i] > 0) effects.by_article[articles[i]] = of_article[i];
    if (effects.by_article.empty())
      effects.undefined = "no article changes how often a click sells";
    return effects;
  }

 private:
  void end_day() {
    for (auto& [visitor, path] : open_) paths_.push_back(std::move(path));
    open_.clear();
  }

  const std::unordered_set<std::int64_t>& converting_;
  ArticleNumbers numbers_;
  std::map<std::uint64_t, ArticlePath> open_;  ///< of the day, by visitor
  std::vector<ArticlePath> paths_;
  rollup::DayNumber day_ = 0;
  bool converts_ = false;
};

}  // namespace

ArticleEffects removal_effects(const store::ClickStore& clicks, const rollup::SiteZone& zone,
                               rollup::DayNumber from, rollup::DayNumber to,
                               const std::unordered_set<std::int64_t>& converting) {
  constexpr std::size_t kPage = 65'536;
  Paths paths(converting);
  rollup::DayFinder days(zone);
  const ClickId end = first_click_id(zone.start_of(to + 1));
  store::ClickFilter filter;
  filter.after = ClickId{first_click_id(zone.start_of(from)).value - 1};
  filter.limit = kPage;
  for (;;) {
    const std::vector<Click> page = clicks.list_clicks(filter);
    for (const Click& click : page)
      if (click.id < end) paths.add(click, days.day_of(at_ms(click.id)));
    if (page.size() < kPage || !(page.back().id < end)) return paths.effects();
    filter.after = page.back().id;
  }
}

}  // namespace candor::jobs
