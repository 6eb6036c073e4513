#include "app/daemon.h"

#include <fmt/format.h>
#include <pthread.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "api/admin_front.h"
#include "app/link_table_builder.h"
#include "app/open_site.h"
#include "click/bot_filter.h"
#include "proxy/folder_front.h"
#include "redirect/front.h"
#include "redirect/links_snapshot.h"
#include "redirect/salt_files.h"
#include "store/errors.h"

namespace candor::app {
namespace {

using namespace std::chrono_literals;

/// What asks for an end, blocked in every thread and taken here in order. A terminal that closes
/// asks as well.
class StopSignals {
 public:
  StopSignals() {
    ::sigemptyset(&set_);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&set_, signal);
    ::pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    // A write beyond the file size limit fails like one on a full disk, and ends nothing.
    ::signal(SIGXFSZ, SIG_IGN);
  }
  void wait() const {
    int signal = 0;
    ::sigwait(&set_, &signal);
  }
  bool arrived_within(std::chrono::milliseconds time) const {
    const timespec timeout{time.count() / 1000, (time.count() % 1000) * 1'000'000};
    return ::sigtimedwait(&set_, nullptr, &timeout) > 0;
  }

 private:
  sigset_t set_{};
};

/// A loop and the thread that runs it. Stopping drains its servers.
class LoopThread {
 public:
  void start() {
    thread_ = std::jthread([this](std::stop_token stop) { loop.run(stop); });
  }
  void stop() {
    if (!thread_.joinable()) return;
    thread_.request_stop();
    thread_.join();
  }
  http::EventLoop loop;

 private:
  std::jthread thread_;
};

std::string url_of(const std::string& address) { return "http://" + address; }

/// The redirect front with all it needs to run before the database is there.
struct RedirectRooms {
  RedirectRooms(const Config& config, const Clock& clock, Random& random,
                const rollup::SiteZone& zone)
      : journal(std::make_unique<journal::Journal>(
            journal::Options{journal_directory(config), config.durability})),
        salts(config.data_dir / "salts", zone, random),
        front(thread.loop, *journal, clock, salts, bots,
              load_token_keys(config.data_dir, random).front(),
              {config.go_prefix, config.site.hosts, config.trusted_proxies, config.deadline,
               config.repeat_window, config.node}),
        server(thread.loop, config.redirect_listen, front, {}) {
    snapshot = config.data_dir / "links.snapshot";
    if (auto table = redirect::load_links_snapshot(snapshot))
      front.set_links(std::make_shared<const LinkTable>(std::move(*table)));
  }
  // The loop must rest before what it serves goes, also when starting failed halfway.
  ~RedirectRooms() { thread.stop(); }
  RedirectRooms(const RedirectRooms&) = delete;
  RedirectRooms& operator=(const RedirectRooms&) = delete;

  void set_links(std::shared_ptr<const LinkTable> table) {
    thread.loop.post([this, table = std::move(table)] { front.set_links(table); });
  }

  std::unique_ptr<journal::Journal> journal;
  redirect::FileSaltKeeper salts;
  BotFilter bots;
  LoopThread thread;
  redirect::Front front;
  http::Server server;
  std::filesystem::path snapshot;
};

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

/// Moves clicks into the database, saves the run's signs of life and hands new link tables to the
/// front. A duty that fails (a full disk or the like) is told once and tried again; the others go
/// on, and the journal keeps what was clicked.
class Keeper {
 public:
  Keeper(OpenSite& site, RedirectRooms& redirects, const Clock& clock)
      : site_(site), redirects_(redirects), clock_(clock), started_at_ms_(to_ms(clock.now())) {
    site.set_written([this] { return redirects_.journal->written(); });
    try_to("save the run", [this] { save_run(); });
    try_to("hand over the links", [this] { refresh_links(); });
    thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
  }

  store::Run run() const {
    return run_of(id_, started_at_ms_, to_ms(clock_.now()), redirects_.front.counters());
  }

  /// Once redirects have stopped: the journal's last clicks, then the end of the run.
  void finish() {
    thread_.request_stop();
    thread_.join();
    site_.set_written(nullptr);
    redirects_.journal.reset();
    try_to("absorb clicks", [this] { site_.absorb_all(); });
    try_to("save the run", [this] {
      save_run();
      store::Run last = run();
      last.stopped_at_ms = last.seen_at_ms;
      site_.store().save_run(last);
    });
    try_to("checkpoint", [this] { site_.settle(); });
  }

 private:
  void refresh_links() {
    const std::int64_t epoch = site_.store().link_epoch();
    if (epoch != epoch_) {
      unsaved_ = build_link_table(site_.store());
      redirects_.set_links(unsaved_);
      epoch_ = epoch;
    }
    if (!unsaved_) return;
    redirect::save_links_snapshot(redirects_.snapshot, *unsaved_);
    unsaved_.reset();
  }

  void save_run() {
    if (id_ == 0) id_ = site_.store().start_run(started_at_ms_);
    site_.store().save_run(run());
  }

