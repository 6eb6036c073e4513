#include "jobs/model_comparison.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "jobs/decisions.h"
#include "jobs/visit_paths.h"
#include "report/dimension_report.h"

namespace candor::jobs {
namespace {

using attribution::Match;
using attribution::Model;
using attribution::Tier;
using attribution::Weight;
using store::UnbookedEvent;
/// Network, account, identity or parent.
using FamilyKey = std::tuple<std::string, std::string, std::string>;
/// How a commission is divided.
struct Division {
  std::vector<std::vector<Weight>> by_model;
  bool as_booked = false;  ///< under each model: its clicks do not divide it any more
};

struct Sums {
  std::int64_t evidence_micro = 0;
  std::vector<std::int64_t> modelled_micro;
};

bool follows(const UnbookedEvent& event) { return event.original.has_value(); }

bool is_touch_model(Model model) {
  return std::ranges::find(attribution::kTouchModels, model) != attribution::kTouchModels.end();
}

/// The same articles, each weighed by `weight_of`; those of 0 get nothing, unless all are.
std::vector<Weight> weigh_articles(const std::vector<Weight>& weights,
                                   const std::function<std::int64_t(ArticleId)>& weight_of) {
  std::set<ArticleId> articles;
  for (const Weight& weight : weights) articles.insert(weight.article);
  std::vector<Weight> all;
  for (const ArticleId article : articles)
    if (const std::int64_t weight = weight_of(article); weight > 0)
      all.push_back({.article = article, .link = {}, .click = {}, .weight = weight});
  if (!all.empty()) return all;
  for (const ArticleId article : articles)
    all.push_back({.article = article, .link = {}, .click = {}, .weight = 1});
  return all;
}

class Comparison {
 public:
  Comparison(const store::Store& store, const rollup::SiteZone& zone,
             const AttributionSettings& settings, const ModelQuestion& question)
      : store_(store), zone_(zone), settings_(settings), question_(question) {}

  report::ModelReport load() {
    report_.from_day = rollup::format_day(question_.from);
    report_.to_day = rollup::format_day(question_.to);
    report_.zone = zone_.name();
    report_.booked_model = name_of(settings_.model.model);
    add_evidence();
    add_columns();
    divide_modelled();
    put_rows();
    report::finish(report_);
    return std::move(report_);
  }

 private:
  Sums& sums(Currency currency, ArticleId article) {
    Sums& found = articles_[{currency, article}];
    found.modelled_micro.resize(question_.models.size());
    return found;
  }

  void add_evidence() {
    const auto add = [&](const report::MoneyPart& part) {
      if (part.status == CommissionStatus::Reversed) return;
      if (part.tier == static_cast<int>(Tier::Unattributed)) {
        unattributed_[part.currency] += part.commission_micro;
      } else if (part.tier == static_cast<int>(Tier::Modelled)) {
        modelled_[part.currency] += part.commission_micro;
      } else {
        sums(part.currency, part.article).evidence_micro += part.commission_micro;
      }
      if (part.tier == static_cast<int>(Tier::ClickToken) && part.commission_micro > 0)
        sold_.insert(part.click.value);
    };
    for (const report::ImportedLine& line :
         store_.each_money_part(question_.from, question_.to, zone_, add)) {
      Money earned{0, line.currency};
      for (const auto status :
           {CommissionStatus::Pending, CommissionStatus::Approved, CommissionStatus::Paid})
        earned.micro_units += line.micro_by_status[static_cast<std::size_t>(status)];
      report_.imported.push_back(earned);
    }
  }

  void add_columns() {
    for (const Model model : question_.models) {
      report_.models.push_back({.model = std::string(name_of(model)), .undefined = {}});
      if (model != Model::Markov) continue;
      effects_ = removal_effects(store_, zone_, question_.from, question_.to, sold_);
      report_.models.back().undefined = effects_.undefined;
    }
  }

  bool is_asked(const UnbookedEvent& event) const {
    const rollup::DayNumber day = zone_.day_of(event.row.event_at_ms);
    return event.row.status != CommissionStatus::Reversed && day >= question_.from &&
           day <= question_.to;
  }

  void each_modelled(const std::function<void(UnbookedEvent&)>& use) const {
    constexpr std::size_t kPage = 10'000;
    for (CommissionId after;;) {
      auto page = store_.list_booked(kPage, after, Tier::Modelled);
      if (page.empty()) return;
      after = page.back().commission;
      for (UnbookedEvent& event : page)
        if (event.frozen && event.frozen->tier == Tier::Modelled) use(event);
    }
  }

  void divide_modelled() {
    std::set<FamilyKey> wanted;
    each_modelled([&](const UnbookedEvent& event) {
      if (follows(event) && is_asked(event)) wanted.insert(parent_of(event));
    });
    std::vector<UnbookedEvent> some;
    std::vector<UnbookedEvent> followers;
    each_modelled([&](UnbookedEvent& event) {
      if (follows(event)) {
        if (is_asked(event)) followers.push_back(std::move(event));
        return;
      }
      if (!is_asked(event) && !wanted.contains(identity_of(event)) &&
          !wanted.contains(parent_of(event)))
        return;
      some.push_back(std::move(event));
      if (some.size() == kDecidedAtOnce) divide(std::exchange(some, {}), wanted);
    });
    divide(some, wanted);
    for (const UnbookedEvent& event : followers) {
      const auto root = roots_.find(parent_of(event));
      add(event, root == roots_.end() ? as_booked(event) : root->second);
    }
  }

