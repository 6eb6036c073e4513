#include "jobs/dimension_report.h"

#include <algorithm>
#include <functional>
#include <map>
#include <unordered_map>
#include <utility>

#include "base/rfc3339.h"
#include "jobs/currency_choice.h"
#include "jobs/report_filter.h"

namespace candor::jobs {
namespace {

using report::Dimension;
using report::Figures;
using rollup::DayNumber;
using rollup::SliceDimension;

/// What tells rows apart: the id of an article or link, whose names may be used again; else the
/// text.
using RowKey = std::pair<std::int64_t, std::string>;

struct RowKeyHash {
  std::size_t operator()(const RowKey& key) const {
    return std::hash<std::int64_t>{}(key.first) ^ std::hash<std::string>{}(key.second);
  }
};

struct Facts {
  std::unordered_map<RowKey, Figures, RowKeyHash> rows;
  Figures unattributed;
  Figures left_out;
  Figures total;  ///< only views and visitor-days
  std::vector<report::ImportedLine> imported;
};

/// The days of one side of a comparison, and how far they are moved to stand beside the other's.
struct Span {
  DayNumber from = 0;
  DayNumber to = 0;
  DayNumber shift = 0;
};

SliceDimension slice_of(Dimension by) {
  // A day can be moved beside its counterpart, a month cannot.
  if (report::is_of_time(by)) return SliceDimension::Day;
  return rollup::find_slice_dimension(name_of(by)).value();
}

RowKey text_key(std::string text) {
  if (text.empty()) text = report::kUnknown;
  return {0, std::move(text)};
}

/// "merchant at network", as slices name it; the merchant may be missing.
RowKey programme_key(std::string text) {
  if (text.starts_with(" at ")) text.insert(0, report::kUnknown);
  return text_key(std::move(text));
}

RowKey time_key(Dimension by, DayNumber day) {
  constexpr DayNumber kWeek = 7;
  constexpr DayNumber kThursday = 3;  // 1970-01-01 was one, and Mondays begin weeks
  constexpr std::size_t kYearAndMonth = 7;
  if (by == Dimension::Week) return text_key(rollup::format_day(day - (day + kThursday) % kWeek));
  std::string text = rollup::format_day(day);
  if (by == Dimension::Month) text.resize(kYearAndMonth);
  return text_key(std::move(text));
}

class FactsLoader {
 public:
  FactsLoader(const store::Store& store, const rollup::SiteZone& zone,
              const ReportQuestion& question)
      : store_(store),
        zone_(zone),
        by_(question.by),
        filters_(question.filters),
        as_of_ms_(question.as_of_ms),
        merchants_(store),
        money_filter_(store, question.filters, merchants_) {
    // A view is of a page, not of a link or a merchant on it.
    if (filters_.empty()) first_view_ = store.first_view_day();
  }

  Facts load(Span span) {
    Facts facts;
    if (report::is_of_time(by_))
      for (DayNumber day = span.from; day <= span.to; ++day)
        facts.rows[time_key(by_, day + span.shift)];
    add_clicks(span, facts);
    add_views(span, facts);
    add_money(span, facts);
    return facts;
  }

  std::optional<DayNumber> first_view() const { return first_view_; }
  /// Tells money in one currency from now on.
  void tell_in(CurrencyChoice& currency) { currency_ = &currency; }

 private:
  RowKey key_of(const store::ClickSliceRow& row, DayNumber shift) const {
    const std::int64_t id = row.ids.at(0);
    if (report::is_of_time(by_)) return time_key(by_, static_cast<DayNumber>(id) + shift);
    if (by_ == Dimension::Article || by_ == Dimension::Link) return {id, {}};
    if (by_ == Dimension::Placement || by_ == Dimension::Device)
      return id == 0 ? text_key({}) : text_key(row.keys.at(0));
    if (by_ == Dimension::Programme) return programme_key(row.keys.at(0));
    return text_key(row.keys.at(0));
  }

