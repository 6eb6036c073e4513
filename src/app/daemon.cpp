#include "app/daemon.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/keeper.h"
#include "app/open_site.h"
#include "app/owner_rooms.h"
#include "app/redirect_rooms.h"
#include "app/stop_signals.h"
#include "store/errors.h"

namespace candor::app {
namespace {

using namespace std::chrono_literals;

std::string url_of(const std::string& address) { return "http://" + address; }

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
