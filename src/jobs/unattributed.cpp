#include "jobs/unattributed.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "attribution/window_model.h"
#include "jobs/link_facts.h"

namespace candor::jobs {
namespace {

constexpr std::size_t kSuggestions = 3;
constexpr rollup::DayNumber kClickDays = 90;

std::optional<store::LabelRule> rule_for(const store::UnbookedEvent& event) {
  if (!event.row.sub_id.empty())
    return store::LabelRule{event.network, "sub-id", event.row.sub_id, {}};
  if (!event.row.tag.empty()) return store::LabelRule{event.network, "tag", event.row.tag, {}};
  return std::nullopt;
}

using ClicksByPath = std::map<std::string, std::int64_t>;

/// Clicks on the links that carry a word, by the article they were made on; asked of the store once
/// for a day and word.
class WordClicks {
 public:
  WordClicks(const store::Store& store, const rollup::SiteZone& zone)
      : store_(store), zone_(zone), facts_(read_link_facts(store)) {}

  const ClicksByPath& of(const std::string& network, const std::string& tag,
                         const std::string& product, rollup::DayNumber day) {
    const auto [at, is_new] = known_.try_emplace({network, tag, product, day}, ClicksByPath{});
    if (is_new) at->second = count(network, tag, product, day);
    return at->second;
  }

 private:
  ClicksByPath count(const std::string& network, const std::string& tag, const std::string& product,
                     rollup::DayNumber day) const {
    store::SliceQuestion question{.from = day - kClickDays + 1, .to = day};
    question.by = {rollup::SliceDimension::Article};
    std::vector<std::string> slugs;
    for (const attribution::LinkFacts& link : facts_)
      if (attribution::leads_to(link, network, tag, product))
        if (const auto known = store_.find_link(link.id)) slugs.push_back(known->slug);
    ClicksByPath clicks;
    if (slugs.empty()) return clicks;
    question.filters = {{rollup::SliceDimension::Link, std::move(slugs)}};
    for (const store::ClickSliceRow& row : store_.slice_clicks(question, zone_))
      if (!row.keys.front().empty() && row.clicks > 0) clicks[row.keys.front()] = row.clicks;
    return clicks;
  }

  const store::Store& store_;
  const rollup::SiteZone& zone_;
  std::vector<attribution::LinkFacts> facts_;
  std::map<std::tuple<std::string, std::string, std::string, rollup::DayNumber>, ClicksByPath>
      known_;
};

std::string counted(std::int64_t clicks) {
  return std::to_string(clicks) + (clicks == 1 ? " click" : " clicks");
}

struct Candidate {
  ArticleSuggestion told;
  bool same_name = false;
  std::size_t shared_words = 0;
};

class Suggester {
 public:
  Suggester(const store::Store& store, const rollup::SiteZone& zone)
      : zone_(zone), names_(known_articles(store)), clicks_(store, zone) {}

  std::vector<ArticleSuggestion> suggest(const store::UnbookedEvent& event) {
    std::map<std::string, Candidate> found;
    const auto add = [&](const std::string& path, const std::string& why) -> Candidate& {
      Candidate& candidate = found[path];
      candidate.told.path = path;
      candidate.told.why += (candidate.told.why.empty() ? "" : "; ") + why;
      return candidate;
    };
    const std::string& label = event.row.sub_id.empty() ? event.row.tag : event.row.sub_id;
    const rollup::DayNumber day = zone_.day_of(event.row.event_at_ms);
    if (!label.empty()) {
      for (const attribution::NamedAlike& each : names_.find(label, kSuggestions)) {
        Candidate& candidate =
            add(each.path, each.same ? "its path is this name" : "its path has words of this name");
        candidate.same_name = each.same;
        candidate.shared_words = each.shared_words;
      }
      for (const auto& [path, clicks] : clicks_.of(event.network, label, "", day))
        add(path, counted(clicks) + " on links that carry it").told.clicks += clicks;
    }
    if (!event.row.product.empty())
      for (const auto& [path, clicks] : clicks_.of(event.network, "", event.row.product, day))
        add(path, counted(clicks) + " on links to this product").told.clicks += clicks;
    return best(found);
  }

 private:
  static attribution::NameMatcher known_articles(const store::Store& store) {
    std::vector<attribution::KnownArticle> articles;
    for (const store::Article& article : store.list_articles())
      articles.push_back({article.id, article.path});
    return attribution::NameMatcher(articles);
  }

  static std::vector<ArticleSuggestion> best(std::map<std::string, Candidate>& found) {
    std::vector<Candidate> all;
    for (auto& [path, candidate] : found) all.push_back(std::move(candidate));
    std::ranges::stable_sort(all, [](const Candidate& a, const Candidate& b) {
      return std::tuple(!a.same_name, b.told.clicks, b.shared_words) <
             std::tuple(!b.same_name, a.told.clicks, a.shared_words);
    });
    if (all.size() > kSuggestions) all.erase(all.begin() + kSuggestions, all.end());
    std::vector<ArticleSuggestion> told;
    for (Candidate& each : all) told.push_back(std::move(each.told));
    return told;
  }

  const rollup::SiteZone& zone_;
  attribution::NameMatcher names_;
  WordClicks clicks_;
};

}  // namespace

std::vector<UnattributedCommission> list_unattributed(const store::Store& store,
                                                      const rollup::SiteZone& zone,
                                                      CommissionId after, std::size_t limit) {
  auto events = store.list_unattributed(limit, after);
  if (events.empty()) return {};
  Suggester suggester(store, zone);
  std::vector<UnattributedCommission> queue;
  for (store::UnbookedEvent& event : events) {
    UnattributedCommission each;
    if (event.frozen) each.reason = event.frozen->reason;
    each.rule = rule_for(event);
    each.suggestions = suggester.suggest(event);
    each.event = std::move(event);
    queue.push_back(std::move(each));
  }
  return queue;
}

}  // namespace candor::jobs
