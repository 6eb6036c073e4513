#include "app/open_site.h"

#include <fmt/format.h>

#include <chrono>
#include <mutex>
#include <thread>

#include "app/data_directory.h"
#include "app/link_probe.h"
#include "app/network_pull.h"
#include "click/article_mac.h"
#include "geo/atlas.h"
#include "redirect/beacon_script.h"
#include "sqlite/store.h"

namespace candor::app {
namespace {

/// Read from the databases at first need, once.
std::function<std::vector<std::string>()> place_credits(const geo::AtlasOptions& options) {
  struct Credits {
    std::once_flag read;
    std::vector<std::string> lines;
  };
  return [options, credits = std::make_shared<Credits>()] {
    std::call_once(credits->read, [&] {
      std::vector<std::string> problems;  // told by whoever uses the databases
      for (const geo::DatabaseNote& note : geo::Atlas(options, problems).notes())
        if (!note.credit.empty()) credits->lines.push_back(note.credit);
    });
    return credits->lines;
  };
}

/// The settings with what pages load from the redirect front.
pages::SiteSettings with_beacons(const Config& config, const ClickTokenKey& key) {
  pages::SiteSettings settings = config.site;
  if (config.link_stylesheet)
    settings.choices.stylesheet_url = settings.go_url + redirect::stylesheet_reference();
  if (settings.privacy.beacon == PrivacySwitch::Off) return settings;
  settings.beacon.script_url = settings.go_url + redirect::beacon_script_reference();
  settings.beacon.ping_url = settings.go_url + std::string(redirect::kBeaconName);
  settings.beacon.mac_of = [key](std::string_view path) { return article_mac(path, key); };
  return settings;
}

}  // namespace

std::filesystem::path journal_directory(const Config& config) {
  return config.data_dir / "journal";
}

OpenSite::OpenSite(const Config& config, const Clock& clock, Random& random)
    : settings_(with_beacons(config, load_token_keys(config.data_dir, random).front())),
      zone_(rollup::SiteZone::find(config.zone).value()),
      keys_(load_token_keys(config.data_dir, random)),
      store_(sqlite::open_store({config.data_dir / "candor.db"})),
      absorber_(std::make_unique<absorb::Absorber>(journal_directory(config), *store_, zone_)),
      pages_(std::make_unique<pages::PageProcessor>(*store_, clock, settings_)),
      settings_file_(config) {
  store_->interrupt_jobs();
  store_labels(config, clock);
  jobs::NightlySite nightly{*store_,
                            clock,
                            zone_,
                            keys_,
                            settings_.hosts,
                            config.drop_dir,
                            config.data_dir / "reports",
                            config.currency,
                            config.report_days,
                            settings_.demo,
                            [this] { return absorb_all().clicks; },
                            config.data_dir / "mappings",
                            &random,
                            {.raw_click_days = config.raw_click_days},
                            config.model};
  if (config.backups_kept > 0) nightly.backup_directory = config.backup_dir;
  nightly.database = config.data_dir / "candor.db";
  nightly.backups_kept = config.backups_kept;
  nightly.bots = []() -> const BotFilter& {
    static const BotFilter kBots;  // compiled at first need
    return kBots;
  };
  nightly.pages = pages_.get();
  nightly.page_root = config.pages_root;
  nightly.link_checks =
      link_check_settings(config, [store = store_.get()] { return store->jobs_stopped(); });
  nightly.mail = config.mail;
  nightly.site_name = settings_.name;
  nightly.dashboard_url = config.admin_public_url;
  nightly.let_settle = [] { std::this_thread::sleep_for(std::chrono::seconds(2)); };
  if (!config.networks.pulls.empty()) nightly.pull = network_pull(config, clock, zone_, *store_);
  api_ = std::make_unique<api::Site>(api::Site{*store_, clock, random, zone_, settings_, *pages_,
                                               keys_, std::move(nightly), "", gate_, nightly_mutex_,
                                               nullptr});
  api_->amazon_tags = config.amazon_tags;
  api_->place_credits = place_credits(config.geo);
  api_->networks = config.networks;
  // A folder that is not there yet is no reason to do without the rest.
  std::error_code missing;
  if (!config.pages_root.empty() && std::filesystem::is_directory(config.pages_root, missing))
    folder_ = std::make_unique<DiskPageFolder>(config.pages_root, config.site.hosts,
                                               config.data_dir / "mended");
  api_->folder = folder_.get();
  api_->settings_file = &settings_file_;
}

absorb::Progress OpenSite::absorb_all() {
  const std::scoped_lock lock(absorb_mutex_);
  auto progress =
      written_ ? absorber_->absorb_all(absorb::kMostClicks, written_()) : absorber_->absorb_all();
  for (const journal::Damage& damage : progress.damage)
    fmt::print(
        stderr, "candor: click journal, segment {}, byte {}: {} bytes: {}. {}\n", damage.segment,
        damage.offset, damage.bytes, damage.reason,
        damage.at_end
            ? "As a crash leaves it, in clicks never answered; without a crash, check the disk."
            : "Clicks are lost: check the disk.");
  return progress;
}

void OpenSite::settle() {
  const std::scoped_lock lock(absorb_mutex_);
  absorber_->settle();
}

void OpenSite::store_labels(const Config& config, const Clock& clock) {
  std::vector<store::LabelRule> rules;
  for (const LabelSetting& label : config.labels) {
    auto article = store_->find_article(std::string_view(label.article));
    if (!article) {
      // Named by the owner: it counts as an article before its page was ever seen.
      store::ArticleScan scan;
      scan.article.path = label.article;
      scan.article.origin = "owner";
      scan.article.findings_json = "[]";
      scan.article.seen_at_ms = to_ms(clock.now());
      store_->record_scans({scan});
      article = store_->find_article(std::string_view(label.article));
    }
    rules.push_back({label.network, label.kind, label.text, article->id});
  }
  store_->set_label_rules(rules);
}

}  // namespace candor::app