  void add_clicks(Span span, Facts& facts) {
    const store::SliceQuestion question{.from = span.from,
                                        .to = span.to,
                                        .by = {slice_of(by_)},
                                        .filters = slice_filters(filters_),
                                        .visitors = true};
    const bool all_viewed = first_view_ && *first_view_ <= span.from;
    for (const auto& row : store_.slice_clicks(question, zone_)) {
      Figures& figures = facts.rows[key_of(row, span.shift)];
      figures.clicks += row.clicks;
      figures.gross_clicks += row.gross_clicks;
      figures.visitor_days = figures.visitor_days.value_or(0) + row.visitor_days.value_or(0);
      if (all_viewed) figures.viewed_clicks += row.clicks;
    }
    for (auto& [key, figures] : facts.rows) figures.visitor_days = figures.visitor_days.value_or(0);
    facts.total.visitor_days = 0;
    store::SliceQuestion days = question;
    days.by = {SliceDimension::Month};
    for (const auto& row : store_.slice_clicks(days, zone_))
      *facts.total.visitor_days += row.visitor_days.value_or(0);
    if (all_viewed || !first_view_ || *first_view_ > span.to) return;
    store::SliceQuestion viewed = question;
    viewed.from = *first_view_;
    viewed.visitors = false;
    for (const auto& row : store_.slice_clicks(viewed, zone_))
      facts.rows[key_of(row, span.shift)].viewed_clicks += row.clicks;
  }

  void add_views(Span span, Facts& facts) {
    if (!first_view_ || *first_view_ > span.to) return;
    const DayNumber from = std::max(span.from, *first_view_);
    facts.total.views = 0;
    for (const auto& day : store_.views_by_day(from, span.to)) *facts.total.views += day.views;
    const auto add = [&](RowKey key, std::int64_t views) {
      auto& known = facts.rows[std::move(key)].views;
      known = known.value_or(0) + views;
    };
    if (report::is_of_time(by_)) {
      for (DayNumber day = from; day <= span.to; ++day) add(time_key(by_, day + span.shift), 0);
      for (const auto& day : store_.views_by_day(from, span.to))
        add(time_key(by_, day.day + span.shift), day.views);
    }
    if (by_ == Dimension::Article)
      for (const auto& each : store_.views_by_article(from, span.to))
        add({each.article.value, {}}, each.views);
  }

  void add_money(Span span, Facts& facts) {
    std::optional<report::PartConverter> converter;
    if (currency_) converter.emplace(currency_->converter());
    facts.imported = store_.each_money_part(
        span.from, span.to, zone_,
        [&](const report::MoneyPart& part) {
          add_part(converter ? converter->convert(part) : part, span.shift, facts);
        },
        as_of_ms_);
    if (!converter) return;
    facts.imported = converter->convert_imported(facts.imported);
    currency_->note(*converter);
  }

  void add_part(const report::MoneyPart& part, DayNumber shift, Facts& facts) {
    const bool viewed = first_view_ && part.day >= *first_view_;
    if (!money_filter_.passes(part)) {
      add(facts.left_out, part, viewed);
      return;
    }
    const bool unattributed = part.tier == report::kUnattributedTier;
    if (unattributed) add(facts.unattributed, part, viewed);
    if (unattributed && is_told_by_click(by_)) return;
    add(facts.rows[key_of(part, shift)], part, viewed);
  }

  RowKey key_of(const report::MoneyPart& part, DayNumber shift) {
    switch (by_) {
      case Dimension::Article:
        return {part.article.value, {}};
      case Dimension::Link:
        return {part.link.value, {}};
      case Dimension::Network:
        return text_key(part.network);
      case Dimension::Merchant:
        return text_key(merchants_.of(part));
      case Dimension::Programme:
        return programme_key(merchants_.of(part) + " at " + part.network);
      case Dimension::Country:
        return text_key(part.traits.country.text());
      case Dimension::Placement:
        return text_key(part.traits.placement == 0 ? "" : std::to_string(part.traits.placement));
      case Dimension::Device:
        return text_key(part.traits.device == Device::Unknown
                            ? std::string{}
                            : std::string(candor::name_of(part.traits.device)));
      default:
        return time_key(by_, part.day + shift);
    }
  }

