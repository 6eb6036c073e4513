#include "jobs/pull.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "jobs/import_report.h"
#include "jobs/pull_apis.h"
#include "networks/json_records.h"
#include "store/errors.h"

namespace candor::jobs {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kJob = "pull";
constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;
constexpr int kTries = 5;
constexpr milliseconds kFirstWait{1000};
/// A network that wants more patience than this is asked again the next night.
constexpr milliseconds kLongestWait{15 * 60 * 1000};
constexpr int kMostPages = 10'000;

/// The network said no, or nothing: a sentence for people.
struct Refused {
  std::string message;
};

/// Whole seconds of the header, if it says them.
std::optional<milliseconds> seconds_in(const fetch::Response& response, std::string_view name) {
  const auto text = response.find_header(name);
  std::int64_t seconds = 0;
  if (!text) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), seconds);
  if (error != std::errc{} || end != text->data() + text->size() || seconds < 0 ||
      seconds > 1'000'000)
    return std::nullopt;
  return milliseconds(seconds * 1000);
}

bool may_pass(const fetch::Response& response) {
  return response.status == 429 || response.status >= 500;
}

class Puller {
 public:
  Puller(const PullSite& site, const PullAccount& account, const PullApi& api, PullResult& result)
      : site_(site), account_(account), api_(api), result_(result) {
    url_ = account.url.empty() ? std::string(api.url) : account.url;
    while (url_.ends_with('/')) url_.pop_back();
  }

  /// Every page of the stretch as one report.
  Result<networks::ReportFile, Refused> read(PullSpan span) {
    std::optional<networks::ReportFile> all;
    for (fetch::Request& first : api_.first(account_, url_, span)) {
      std::optional<fetch::Request> request = std::move(first);
      std::set<std::string> asked;
      while (request) {
        if (!asked.insert(request->url + "\n" + request->body).second || asked.size() > kMostPages)
          return refuse("its pages have no end");
        auto response = ask(*request);
        if (!response) return std::unexpected(response.error());
        auto page = read_page(*response, span, request);
        if (!page) return std::unexpected(page.error());
        add_page(all, *std::move(page));
      }
    }
    return *std::move(all);
  }

 private:
  /// What a network echoes of a request is not to show the token.
  std::unexpected<Refused> refuse(std::string why) const {
    for (auto at = why.find(account_.token); !account_.token.empty() && at != std::string::npos;
         at = why.find(account_.token))
      why.replace(at, account_.token.size(), "...");
    return std::unexpected(Refused{std::move(why)});
  }

