#pragma once
// A site whose database this process owns: store, pages and API wired together from the
// configuration.
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "absorb/absorber.h"
#include "api/site.h"
#include "app/config.h"
#include "app/page_folder.h"
#include "app/settings_file.h"
#include "app/system.h"

namespace candor::app {

class OpenSite {
 public:
  /// Takes the database. Throws store::Busy when another process has it.
  OpenSite(const Config& config, const Clock& clock, Random& random);

  api::Site& api() { return *api_; }
  store::Store& store() { return *store_; }
  pages::PageProcessor& pages() { return *pages_; }
  const rollup::SiteZone& zone() const { return zone_; }
  const std::vector<ClickTokenKey>& keys() const { return keys_; }

  /// Brings in the journal's rest. One caller at a time gets through; others wait.
  absorb::Progress absorb_all();
  /// Also checkpoints, and deletes the journal segments this makes superfluous.
  void settle();
  /// Beside a writing journal: how far it may be read. A group behind it may yet fail and be
  /// counted as lost.
  void set_written(std::function<journal::Position()> written) { written_ = std::move(written); }

  void set_admin_url(const std::string& url) { api_->admin_url = url; }
  void set_front(std::function<std::optional<store::Run>()> front) {
    api_->front = std::move(front);
  }
  void set_figures(std::function<std::optional<api::FrontFigures>()> figures) {
    api_->figures = std::move(figures);
  }
  void set_probes(ProbeBook* probes) { api_->probes = probes; }
  /// Has a changed candor.toml taken over.
  void set_reload(std::function<void()> reload) { settings_file_.set_reload(std::move(reload)); }

 private:
  void store_labels(const Config& config, const Clock& clock);

  pages::SiteSettings settings_;
  rollup::SiteZone zone_;
  std::vector<ClickTokenKey> keys_;
  std::unique_ptr<store::Store> store_;
  std::mutex absorb_mutex_;
  std::function<journal::Position()> written_;
  std::unique_ptr<absorb::Absorber> absorber_;
  std::unique_ptr<pages::PageProcessor> pages_;
  api::Gatekeeper gate_;
  std::mutex nightly_mutex_;
  std::unique_ptr<DiskPageFolder> folder_;  ///< null: no folder is configured
  DiskSettingsFile settings_file_;
  std::unique_ptr<api::Site> api_;
};

std::filesystem::path journal_directory(const Config& config);

}  // namespace candor::app