  const store::Store& store_;
  const rollup::SiteZone& zone_;
  Dimension by_;
  const std::vector<report::ReportFilter>& filters_;
  std::optional<std::int64_t> as_of_ms_;
  CurrencyChoice* currency_ = nullptr;
  LinkMerchants merchants_;
  MoneyFilter money_filter_;
  std::optional<DayNumber> first_view_;
};

bool is_empty(const Figures& figures) {
  return figures.clicks == 0 && figures.gross_clicks == 0 && figures.views.value_or(0) == 0 &&
         std::ranges::all_of(figures.money, [](const report::MoneyLine& line) {
           return line == report::MoneyLine{.currency = line.currency};
         });
}

/// Names of articles and links; other keys are their own.
void name_rows(const store::Store& store, Dimension by, std::vector<report::ReportRow>& rows) {
  std::unordered_map<std::int64_t, store::Article> articles;
  if (by == Dimension::Article)
    for (store::Article& article : store.list_articles())
      articles.emplace(article.id.value, std::move(article));
  for (report::ReportRow& row : rows) {
    if (by == Dimension::Article) {
      const auto at = articles.find(row.id);
      if (at == articles.end()) continue;
      row.key = at->second.path;
      row.title = at->second.title;
    } else if (by == Dimension::Link && row.id != 0) {
      const auto link = store.find_link(LinkId{row.id});
      if (!link) continue;
      row.key = link->slug;
      row.title = link->title;
    }
  }
}

std::vector<report::ReportRow> join(const store::Store& store, Dimension by, const Facts& now,
                                    const Facts& before) {
  std::map<RowKey, report::ReportRow> rows;
  for (const auto& [key, figures] : now.rows) rows[key].now = figures;
  for (const auto& [key, figures] : before.rows) rows[key].before = figures;
  std::vector<report::ReportRow> all;
  for (auto& [key, row] : rows) {
    if (!report::is_of_time(by) && is_empty(row.now) && is_empty(row.before)) continue;
    row.id = key.first;
    row.key = key.second.empty() ? std::string(report::kUnknown) : key.second;
    if (!row.now.visitor_days) row.now.visitor_days = 0;
    all.push_back(std::move(row));
  }
  name_rows(store, by, all);
  return all;
}

std::vector<report::DataThrough> data_through(const store::Store& store,
                                              const rollup::SiteZone& zone,
                                              std::optional<std::int64_t> as_of_ms) {
  std::vector<report::DataThrough> all;
  for (const store::NetworkData& data : store.list_network_data(as_of_ms))
    all.push_back(
        {.network = data.network,
         .day = data.event_at_ms ? rollup::format_day(zone.day_of(*data.event_at_ms)) : "",
         .imported_on = rollup::format_day(zone.day_of(data.imported_at_ms))});
  return all;
}

}  // namespace

report::DimensionReport load_dimension_report(const store::Store& store,
                                              const rollup::SiteZone& zone,
                                              const ReportQuestion& question) {
  report::DimensionReport report;
  report.by = question.by;
  report.from_day = rollup::format_day(question.from);
  report.to_day = rollup::format_day(question.to);
  report.zone = zone.name();
  report.compare = question.compare;
  report.filters = question.filters;

  if (question.as_of_ms) report.as_of = format_rfc3339(*question.as_of_ms);

  FactsLoader loader(store, zone, question);
  const DayNumber shift = report::shift_days(question.compare, question.to - question.from + 1);
  std::optional<CurrencyChoice> currency;
  if (question.currency) {
    currency.emplace(store, *question.currency, question.from - shift, question.to);
    loader.tell_in(*currency);
  }
  const Facts now = loader.load({.from = question.from, .to = question.to});
  Facts before;
  if (question.compare != report::Comparison::None) {
    before =
        loader.load({.from = question.from - shift, .to = question.to - shift, .shift = shift});
    report.before_from_day = rollup::format_day(question.from - shift);
    report.before_to_day = rollup::format_day(question.to - shift);
  }
  if (loader.first_view()) report.views_since = rollup::format_day(*loader.first_view());
  report.rows = join(store, question.by, now, before);
  report.left_out = now.left_out;
  report.unattributed.now = now.unattributed;
  report.unattributed.before = before.unattributed;
  report.total.now = now.total;
  report.total.before = before.total;
  report.imported = now.imported;
  if (currency) report.conversion = currency->conversion();
  report.data_through = data_through(store, zone, question.as_of_ms);
  report::finish(report);
  return report;
}

}  // namespace candor::jobs