  template <class Duty>
  void try_to(const std::string& what, Duty duty) {
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

  void work(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any pause;
    for (int round = 0; !stop.stop_requested(); ++round) {
      try_to("absorb clicks", [this] { site_.absorb_all(); });
      try_to("hand over the links", [this] { refresh_links(); });
      if (round % 10 == 0) try_to("save the run", [this] { save_run(); });
      std::unique_lock lock(mutex);
      pause.wait_for(lock, stop, 100ms, [] { return false; });
    }
  }

  OpenSite& site_;
  RedirectRooms& redirects_;
  const Clock& clock_;
  std::int64_t started_at_ms_;
  std::atomic<std::int64_t> id_{0};  ///< 0 until the database could be written
  std::int64_t epoch_ = -1;
  std::shared_ptr<const LinkTable> unsaved_;       ///< handed over, not in the snapshot yet
  std::map<std::string, std::string> complaints_;  ///< by duty, so that each is told once
  std::jthread thread_;
};

/// The doors of the owner: admin over TCP and the Unix socket, and the pages front when a folder is
/// set.
struct OwnerRooms {
  OwnerRooms(const Config& config, OpenSite& site)
      : pool(std::in_place, 2, 256),
        pages_pool(std::in_place, 2, 256),
        network(admin.loop, *pool, site.api(), api::Door::Network),
        local(admin.loop, *pool, site.api(), api::Door::UnixSocket),
        socket(socket_path(config.data_dir)),
        admin_server(admin.loop, config.admin_listen, network, large_bodies()),
        socket_server(admin.loop, "unix:" + socket, local, large_bodies()) {
    if (!config.pages_root.empty()) {
      folder.emplace(pages.loop, *pages_pool, site.pages(), site.store(), config.pages_root);
      pages_server.emplace(pages.loop, config.pages_listen, *folder, http::Limits{});
    }
  }
  ~OwnerRooms() { stop(); }
  OwnerRooms(const OwnerRooms&) = delete;
  OwnerRooms& operator=(const OwnerRooms&) = delete;

  /// The loops rest before the servers they run go, and work under way ends before what it works
  /// on.
  void stop() {
    pages.stop();
    admin.stop();
    pages_pool.reset();
    pool.reset();
  }
  static http::Limits large_bodies() {
    http::Limits limits;
    limits.body_bytes = 64u << 20;  // report files and pages
    limits.body_deadline = 60s;
    return limits;
  }

  LoopThread admin;
  LoopThread pages;
  std::optional<http::WorkerPool> pool;
  std::optional<http::WorkerPool>
      pages_pool;  ///< readers must not hold the owner up, nor the other way round
  api::AdminFront network;
  api::AdminFront local;
  std::string socket;
  http::Server admin_server;
  http::Server socket_server;
  std::optional<proxy::FolderFront> folder;
  std::optional<http::Server> pages_server;
};

std::unique_ptr<OpenSite> take_database(const Config& config, const Clock& clock, Random& random,
                                        const StopSignals& signals,
                                        const std::function<void(const std::string&)>& waiting) {
  for (bool told = false;; told = true) {
    try {
      return std::make_unique<OpenSite>(config, clock, random);
    } catch (const store::Busy& busy) {
      if (!told) waiting(busy.what());
    }
    if (signals.arrived_within(200ms)) return nullptr;
  }
}

/// Empty when none can be made, e.g. on a full disk: serving goes on without.
std::string login_url(OpenSite& site) {
  http::Request request;
  request.method = "POST";
  request.target = request.path = "/api/v1/account/invite";
  const auto response = api::handle(site.api(), request, {true, {}});
  const auto body = nlohmann::json::parse(response.body);
  if (response.status == 200) return body.at("url").get<std::string>();
  fmt::print(stderr, "candor: no sign-in link: {}\n", body.value("detail", ""));
  return {};
}

/// run.json, there as long as this is.
class RunNotice {
 public:
  RunNotice(std::filesystem::path directory, const RunFile& run)
      : directory_(std::move(directory)) {
    write_run_file(directory_, run);
  }
  ~RunNotice() { remove_run_file(directory_); }
  RunNotice(const RunNotice&) = delete;
  RunNotice& operator=(const RunNotice&) = delete;

 private:
  std::filesystem::path directory_;
};

}  // namespace

void run_daemon(const Config& config,
                const std::function<void(const RunFile&, const std::string&)>& ready,
                const std::function<void(const std::string&)>& waiting) {
  open_data_directory(config.data_dir);
  const ServeLock lock(config.data_dir);
  const StopSignals signals;
  const SystemClock clock;
  SystemRandom random;
  const rollup::SiteZone zone = rollup::SiteZone::find(config.zone).value();

  auto redirects = std::make_unique<RedirectRooms>(config, clock, random, zone);
  redirects->thread.start();
  const auto site = take_database(config, clock, random, signals, waiting);
  if (!site) return;
  Keeper keeper(*site, *redirects, clock);
  site->set_front([&keeper] { return std::optional(keeper.run()); });
  OwnerRooms owner(config, *site);
  RunFile run{::getpid(), url_of(redirects->server.address()),
              config.admin_public_url.empty() ? url_of(owner.admin_server.address())
                                              : config.admin_public_url,
              owner.pages_server ? url_of(owner.pages_server->address()) : std::string{},
              owner.socket};
  site->set_admin_url(run.admin_url);
  owner.admin.start();
  owner.pages.start();
  {
    const RunNotice notice(config.data_dir, run);
    ready(run, login_url(*site));
    signals.wait();
  }
  redirects->thread.stop();  // drains: everything accepted is answered
  owner.stop();
  keeper.finish();
}

}  // namespace candor::app
