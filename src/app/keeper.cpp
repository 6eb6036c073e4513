#include "app/keeper.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace candor::app {
namespace {

using namespace std::chrono_literals;

constexpr auto kRound = 100ms;
// A count per day costs a row for each link and article that was clicked, however often, and a
// transaction a sync: at this pace a round waits for more of them, and the database is a second
// behind.
constexpr std::uint64_t kBusyClicks = 1000;
constexpr int kBusyRounds = 10;

store::Run run_of(std::int64_t id, std::int64_t started_at_ms, std::int64_t now_ms,
                  const redirect::Counters& counters) {
  store::Run run;
  run.id = id;
  run.started_at_ms = started_at_ms;
  run.seen_at_ms = now_ms;
  run.accepted = counters.accepted;
  run.recorded = counters.recorded;
  run.unrecorded = counters.unrecorded;
  run.shed = counters.shed;
  run.not_found = counters.not_found;
  return run;
}

}  // namespace

Keeper::Keeper(OpenSite& site, RedirectRooms& redirects, LinkExporter& exporter, const Clock& clock)
    : site_(site),
      redirects_(redirects),
      exporter_(exporter),
      tables_(site.store(), {redirects.snapshot, redirects.journal_files},
              std::move(redirects.first_links),
              [&redirects](LinkTablePtr table) { redirects.set_links(std::move(table)); }, {}),
      clock_(clock),
      started_at_ms_(to_ms(clock.now())),
      absorbed_at_ms_(started_at_ms_) {
  site.set_written([this] { return redirects_.journal->written(); });
  try_to("save the run", [this] { save_run(); });
  try_to("hand over the links", [this] { refresh_links(); });
  thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

store::Run Keeper::run() const {
  return run_of(id_, started_at_ms_, to_ms(clock_.now()), redirects_.front.counters());
}

api::FrontFigures Keeper::figures() const {
  const redirect::Counters& counted = redirects_.front.counters();
  const journal::Counters written = redirects_.journal->counters();
  api::FrontFigures figures;
  figures.connections = redirects_.server.connections();
  figures.refused_connections = redirects_.server.refused();
  figures.throttled = counted.throttled;
  figures.journal_failures = written.failed;
  figures.journal_fails = !written.last_error.empty();
  figures.can_write = redirects_.front.can_write();
  figures.absorb_lag_ms = std::max<std::int64_t>(to_ms(clock_.now()) - absorbed_at_ms_, 0);
  for (std::size_t i = 0; i < figures.by_verdict.size(); ++i)
    figures.by_verdict[i] = counted.by_verdict[i];
  const redirect::BeaconCounters& told = redirects_.beacons.counters();
  figures.beacon_clicks = told.clicks;
  figures.beacon_clicks_recorded = told.recorded;
  figures.beacon_clicks_lost = told.failed + told.shed;
  figures.beacon_views = told.views;
  figures.beacon_impressions = told.impressions;
  figures.beacons_refused = told.refused + told.throttled;
  return figures;
}

void Keeper::finish() {
  thread_.request_stop();
  thread_.join();
  site_.set_written(nullptr);
  redirects_.journal.reset();
  try_to("absorb clicks", [this] { site_.absorb_all(); });
  try_to("save article views", [this] { save_views(); });
  if (tables_.has_caps())
    try_to("save the links", [this] {
      tables_.recount();
      tables_.save();
    });
  try_to("save the run", [this] {
    save_run();
    store::Run last = run();
    last.stopped_at_ms = last.seen_at_ms;
    site_.store().save_run(last);
  });
  try_to("export the links", [this] {
    // A cap that was reached is no change of a link; from now on the web server serves by itself.
    if (tables_.has_caps() || site_.store().link_epoch() != tables_.epoch())
      exporter_.links_changed();
  });
  try_to("checkpoint", [this] { site_.settle(); });
}

std::uint64_t Keeper::absorb() {
  const std::uint64_t clicks = site_.absorb_all().clicks;
  absorbed_at_ms_ = to_ms(clock_.now());
  return clicks;
}

void Keeper::refresh_links() {
  if (tables_.refresh()) exporter_.links_changed();
  tables_.save();
}

void Keeper::save_run() {
  if (id_ == 0) id_ = site_.store().start_run(started_at_ms_);
  site_.store().save_run(run());
}

void Keeper::save_views() {
  const rollup::ViewDayDeltas views = redirects_.beacons.take_views();
  if (views.empty()) return;
  try {
    site_.store().add_views(views);
  } catch (...) {
    redirects_.beacons.put_back(views);
    throw;
  }
}

void Keeper::tell_losses() {
  const store::Run now = run();
  const std::uint64_t lost = now.unrecorded + now.shed;
  if (lost > lost_ && !losing_) {
    losing_ = true;
    lost_before_ = lost_;
    const std::string error = redirects_.journal->counters().last_error;
    fmt::print(stderr,
               "candor: clicks are not recorded ({}). Readers are redirected all the same; see to "
               "the disk that holds data_dir\n",
               error.empty() ? "the disk does not answer in time" : error);
  } else if (losing_ && lost <= lost_ && now.recorded > recorded_) {
    losing_ = false;
    fmt::print(stderr, "candor: clicks are recorded again; {} were not\n",
               lost - std::min(lost, lost_before_));
  }
  lost_ = lost;
  recorded_ = now.recorded;
}

template <class Duty>
void Keeper::try_to(const std::string& what, Duty duty) {
  try {
    duty();
    complaints_.erase(what);
  } catch (const std::exception& error) {
    std::string& told = complaints_[what];
    if (told == error.what()) return;
    told = error.what();
    fmt::print(stderr, "candor: cannot {}, will try again: {}\n", what, told);
  }
}

void Keeper::work(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any pause;
  int absorb_at = 0;
  for (int round = 0; !stop.stop_requested(); ++round) {
    if (round >= absorb_at)
      try_to("absorb clicks",
             [&] { absorb_at = round + (absorb() >= kBusyClicks ? kBusyRounds : 1); });
    try_to("hand over the links", [this] { refresh_links(); });
    exporter_.look_at_clock();
    if (round % 600 == 0)
      try_to("look for newer databases of places", [this] { redirects_.refresh_places(); });
    tell_losses();
    redirects_.front.can_write();  // so that a failure's 30 seconds begin when it happens
    if (round % 10 == 0) {
      try_to("save the run", [this] { save_run(); });
      try_to("save article views", [this] { save_views(); });
    }
    std::unique_lock lock(mutex);
    pause.wait_for(lock, stop, kRound, [] { return false; });
  }
}

}  // namespace candor::app
