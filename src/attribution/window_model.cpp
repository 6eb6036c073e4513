#include "attribution/window_model.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "attribution/click_windows.h"

namespace candor::attribution {
namespace {

using NetworkWord = std::pair<std::string, std::string>;
constexpr std::uint32_t kNoArticle = UINT32_MAX;

}  // namespace

class WindowModel::Engine {
 public:
  Engine(ModelChoice choice, std::span<const LinkFacts> links) : choice_(choice) {
    for (const LinkFacts& link : links) {
      const auto place = static_cast<std::uint32_t>(links_.size());
      links_.push_back(link.id);
      const auto id = static_cast<std::size_t>(link.id.value);
      if (id >= place_of_link_.size()) place_of_link_.resize(id + 1, kNoLink);
      place_of_link_[id] = place;
      of_network_[link.network].push_back(place);
      std::vector<std::string> words = link.query_values;
      index(of_tag_, link.network, words, place);
      words.insert(words.end(), link.path_segments.begin(), link.path_segments.end());
      index(of_product_, link.network, words, place);
    }
  }

  std::size_t ask(const CommissionRow& row, std::string_view network,
                  std::span<const std::int32_t> order_days) {
    Question question{row.tag, {}, std::nullopt};
    for (const Candidates& candidates : candidates_for(row, network, order_days)) {
      const auto group = find_group(std::string(network), row.tag, candidates);
      if (!group) continue;
      question.tries.push_back({candidates, *group});
      due_.push_back({candidates.range.to_ms, questions_.size(), question.tries.size() - 1});
    }
    questions_.push_back(std::move(question));
    return questions_.size() - 1;
  }

  std::vector<TimeRange> ranges() const {
    std::vector<TimeRange> all;
    for (const Question& question : questions_)
      for (const Try& each : question.tries) all.push_back(each.candidates.range);
    std::ranges::sort(all, {}, &TimeRange::from_ms);
    std::vector<TimeRange> apart;
    for (const TimeRange& range : all) {
      if (!apart.empty() && range.from_ms <= apart.back().to_ms)
        apart.back().to_ms = std::max(apart.back().to_ms, range.to_ms);
      else
        apart.push_back(range);
    }
    return apart;
  }

  void take(std::span<const CandidateClick> clicks) {
    settle();
    for (const CandidateClick& click : clicks) {
      const std::int64_t at = at_ms(click.id);
      while (next_due_ < due_.size() && due_[next_due_].to_ms <= at) answer_next();
      const std::uint32_t place = place_of_link(click.link);
      if (place == kNoLink || groups_of_link_[place].count == 0) continue;
      const LinkGroups& groups = groups_of_link_[place];
      const Held held{at, place_of_article(click.article), place};
      for (const GroupPlace& group : std::span(asking_).subspan(groups.first, groups.count))
        group.any ? any_[group.place].add(held) : product_[group.place].add(held);
    }
  }

  void finish() {
    settle();
    while (next_due_ < due_.size()) answer_next();
  }

  std::optional<Match> answer(std::size_t number) const {
    const Question& question = questions_[number];
    if (!question.found) return std::nullopt;
    const auto& [which, shares, clicks] = *question.found;
    const Candidates& candidates = question.tries[which].candidates;
    Match match{Tier::Modelled, std::string(name_of(choice_.model)), {}, {}};
    for (const auto& [key, weight] : shares)
      match.weights.push_back({articles_[key.first],
                               key.second == kNoLink ? LinkId{} : links_[key.second],
                               {},
                               weight});
    std::ranges::sort(match.weights, [](const Weight& a, const Weight& b) {
      return std::pair(a.article, a.link) < std::pair(b.article, b.link);
    });
    match.reason =
        "Modelled (" + match.model + ") over " + std::to_string(clicks) +
        (clicks == 1 ? " click on " : " clicks on ") +
        (candidates.product.empty() ? "any product of the network" : "the same product") +
        (question.tag.empty() ? "" : " with the tag \"" + question.tag + "\"") + " " +
        std::string(candidates.window);
    if (question.cut)
      match.reason += "; of the articles, the " + std::to_string(kMostModelledArticles) +
                      " with the most credit";
    match.reason += '.';
    return match;
  }

 private:
  using PlacesByWord = std::map<NetworkWord, std::vector<std::uint32_t>>;
  struct GroupPlace {
    bool any;
    std::uint32_t place;  ///< in any_ or product_
  };
  struct Try {
    Candidates candidates;
    GroupPlace group;
  };
  struct Found {
    std::size_t which;
    std::vector<std::pair<std::pair<std::uint32_t, std::uint32_t>, std::int64_t>> shares;
    std::size_t clicks;
  };
  struct Question {
    std::string tag;
    std::vector<Try> tries;
    std::optional<Found> found;
    bool cut = false;
  };
  struct Due {
    std::int64_t to_ms;
    std::size_t question;
    std::size_t which;
    friend auto operator<=>(const Due&, const Due&) = default;
  };
  /// Whom a click on the link is told: a part of asking_.
  struct LinkGroups {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };

  static void index(PlacesByWord& places, const std::string& network,
                    const std::vector<std::string>& words, std::uint32_t place) {
    for (const std::string& word : words) {
      std::vector<std::uint32_t>& of_word = places[{network, word}];
      if (!word.empty() && (of_word.empty() || of_word.back() != place)) of_word.push_back(place);
    }
  }
  static const std::vector<std::uint32_t>& find(const PlacesByWord& places,
                                                const std::string& network,
                                                const std::string& word) {
    static const std::vector<std::uint32_t> kNone;
    const auto found = places.find({network, word});
    return found == places.end() ? kNone : found->second;
  }

