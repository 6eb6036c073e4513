#include "jobs/digests.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "jobs/dimension_report.h"
#include "jobs/nightly.h"
#include "jobs/post.h"
#include "report/digest.h"

namespace candor::jobs {
namespace {

using rollup::DayNumber;

constexpr DayNumber kWeek = 7;
constexpr std::size_t kYearAndMonth = 7;
constexpr std::string_view kTold = "alerts";  ///< the mark with what the last mail told

DayNumber first_of_month(DayNumber day) {
  return rollup::parse_day(rollup::format_day(day).substr(0, kYearAndMonth) + "-01").value();
}

DayNumber last_sunday(DayNumber day) {
  constexpr DayNumber kSunday = 3;  // 1970-01-04
  return day - (day - kSunday) % kWeek;
}

DueDigest make_due(const char* word, DayNumber from, DayNumber to) {
  return {.name = fmt::format("{}{} digest", static_cast<char>(word[0] - 'a' + 'A'), word + 1),
          .key = fmt::format("digest.{}.{}", word, rollup::format_day(to)),
          .from = from,
          .to = to};
}

std::string host_of(const NightlySite& site) {
  return site.site_hosts.empty() ? "site" : site.site_hosts.front();
}

/// As the mark keeps it: a key a line, sorted.
std::string keys_of(const std::vector<report::Alert>& alerts) {
  std::set<std::string> keys;
  for (const report::Alert& alert : alerts) keys.insert(alert.key());
  std::string text;
  for (const std::string& key : keys) text += key + "\n";
  return text;
}

bool has_news(const std::vector<report::Alert>& alerts, const std::string& told) {
  std::set<std::string> known;
  std::istringstream lines(told);
  for (std::string line; std::getline(lines, line);) known.insert(line);
  return std::ranges::any_of(
      alerts, [&](const report::Alert& alert) { return !known.contains(alert.key()); });
}

mail::Message begin(const NightlySite& site, const std::string& key) {
  return new_message(site.mail, site.clock, host_of(site), site.site_name, key);
}

bool write_digest(const NightlySite& site, const DueDigest& due,
                  const std::vector<report::Alert>& alerts) {
  report::Digest digest{.name = due.name,
                        .report = load_dimension_report(site.store, site.zone,
                                                        {.by = report::Dimension::Article,
                                                         .from = due.from,
                                                         .to = due.to,
                                                         .compare = report::Comparison::Previous}),
                        .alerts = site.mail.alerts ? alerts : std::vector<report::Alert>{},
                        .dashboard_url = site.dashboard_url};
  digest.report.demo = site.demo;
  digest.report.site = site.site_name;
  mail::Message message = begin(site, due.key);
  message.subject = report::digest_subject(digest);
  message.text = report::digest_text(digest);
  message.html = report::digest_html(digest);
  message.attachments = {
      {fmt::format("article-{}-{}.csv", digest.report.from_day, digest.report.to_day), "text/csv",
       report::to_csv(digest.report)}};
  return write_mail(site.store, site.clock, message, due.key,
                    {{std::string(kTold), keys_of(alerts)}});
}

/// A mail of its own when something is wrong that no mail has told of.
bool write_alerts(const NightlySite& site, DayNumber last_closed,
                  const std::vector<report::Alert>& alerts) {
  const std::string told = site.store.find_mark(kTold).value_or("");
  const store::Mark now{std::string(kTold), keys_of(alerts)};
  if (!has_news(alerts, told)) {
    if (now.value != told) site.store.set_marks({now});  // what comes back is news again
    return false;
  }
  const std::string key = "alerts." + rollup::format_day(last_closed);
  mail::Message message = begin(site, key);
  message.subject = report::alerts_subject(site.site_name, alerts);
  message.text = report::alerts_text(alerts, site.dashboard_url);
  message.html = report::alerts_html(alerts, site.dashboard_url);
  return write_mail(site.store, site.clock, message, key, {now});
}

}  // namespace

std::vector<DueDigest> due_digests(const MailSettings& settings, DayNumber last_closed) {
  std::vector<DueDigest> due;
  if (settings.daily) due.push_back(make_due("daily", last_closed, last_closed));
  if (settings.weekly) {
    const DayNumber sunday = last_sunday(last_closed);
    due.push_back(make_due("weekly", sunday - kWeek + 1, sunday));
  }
  if (settings.monthly) {
    const DayNumber end = first_of_month(last_closed + 1) - 1;
    if (last_closed - end < kWeek) due.push_back(make_due("monthly", first_of_month(end), end));
  }
  return due;
}

StepResult mail_step(const NightlySite& site, DayNumber last_closed,
                     const std::vector<report::Alert>& alerts) {
  std::size_t written = 0;
  if (!site.mail.to.empty()) {
    for (const DueDigest& due : due_digests(site.mail, last_closed))
      if (!site.store.was_written(due.key) && write_digest(site, due, alerts)) ++written;
    if (site.mail.alerts && write_alerts(site, last_closed, alerts)) ++written;
  }
  const PostReport post = deliver_waiting(site.store, site.clock, site.mail);
  StepResult step{"mail", false, post.waiting > 0,
                  fmt::format("{} written, {} delivered", written, post.delivered)};
  if (post.waiting > 0)
    step.message += fmt::format("; {} wait{} for the next run: {}", post.waiting,
                                post.waiting == 1 ? "s" : "", post.error);
  return step;
}

}  // namespace candor::jobs
