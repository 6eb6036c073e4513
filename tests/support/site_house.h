#pragma once
// A site's rooms over a real store in a folder of its own, with a clock and randomness of the test.
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/site.h"
#include "contract/store_contract.h"
#include "jobs/nightly.h"
#include "sqlite/store.h"
#include "support/fake_clock.h"
#include "support/fake_random.h"

namespace candor {

class SiteHouse {
 public:
  /// A human click on a link, absorbed; `minutes_ago` before the clock's now.
  Click add_click(LinkId link, ArticleId article, int minutes_ago = 60,
                  Verdict verdict = Verdict::Human) {
    Click click = contract::make_click(to_ms(clock.now()) - minutes_ago * 60'000LL, link, article,
                                       verdict, ++clicks_);
    store->absorb({click}, zone, {1, static_cast<std::uint64_t>(clicks_)});
    return click;
  }
  Link add_link(const std::string& slug) {
    Link link;
    link.slug = slug;
    link.destination = "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&p=" + slug;
    link.network = "awin";
    return store->add_link(link).value();
  }
  ArticleId add_article(const std::string& path) {
    store::ArticleScan scan;
    scan.article.path = path;
    scan.article.title = "Title of " + path;
    scan.article.verdict = "pass";
    scan.article.origin = "inject";
    scan.article.findings_json = "[]";
    store->record_scans({scan});
    return store->find_article(path).value().id;
  }
  std::string token(const Click& click) const { return make_click_token(click.id, keys.front()); }
  void drop(const std::string& name, std::string_view content) const {
    std::filesystem::create_directories(nightly.drop_directory);
    std::ofstream(nightly.drop_directory / name, std::ios::binary) << content;
  }

  contract::TemporaryDirectory folder;
  FakeClock clock;
  FakeRandom random;
  rollup::SiteZone zone = rollup::SiteZone::find("UTC").value();
  pages::SiteSettings settings{.name = "Test site",
                               .url = "https://site.example",
                               .hosts = {"site.example"},
                               .go_url = "https://site.example/go/",
                               .jurisdictions = {"US"},
                               .language = {},
                               .content_selector = {}};
  std::vector<ClickTokenKey> keys{{'k', {9, 8, 7, 6, 5, 4, 3, 2, 1}}};
  std::unique_ptr<store::Store> store = sqlite::open_store({.path = folder.path / "candor.db"});
  pages::PageProcessor pages{*store, clock, settings};
  api::Gatekeeper gate;
  std::mutex nightly_mutex;
  std::function<std::uint64_t()> absorb;  ///< of the nightly run
  jobs::NightlySite nightly{*store,
                            clock,
                            zone,
                            keys,
                            settings.hosts,
                            folder.path / "drop",
                            folder.path / "reports",
                            {{"awin", find_currency("GBP").value()}},
                            28,
                            false,
                            [this] { return absorb ? absorb() : 0; },
                            folder.path / "mappings"};
  api::Site site{
      *store, clock,         random, zone, settings, pages, keys, nightly, "http://127.0.0.1:8081",
      gate,   nightly_mutex, nullptr};

 private:
  std::int64_t clicks_ = 0;
};

}  // namespace candor
