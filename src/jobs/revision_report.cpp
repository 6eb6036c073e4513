#include "jobs/revision_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "click/click.h"

namespace candor::jobs {
namespace {

using report::RevisionRow;
using report::RevisionSide;
using rollup::DayNumber;

constexpr std::size_t kMostRevisions = 50;

std::string text_of(const store::ArticleRevision& before, const store::ArticleRevision& now) {
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
  const auto links = [](std::int64_t count, const char* what) {
    return fmt::format("{} {} {}", count, count == 1 ? "link" : "links", what);
  };
  if (now.title != before.title) add("title \"" + now.title + "\"");
  if (now.links_added > 0) add(links(now.links_added, "added"));
  if (now.links_removed > 0) add(links(now.links_removed, "removed"));
  if (now.verdict != before.verdict) add("verdict " + now.verdict);
  if (now.finding_count != before.finding_count)
    add(fmt::format("{} findings, {} before", now.finding_count, before.finding_count));
  return text.empty() ? "page changed" : text;
}

void add_page_changes(const store::Store& store, ArticleId article,
                      std::vector<RevisionRow>& rows) {
  const auto revisions = store.list_revisions(article);
  for (std::size_t i = 1; i < revisions.size(); ++i)
    rows.push_back({.kind = report::RevisionKind::Page,
                    .day = {},
                    .at_ms = revisions[i].at_ms,
                    .what = text_of(revisions[i - 1], revisions[i])});
}

/// The names of the members that an edit changed.
std::string members_of(const nlohmann::json& changes) {
  std::string text;
  if (!changes.is_object()) return text;
  for (const auto& [name, change] : changes.items()) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void add_link_changes(const store::Store& store, ArticleId article,
                      std::vector<RevisionRow>& rows) {
  constexpr std::size_t kPage = 1000;
  constexpr int kMostPages = 50;
  std::set<std::string> slugs;
  for (const auto& link : store.list_article_links(article))
    if (!link.slug.empty()) slugs.insert(link.slug);
  if (slugs.empty()) return;
  const auto add = [&](const store::LogEntry& entry, const std::string& slug,
                       const nlohmann::json& changes) {
    const std::string members = members_of(changes);
    rows.push_back({.kind = report::RevisionKind::Link,
                    .day = {},
                    .at_ms = entry.at_ms,
                    .what = "link " + slug + ": " + (members.empty() ? "edited" : members)});
  };
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  for (int page = 0; page < kMostPages; ++page) {
    const auto entries = store.list_log(before, kPage);
    for (const store::LogEntry& entry : entries) {
      before = entry.id;
      const bool one =
          entry.action == "PATCH /api/v1/links/{slug}" && slugs.contains(entry.subject);
      const bool many = entry.action == "PATCH /api/v1/links";
      if (!one && !many) continue;
      const auto changes = nlohmann::json::parse(entry.changes, nullptr, false);
      if (one) add(entry, entry.subject, changes);
      if (many && changes.is_object())
        for (const auto& [slug, of_link] : changes.items())
          if (slugs.contains(slug)) add(entry, slug, of_link);
    }
    if (entries.size() < kPage) return;
  }
}

/// What the article did on each day.
class Days {
 public:
  Days(const store::Store& store, const rollup::SiteZone& zone, ArticleId article)
      : store_(store), article_(article), first_view_(store.first_view_day()), zone_(zone) {}

  void load(DayNumber from, DayNumber to) {
    if (from > to) return;
    for (const auto& day : store_.clicks_by_day(from, to, article_))
      days_[day.day].clicks += day.by_verdict[static_cast<std::size_t>(Verdict::Human)];
    store_.each_money_part(from, to, zone_, [&](const report::MoneyPart& part) {
      if (part.article == article_ && part.tier != report::kUnattributedTier)
        report::add(days_[part.day], part, true);
    });
  }

  RevisionSide side(DayNumber from, DayNumber to) const {
    RevisionSide side;
    if (from > to) return side;
    side.from_day = rollup::format_day(from);
    side.to_day = rollup::format_day(to);
    side.days = to - from + 1;
    for (auto at = days_.lower_bound(from); at != days_.end() && at->first <= to; ++at)
      report::add(side.figures, at->second);
    // Money of days without counted views would make those with views look better.
    if (!first_view_ || *first_view_ > from) return side;
    side.figures.views = 0;
    for (const auto& each : store_.views_by_article(from, to))
      if (each.article == article_) side.figures.views = each.views;
    return side;
  }

  std::optional<DayNumber> first_view() const { return first_view_; }

 private:
  const store::Store& store_;
  ArticleId article_;
  std::optional<DayNumber> first_view_;
  const rollup::SiteZone& zone_;
  std::map<DayNumber, report::Figures> days_;
};

}  // namespace

report::RevisionReport load_revision_report(const store::Store& store, const rollup::SiteZone& zone,
                                            const RevisionQuestion& question) {
  report::RevisionReport report{.path = question.article.path,
                                .title = question.article.title,
                                .zone = zone.name(),
                                .days = question.days};
  add_page_changes(store, question.article.id, report.rows);
  add_link_changes(store, question.article.id, report.rows);
  std::ranges::stable_sort(report.rows, std::greater{}, &RevisionRow::at_ms);
  std::vector<DayNumber> all;
  for (const RevisionRow& row : report.rows) all.push_back(zone.day_of(row.at_ms));
  if (report.rows.size() > kMostRevisions) report.rows.resize(kMostRevisions);

  Days days(store, zone, question.article.id);
  if (days.first_view()) report.views_since = rollup::format_day(*days.first_view());
  if (!report.rows.empty())
    days.load(all[report.rows.size() - 1] - question.days,
              std::min(all.front() + question.days, question.today - 1));
  for (std::size_t i = 0; i < report.rows.size(); ++i) {
    const DayNumber day = all[i];
    RevisionRow& row = report.rows[i];
    row.day = rollup::format_day(day);
    row.before = days.side(day - question.days, day - 1);
    row.after = days.side(day + 1, std::min(day + question.days, question.today - 1));
    row.others =
        std::ranges::count_if(all,
                              [&](DayNumber other) {
                                return other >= day - question.days && other <= day + question.days;
                              }) -
        1;
  }
  return report;
}

}  // namespace candor::jobs
