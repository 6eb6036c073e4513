#include "app/daemon.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "app/config_update.h"
#include "app/keeper.h"
#include "app/link_tables.h"
#include "app/open_site.h"
#include "app/owner_rooms.h"
#include "app/redirect_rooms.h"
#include "app/signals.h"
#include "app/webhook_runner.h"
#include "store/errors.h"

namespace candor::app {
namespace {

using namespace std::chrono_literals;

std::string url_of(const std::string& address) { return "http://" + address; }

/// The configuration a daemon runs by, and how it changes.
class RunningConfig {
 public:
  RunningConfig(Config config, const DaemonHooks& hooks, RedirectRooms& redirects)
      : config_(std::move(config)), hooks_(hooks), redirects_(redirects) {}

  /// From now on they are told as well.
  void set_owner(OwnerRooms& owner) { owner_ = &owner; }

  /// Callable from any thread.
  void reload() {
    const std::scoped_lock lock(reloading_);
    try {
      const Config read = hooks_.reload();
      const auto keys = keys_that_need_a_restart(config_, read);
      config_ = take_over(std::move(config_), read);
      redirects_.reconfigure(config_);
      if (owner_ != nullptr) owner_->reconfigure(config_);
      fmt::print(stderr, "candor: took over {}{}{}\n", config_.file.string(),
                 keys.empty() ? "" : "; a restart is needed for: ", fmt::join(keys, ", "));
    } catch (const std::exception& error) {
      fmt::print(stderr, "candor: the configuration stays as it was: {}\n", error.what());
    }
  }

 private:
  Config config_;
  const DaemonHooks& hooks_;
  RedirectRooms& redirects_;
  OwnerRooms* owner_ = nullptr;
  std::mutex reloading_;
};

/// As many connections as the system lets us have; shells often give a process 1,024.
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// Null when asked to stop before the database was free.
std::unique_ptr<OpenSite> take_database(const Config& config, const Clock& clock, Random& random,
                                        const Signals& signals, const DaemonHooks& hooks,
                                        RunningConfig& running) {
  for (bool told = false;; told = true) {
    try {
      return std::make_unique<OpenSite>(config, clock, random);
    } catch (const store::Busy& busy) {
      if (!told) hooks.waiting(busy.what());
    }
    const auto asked = signals.wait_for(200ms);
    if (asked == Asked::Stop) return nullptr;
    if (asked == Asked::Reload) running.reload();
  }
}

/// Before redirects begin: a cap's clicks are in the database and, after a crash, in the journal
/// behind it, and the snapshot knows those of its day. Null while another process has the database:
/// readers do not wait for it, and the links are followed as the snapshot has them.
std::unique_ptr<OpenSite> open_for_caps(const Config& config, const Clock& clock, Random& random,
                                        RedirectRooms& redirects) {
  if (!redirects.first_links || redirects.first_links->capped_links().empty()) return nullptr;
  try {
    auto site = std::make_unique<OpenSite>(config, clock, random);
    redirects.first_links =
        with_caps_counted(*redirects.first_links, site->store(), redirects.journal_files);
    redirects.front.set_links(redirects.first_links);
    return site;
  } catch (const store::Busy&) {
    return nullptr;
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

void run_daemon(const Config& config, const DaemonHooks& hooks) {
  open_data_directory(config.data_dir);
  const ServeLock lock(config.data_dir);
  const Signals signals;
  raise_descriptor_limit();
  const SystemClock clock;
  SystemRandom random;
  const rollup::SiteZone zone = rollup::SiteZone::find(config.zone).value();

  auto redirects = std::make_unique<RedirectRooms>(config, clock, random, zone);
  RunningConfig running(config, hooks, *redirects);
  auto site = open_for_caps(config, clock, random, *redirects);
  redirects->thread.start();
  if (!site) site = take_database(config, clock, random, signals, hooks, running);
  if (!site) return;
  LinkExporter exporter(site->store(), config.export_dir, config.go_prefix, clock);
  Keeper keeper(*site, *redirects, exporter, clock);
  site->set_front([&keeper] { return std::optional(keeper.run()); });
  site->set_probes(&redirects->probes);
  OwnerRooms owner(config, *site);
  running.set_owner(owner);
  site->set_reload([&running] { running.reload(); });
  site->set_figures([&keeper, &owner] {
    auto figures = keeper.figures();
    owner.count_pages(figures);
    return std::optional(std::move(figures));
  });
  RunFile run{::getpid(), url_of(redirects->server.address()),
              config.admin_public_url.empty() ? url_of(owner.admin_server.address())
                                              : config.admin_public_url,
              owner.pages_server ? url_of(owner.pages_server->address()) : std::string{},
              owner.socket};
  site->set_admin_url(run.admin_url);
  owner.admin.start();
  owner.pages.start();
  WebhookRunner webhooks(site->store(), clock, random, config.webhooks_to_private_networks);
  {
    const RunNotice notice(config.data_dir, run);
    hooks.ready(run, login_url(*site));
    while (signals.wait() == Asked::Reload) running.reload();
  }
  site->store().stop_jobs();  // an import or a nightly run may have minutes left
  owner.ask_to_stop();
  webhooks.stop();
  redirects->thread.stop();  // drains: everything accepted is answered
  owner.stop();
  keeper.finish();
}

}  // namespace candor::app