  static FamilyKey identity_of(const UnbookedEvent& event) {
    return {event.network, event.row.account, event.row.identity};
  }
  static FamilyKey parent_of(const UnbookedEvent& event) {
    return {event.network, event.row.account, event.row.parent};
  }

  void divide(const std::vector<UnbookedEvent>& events, const std::set<FamilyKey>& wanted) {
    if (events.empty()) return;
    const std::vector<Division> divisions = decide(events);
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (is_asked(events[i])) add(events[i], divisions[i]);
      for (const FamilyKey& key : {identity_of(events[i]), parent_of(events[i])})
        if (wanted.contains(key)) roots_.emplace(key, divisions[i]);
    }
  }

  std::vector<std::optional<Match>> decide_by(Model model,
                                              const std::vector<UnbookedEvent>& events) const {
    AttributionSettings as_if = settings_;
    as_if.model.model = model;
    return Decisions(store_, as_if).decide(events, std::vector<bool>(events.size(), true));
  }

  std::vector<Division> decide(const std::vector<UnbookedEvent>& events) const {
    std::vector<Division> all(events.size());
    std::vector<std::optional<Match>> linear;
    for (const Model model : question_.models) {
      const bool is_touch = is_touch_model(model);
      if (!is_touch && linear.empty()) linear = decide_by(Model::Linear, events);
      const auto own = is_touch ? decide_by(model, events) : linear;
      for (std::size_t i = 0; i < events.size(); ++i) {
        if (all[i].as_booked) continue;
        if (own[i] && own[i]->tier == Tier::Modelled)
          all[i].by_model.push_back(is_touch ? own[i]->weights : weigh_by(model, own[i]->weights));
        else
          all[i] = as_booked(events[i]);
      }
    }
    return all;
  }

  std::vector<Weight> weigh_by(Model model, const std::vector<Weight>& weights) const {
    return weigh_articles(weights, [&](ArticleId article) {
      if (model == Model::Shapley) return std::int64_t{1};
      const auto effect = effects_.by_article.find(article);
      return effect == effects_.by_article.end() ? 0 : effect->second;
    });
  }

  Division as_booked(const UnbookedEvent& event) const {
    return {.by_model = {question_.models.size(), event.frozen->weights}, .as_booked = true};
  }

  void add(const UnbookedEvent& event, const Division& division) {
    ++report_.modelled_count;
    if (division.as_booked) ++report_.as_booked_count;
    modelled_[event.row.currency] -= event.before_commission_micro;
    const Amounts booked{event.before_commission_micro, event.before_sale_micro};
    for (std::size_t m = 0; m < question_.models.size(); ++m)
      for (const store::Allocation& part : allocate(division.by_model[m], event, {}, booked))
        sums(event.row.currency, part.article).modelled_micro[m] += part.commission_micro;
  }

  void put_rows() {
    std::unordered_map<std::int64_t, store::Article> known;
    for (store::Article& article : store_.list_articles())
      known.emplace(article.id.value, std::move(article));
    for (auto& [key, sums] : articles_) {
      const bool nothing =
          sums.evidence_micro == 0 &&
          std::ranges::all_of(sums.modelled_micro, [](auto micro) { return micro == 0; });
      if (nothing) continue;
      report::ModelRow row{.article = key.second,
                           .path = std::string(report::kUnknown),
                           .currency = key.first,
                           .evidence_micro = sums.evidence_micro,
                           .modelled_micro = std::move(sums.modelled_micro)};
      if (const auto at = known.find(key.second.value); at != known.end()) {
        row.path = at->second.path;
        row.title = at->second.title;
      }
      report_.rows.push_back(std::move(row));
    }
    put(unattributed_, report::kUnattributed, report_.unattributed);
    put(modelled_, report::kWaiting, report_.waiting);
  }

  void put(const std::map<Currency, std::int64_t>& micro_by_currency, std::string_view path,
           std::vector<report::ModelRow>& rows) const {
    for (const auto& [currency, micro] : micro_by_currency)
      if (micro != 0)
        rows.push_back({.article = {},
                        .path = std::string(path),
                        .currency = currency,
                        .evidence_micro = micro,
                        .modelled_micro = std::vector<std::int64_t>(question_.models.size())});
  }

  const store::Store& store_;
  const rollup::SiteZone& zone_;
  const AttributionSettings& settings_;
  const ModelQuestion& question_;
  report::ModelReport report_;
  std::map<std::pair<Currency, ArticleId>, Sums> articles_;
  std::map<Currency, std::int64_t> unattributed_;
  std::map<Currency, std::int64_t> modelled_;  ///< booked, less what was divided by the models
  std::unordered_set<std::int64_t> sold_;      ///< clicks whose token came back with money
  ArticleEffects effects_;
  std::map<FamilyKey, Division> roots_;
};

}  // namespace

report::ModelReport load_model_report(const store::Store& store, const rollup::SiteZone& zone,
                                      const AttributionSettings& settings,
                                      const ModelQuestion& question) {
  return Comparison(store, zone, settings, question).load();
}

}  // namespace candor::jobs
