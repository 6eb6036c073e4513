#include "jobs/alerts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "link/url.h"

namespace candor::jobs {
namespace {

using report::Alert;
using rollup::DayNumber;

constexpr DayNumber kWeek = 7;
constexpr DayNumber kWeeks = 4;
constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

std::int64_t humans(const std::array<std::int64_t, kVerdictCount>& by_verdict) {
  return by_verdict[static_cast<std::size_t>(Verdict::Human)];
}

enum class Move : std::uint8_t { None, Drop, Spike };

/// `before` is the sum of kWeeks times what `now` is to be compared with.
Move move_of(std::int64_t now, std::int64_t before) {
  constexpr std::int64_t kPercent = 100;
  if (now * kWeeks * kPercent < before * kDropPercent) return Move::Drop;
  return now * kWeeks * kPercent > before * kSpikePercent ? Move::Spike : Move::None;
}

Alert move_alert(Move move, std::string subject, std::string message, std::string href) {
  const bool drop = move == Move::Drop;
  return {.kind = drop ? "drop" : "spike",
          .severity = drop ? "error" : "warn",
          .subject = std::move(subject),
          .message = std::move(message),
          .fix = drop ? "See whether pages, links and the web server work, and what changed."
                      : "See which readers these are: country, device, referring page.",
          .href = std::move(href)};
}

/// The site's last day beside the same weekday of the weeks before.
void add_site_move(const store::Store& store, DayNumber last, std::vector<Alert>& out) {
  std::map<DayNumber, std::int64_t> clicks;
  for (const auto& day : store.clicks_by_day(last - kWeek * kWeeks, last, std::nullopt))
    clicks[day.day] = humans(day.by_verdict);
  std::int64_t before = 0;
  for (DayNumber week = 1; week <= kWeeks; ++week) {
    const std::int64_t then = clicks[last - kWeek * week];
    if (then == 0) return;
    before += then;
  }
  const std::int64_t now = clicks[last];
  const Move move = move_of(now, before);
  if (before < kLeastDayClicks * kWeeks || move == Move::None) return;
  out.push_back(move_alert(
      move, "",
      fmt::format("{} clicks on {}; the same weekday of the four weeks before had {} on average.",
                  now, rollup::format_day(last), before / kWeeks),
      "#/clicks"));
}

std::map<std::int64_t, std::int64_t> clicks_by_article(const store::Store& store, DayNumber from,
                                                       DayNumber to) {
  std::map<std::int64_t, std::int64_t> clicks;
  for (const auto& each : store.clicks_by_article(from, to))
    if (each.article) clicks[each.article.value] = humans(each.by_verdict);
  return clicks;
}

std::string article_href(const std::string& path) {
  return "#/articles/detail?path=" + percent_encode(path);
}

void add_article_moves(const store::Store& store, DayNumber last, std::vector<Alert>& out) {
  auto now = clicks_by_article(store, last - kWeek + 1, last);
  const auto before = clicks_by_article(store, last - kWeek + 1 - kWeek * kWeeks, last - kWeek);
  struct Moved {
    std::int64_t article;
    std::int64_t now;
    std::int64_t before;
    std::int64_t size() const { return std::abs(now * kWeeks - before); }
  };
  std::vector<Moved> moved;
  for (const auto& [article, sum] : before)
    if (sum >= kLeastWeekClicks * kWeeks && move_of(now[article], sum) != Move::None)
      moved.push_back({article, now[article], sum});
  std::ranges::stable_sort(moved, std::ranges::greater{}, &Moved::size);
  if (moved.size() > kMostArticles) moved.resize(kMostArticles);
  for (const Moved& each : moved) {
    const auto article = store.find_article(ArticleId{each.article});
    if (!article) continue;
    out.push_back(move_alert(
        move_of(each.now, each.before), article->path,
        fmt::format("{}: {} clicks in the seven days to {}; the four weeks before had {} a week.",
                    article->path, each.now, rollup::format_day(last), each.before / kWeeks),
        article_href(article->path)));
  }
}

/// What articles earned in the last days, asked for once it is needed.
class Earnings {
 public:
  Earnings(const store::Store& store, const rollup::SiteZone& zone, DayNumber last)
      : store_(store), zone_(zone), last_(last) {}

  const std::vector<report::RevenueLine>& of(ArticleId article) {
    if (!loaded_) {
      for (report::ArticleRow& row :
           store_.load_articles_report(zone_, last_ - kEarningDays + 1, last_, {}).rows)
        by_article_[row.article.value] = std::move(row.revenue);
      loaded_ = true;
    }
    return by_article_[article.value];
  }

 private:
  const store::Store& store_;
  const rollup::SiteZone& zone_;
  DayNumber last_;
  bool loaded_ = false;
  std::unordered_map<std::int64_t, std::vector<report::RevenueLine>> by_article_;
};

/// Money per currency; to order by, the largest number.
struct Earned {
  std::map<std::string, std::pair<Currency, std::int64_t>> lines;