  /// Ascending places of the links that carry the tag and lead to the product, where given.
  std::vector<std::uint32_t> find_links(const std::string& network, const std::string& tag,
                                        const std::string& product) const {
    const auto all = of_network_.find(network);
    if (all == of_network_.end()) return {};
    if (tag.empty() && product.empty()) return all->second;
    if (tag.empty()) return find(of_product_, network, product);
    if (product.empty()) return find(of_tag_, network, tag);
    std::vector<std::uint32_t> both;
    std::ranges::set_intersection(find(of_tag_, network, tag), find(of_product_, network, product),
                                  std::back_inserter(both));
    return both;
  }

  std::optional<GroupPlace> find_group(const std::string& network, const std::string& tag,
                                       const Candidates& candidates) {
    const bool any = candidates.product.empty();
    const std::int64_t length = candidates.range.to_ms - candidates.range.from_ms;
    const auto [known, is_new] =
        groups_.try_emplace({network, tag, candidates.product, any ? length : 0}, std::nullopt);
    if (is_new) {
      const auto links = find_links(network, tag, candidates.product);
      if (!links.empty()) {
        const auto place = static_cast<std::uint32_t>(any ? any_.size() : product_.size());
        known->second = GroupPlace{any, place};
        any ? void(any_.emplace_back(length, choice_.model)) : void(product_.emplace_back());
        for (std::uint32_t link : links) asked_.emplace_back(link, GroupPlace{any, place});
      }
    }
    if (known->second && !any) product_[known->second->place].keep_for(length);
    return known->second;
  }

  /// No question is to come: lays them out for the clicks.
  void settle() {
    if (settled_) return;
    std::ranges::sort(due_);
    std::ranges::stable_sort(asked_, {}, [](const auto& each) { return each.first; });
    groups_of_link_.resize(links_.size());
    asking_.reserve(asked_.size());
    for (const auto& [link, group] : asked_) {
      LinkGroups& groups = groups_of_link_[link];
      if (groups.count++ == 0) groups.first = static_cast<std::uint32_t>(asking_.size());
      asking_.push_back(group);
    }
    asked_ = {};
    settled_ = true;
  }

  void answer_next() {
    const Due due = due_[next_due_++];
    Question& question = questions_[due.question];
    if (question.found && question.found->which < due.which) return;
    const Try& each = question.tries[due.which];
    const std::int64_t from = each.candidates.range.from_ms;
    Shares shares;
    std::size_t clicks = 0;
    if (each.group.any) {
      shares = any_[each.group.place].share(from, choice_);
      clicks = any_[each.group.place].size();
    } else {
      const auto held = product_[each.group.place].from(from);
      shares = share_product(held, each.candidates.range.to_ms - from, choice_);
      clicks = held.size();
    }
    if (shares.empty()) return;
    Found found{due.which, {shares.begin(), shares.end()}, clicks};
    question.cut = each.group.any && found.shares.size() > kMostModelledArticles;
    if (question.cut) {
      std::ranges::sort(found.shares, {}, [&](const auto& share) {
        return std::pair(-share.second, articles_[share.first.first]);
      });
      found.shares.resize(kMostModelledArticles);
      found.shares.shrink_to_fit();
    }
    question.found = std::move(found);
  }

  std::uint32_t place_of_link(LinkId link) const {
    const auto id = static_cast<std::size_t>(link.value);
    return id < place_of_link_.size() ? place_of_link_[id] : kNoLink;
  }
  std::uint32_t place_of_article(ArticleId article) {
    const auto id = static_cast<std::size_t>(article.value);
    if (id >= place_of_article_.size()) place_of_article_.resize(id + 1, kNoArticle);
    if (place_of_article_[id] == kNoArticle) {
      place_of_article_[id] = static_cast<std::uint32_t>(articles_.size());
      articles_.push_back(article);
    }
    return place_of_article_[id];
  }

  ModelChoice choice_;
  std::vector<LinkId> links_;
  std::vector<std::uint32_t> place_of_link_;  ///< by id: ids of a site are given in a row
  std::vector<std::uint32_t> place_of_article_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> of_network_;
  PlacesByWord of_tag_, of_product_;
  std::vector<std::pair<std::uint32_t, GroupPlace>> asked_;  ///< by link, until it is settled
  std::vector<LinkGroups> groups_of_link_;
  std::vector<GroupPlace> asking_;
  std::map<std::tuple<std::string, std::string, std::string, std::int64_t>,
           std::optional<GroupPlace>>
      groups_;
  std::vector<SlidingCounts> any_;
  std::vector<ProductClicks> product_;
  std::vector<ArticleId> articles_;
  std::vector<Question> questions_;
  std::vector<Due> due_;
  std::size_t next_due_ = 0;
  bool settled_ = false;
};

WindowModel::WindowModel(ModelChoice choice, std::span<const LinkFacts> links)
    : engine_(std::make_unique<Engine>(choice, links)) {}
WindowModel::~WindowModel() = default;

std::size_t WindowModel::ask(const CommissionRow& row, std::string_view network,
                             std::span<const std::int32_t> order_days) {
  return engine_->ask(row, network, order_days);
}
std::vector<TimeRange> WindowModel::ranges() const { return engine_->ranges(); }
void WindowModel::take(std::span<const CandidateClick> clicks) { engine_->take(clicks); }
void WindowModel::finish() { engine_->finish(); }
std::optional<Match> WindowModel::answer(std::size_t question) const {
  return engine_->answer(question);
}

}  // namespace candor::attribution