  /// Sends until there is an answer, or no hope.
  Result<fetch::Response, Refused> ask(const fetch::Request& request) {
    milliseconds pause = kFirstWait;
    for (int tried = 1;; ++tried) {
      if (site_.store.jobs_stopped()) throw store::Stopped();
      keep_pace();
      const auto response = site_.send(request);
      ++result_.request_count;
      if (response && response->status == 200) return *response;
      if (response && !may_pass(*response)) return refuse(words_for(*response));
      const std::string why = response ? words_for(*response) : response.error().message;
      const auto told = response ? told_wait(*response) : std::nullopt;
      if (told && *told > kLongestWait)
        return refuse(
            fmt::format("{}; it wants {} minutes of patience", why, told->count() / 60'000));
      if (tried == kTries) return refuse(fmt::format("{} ({} tries)", why, kTries));
      site_.wait(std::max(told.value_or(pause), pause));
      pause *= 2;
    }
  }

  static std::optional<milliseconds> told_wait(const fetch::Response& response) {
    if (const auto told = seconds_in(response, "Retry-After")) return told;
    return response.status == 429 ? seconds_in(response, "X-RateLimit-Reset") : std::nullopt;
  }

  /// Evenly, so that the network need not refuse.
  void keep_pace() {
    if (api_.per_minute > 0 && result_.request_count > 0)
      site_.wait(milliseconds(60'000 / api_.per_minute));
  }

  std::string words_for(const fetch::Response& response) const {
    switch (response.status) {
      case 401:
      case 403:
        return fmt::format(
            "it refuses the token ({}): make a new one there and put it into "
            "[revenue.pull.{}]",
            response.status, account_.network);
      case 404:
        return fmt::format("it knows no account \"{}\" (404)", account_.account);
      default:
        return fmt::format("it answers {}", response.status);
    }
  }

  /// Also says what to ask next.
  Result<networks::ReportFile, Refused> read_page(const fetch::Response& response, PullSpan span,
                                                  std::optional<fetch::Request>& request) {
    const auto list = networks::read_json_records(response.body);
    if (!list) return refuse("its answer cannot be read: " + list.error());
    // GraphQL answers 200 also to what it refuses, with a list of errors.
    if (account_.network == "cj" && !list->records.empty())
      if (const auto fault = list->records.front().find("message"); !fault.empty())
        return refuse("it refuses: " + std::string(fault.substr(0, 200)));
    auto next = api_.next(account_, url_, span, list->rest);
    if (!next) return refuse(next.error());
    request = *std::move(next);
    networks::ReportOptions options;
    options.network = account_.network;
    options.account = account_.account;
    auto file = networks::read_report(response.body, options);
    if (!file) return refuse("its answer cannot be read: " + file.error().message);
    return *std::move(file);
  }

  static void add_page(std::optional<networks::ReportFile>& all, networks::ReportFile page) {
    if (!all) {
      all = std::move(page);
      return;
    }
    const auto before = static_cast<std::int64_t>(all->rows.size() + all->errors.size());
    for (RowError& error : page.errors) {
      error.row += before;
      all->errors.push_back(std::move(error));
    }
    std::ranges::move(page.rows, std::back_inserter(all->rows));
  }

  const PullSite& site_;
  const PullAccount& account_;
  const PullApi& api_;
  PullResult& result_;
  std::string url_;
};

/// Where to begin: some days before what is complete.
rollup::DayNumber first_day(const PullSite& site, const PullAccount& account,
                            const std::string& step, rollup::DayNumber today) {
  const auto done = site.store.last_done(kJob, step);
  const auto day = done ? rollup::parse_day(done->watermark) : std::unexpected(std::string());
  return day ? *day - account.overlap_days : today - account.first_days;
}

void take(const PullSite& site, const PullAccount& account, networks::ReportFile file,
          PullSpan span, PullResult& result) {
  result.row_count += static_cast<std::int64_t>(file.rows.size() + file.errors.size());
  if (file.rows.empty() && file.errors.empty()) return;
  const std::string name = fmt::format(
      "{} to {}", rollup::format_day(static_cast<rollup::DayNumber>(span.from_ms / kDayMs)),
      rollup::format_day(static_cast<rollup::DayNumber>((span.to_ms - 1) / kDayMs)));
  networks::ReportOptions options;
  options.account = account.account;
  const ImportResult done = import_file(site.store, site.clock, std::move(file), name, options,
                                        site.zone, store::ImportKind::Pull);
  if (!done.repeated) result.imports.push_back(done.import);
}

std::string summary_of(const PullResult& result) {
  std::int64_t fresh = 0;
  std::int64_t changed = 0;
  std::int64_t bad = 0;
  for (const store::Import& import : result.imports) {
    fresh += import.new_count;
    changed += import.changed_count;
    bad += import.bad_count;
  }
  return fmt::format("{} rows, {} new, {} changed, {} bad", result.row_count, fresh, changed, bad);
}

}  // namespace

bool can_pull(std::string_view network) { return find_pull_api(network) != nullptr; }

PullResult pull(const PullSite& site, const PullAccount& account) {
  PullResult result;
  result.network = account.network;
  result.account = account.account;
  const PullApi* api = find_pull_api(account.network);
  if (!api) {
    result.failed = true;
    result.message = "this network cannot be asked; those that can are awin, cj and impact";
    return result;
  }
  const std::string step = account.network + " " + account.account;
  const std::int64_t now_ms = to_ms(site.clock.now());
  const auto today = static_cast<rollup::DayNumber>(now_ms / kDayMs);
  const std::int64_t job = site.store.start_job(kJob, step, now_ms);
  try {
    Puller puller(site, account, *api, result);
    for (rollup::DayNumber day = first_day(site, account, step, today); day <= today;
         day += api->most_days) {
      const PullSpan span{day * kDayMs, std::min((day + api->most_days) * kDayMs, now_ms + 1000)};
      auto file = puller.read(span);
      if (!file) {
        result.failed = true;
        result.message = file.error().message;
        break;
      }
      take(site, account, *std::move(file), span, result);
    }
  } catch (const std::exception& error) {
    site.store.finish_job(job, "failed", "", error.what(), to_ms(site.clock.now()));
    throw;
  }
  if (!result.failed) result.message = summary_of(result);
  site.store.finish_job(job, result.failed ? "failed" : "done",
                        result.failed ? "" : rollup::format_day(today), result.message,
                        to_ms(site.clock.now()));
  return result;
}

}  // namespace candor::jobs