  void add(const std::vector<report::RevenueLine>& revenue) {
    for (const report::RevenueLine& line : revenue) {
      auto& [currency, micro] = lines[std::string(line.currency.text())];
      currency = line.currency;
      micro += line.earned_micro();
    }
  }
  std::int64_t most() const {
    std::int64_t most = 0;
    for (const auto& [code, line] : lines) most = std::max(most, line.second);
    return most;
  }
  std::string text() const {
    std::string text;
    for (const auto& [code, line] : lines)
      if (line.second > 0)
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", code,
                            format_amount(line.second, line.first));
    return text;
  }
};

struct RankedAlert {
  std::int64_t earned = 0;
  Alert alert;
};

void take_over(std::vector<RankedAlert> ranked, std::vector<Alert>& out) {
  std::ranges::stable_sort(ranked, std::ranges::greater{}, &RankedAlert::earned);
  for (RankedAlert& each : ranked) out.push_back(std::move(each.alert));
}

RankedAlert dead_link(const store::Store& store, const rollup::SiteZone& zone, const Link& link,
                      const store::LinkCheck& check, Earnings& earnings) {
  Earned earned;
  std::string carriers;
  const auto articles = store.list_articles_of_slug(link.slug);
  for (const ArticleId id : articles) {
    earned.add(earnings.of(id));
    if (carriers.empty())
      if (const auto article = store.find_article(id)) carriers = article->path;
  }
  if (articles.size() > 1) carriers += fmt::format(" and {} more", articles.size() - 1);
  const std::int64_t since = check.failing_since_ms.value_or(check.checked_at_ms);
  std::string message = fmt::format("The link {} leads nowhere since {} ({}).", link.slug,
                                    rollup::format_day(zone.day_of(since)), check.detail);
  if (!carriers.empty()) message += fmt::format(" It stands in {}", carriers);
  if (!carriers.empty() && earned.most() > 0)
    message += fmt::format(", which earned {} in the last {} days", earned.text(), kEarningDays);
  if (!carriers.empty()) message += ".";
  return {.earned = earned.most(),
          .alert = {.kind = "dead-link",
                    .severity = earned.most() > 0 ? "error" : "warn",
                    .subject = link.slug,
                    .message = std::move(message),
                    .fix = "Give the link another destination, or a fallback; then check it: "
                           "candor link check " +
                           link.slug,
                    .href = "#/links/detail?slug=" + percent_encode(link.slug)}};
}

void add_dead_links(const store::Store& store, const rollup::SiteZone& zone, Earnings& earnings,
                    std::vector<Alert>& out) {
  std::vector<RankedAlert> ranked;
  for (const store::LinkCheck& check : store.list_dead_links()) {
    const auto link = store.find_link(check.link);
    if (!link || link->state == LinkState::Disabled) continue;
    ranked.push_back(dead_link(store, zone, *link, check, earnings));
  }
  take_over(std::move(ranked), out);
}

void add_pages(const store::Store& store, Earnings& earnings, std::vector<Alert>& out) {
  std::vector<RankedAlert> ranked;
  for (const auto& article : store.list_articles()) {
    if (article.verdict != "fail" && article.verdict != "indeterminate") continue;
    Earned earned;
    earned.add(earnings.of(article.id));
    ranked.push_back(
        {.earned = earned.most(),
         .alert = {.kind = "disclosure",
                   .severity = "error",
                   .subject = article.path,
                   .message = fmt::format(
                       "{}: the disclosure {}", article.path,
                       article.verdict == "fail" ? "breaks a rule" : "could not be judged"),
                   .fix = "See the findings, then run candor inject on the page.",
                   .href = article_href(article.path)}});
  }
  take_over(std::move(ranked), out);
}

void add_stale_imports(const store::Store& store, const rollup::SiteZone& zone, std::int64_t now_ms,
                       std::vector<Alert>& out) {
  for (const store::NetworkData& data : store.list_network_data()) {
    const std::int64_t days = (now_ms - data.imported_at_ms) / kDayMs;
    if (days <= kStaleDays || days > kGivenUpDays) continue;
    out.push_back({.kind = "stale-import",
                   .severity = "warn",
                   .subject = data.network,
                   .message = fmt::format(
                       "{}: its newest report was imported on {}, {} days ago.", data.network,
                       rollup::format_day(zone.day_of(data.imported_at_ms)), days),
                   .fix = "Download the network's report and import it, or put it into the drop "
                          "folder.",
                   .href = "#/revenue"});
  }
}

}  // namespace

std::vector<Alert> find_alerts(const store::Store& store, const rollup::SiteZone& zone,
                               std::int64_t now_ms) {
  const DayNumber last = zone.day_of(now_ms) - 1;
  Earnings earnings(store, zone, last);
  std::vector<Alert> alerts;
  add_pages(store, earnings, alerts);
  add_dead_links(store, zone, earnings, alerts);
  add_site_move(store, last, alerts);
  add_article_moves(store, last, alerts);
  add_stale_imports(store, zone, now_ms, alerts);
  std::ranges::stable_sort(alerts, {},
                           [](const Alert& alert) { return alert.severity != "error"; });
  return alerts;
}

}  // namespace candor::jobs
