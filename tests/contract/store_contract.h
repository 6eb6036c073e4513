#pragma once
// What every store promises, tested the same way for each: INSTANTIATE_TEST_SUITE_P(..,
// StoreContract, ..) with how to open one.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "rollup/site_zone.h"
#include "store/store.h"

namespace candor::contract {

/// A folder of its own, gone at the end.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "candor-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    path = name;
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  std::filesystem::path path;
};

struct StoreKind {
  std::string name;
  /// The same folder opens the same data again.
  std::function<std::unique_ptr<store::Store>(const std::filesystem::path& folder)> open;
};

inline std::ostream& operator<<(std::ostream& out, const StoreKind& kind) {
  return out << kind.name;
}

class StoreContract : public testing::TestWithParam<StoreKind> {
 protected:
  StoreContract() : store_(GetParam().open(folder_.path)) {}

  store::Store& store() { return *store_; }
  void reopen() {
    store_.reset();
    store_ = GetParam().open(folder_.path);
  }

  Link add_link(const std::string& slug, const std::string& network = "awin") {
    Link link;
    link.slug = slug;
    link.destination = "https://merchant.example/" + slug;
    link.network = network;
    link.created_at_ms = link.updated_at_ms = 1'000;
    return store().add_link(link).value();
  }

  ArticleId add_article(const std::string& path) {
    store::ArticleScan scan;
    scan.article.path = path;
    scan.article.title = "Title of " + path;
    scan.article.origin = "inject";
    store().record_scans({scan});
    return store().find_article(path).value().id;
  }

 private:
  TemporaryDirectory folder_;
  std::unique_ptr<store::Store> store_;
};

/// The `sequence`-th click of a millisecond.
inline Click make_click(std::int64_t at_ms, LinkId link, ArticleId article = {},
                        Verdict verdict = Verdict::Human, std::int64_t sequence = 0) {
  Click click;
  click.id = {first_click_id(at_ms).value + sequence};
  click.link = link;
  click.article = article;
  click.verdict = verdict;
  click.user_agent = "Mozilla/5.0 (X11; Linux x86_64)";
  return click;
}

inline rollup::SiteZone berlin() { return rollup::SiteZone::find("Europe/Berlin").value(); }
inline rollup::DayNumber day(std::string_view text) { return rollup::parse_day(text).value(); }

}  // namespace candor::contract
