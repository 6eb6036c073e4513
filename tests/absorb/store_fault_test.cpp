// A disk that fails SQLite at any call: opening or absorbing ends with an error, and the next try
// finds every click to be stored, once.
#include <gtest/gtest.h>

#include <array>
#include <iostream>
#include <string>

#include "absorb/absorber.h"
#include "absorb/watched_vfs.h"
#include "contract/store_contract.h"
#include "journal/journal.h"
#include "sqlite/store.h"
#include "store/errors.h"

namespace candor::absorb {
namespace {

using contract::TemporaryDirectory;
using Call = VfsWatcher::Call;

constexpr std::int64_t kNoonMs = 1'767'265'200'000;
constexpr std::int64_t kClicks = 150;

Click click_of(std::int64_t n) {
  Click click = contract::make_click(kNoonMs + n, LinkId{n % 97 + 1}, ArticleId{n % 13});
  click.referrer = "site.example/" + std::to_string(n % 41);
  return click;
}

struct Fault {
  Call call;
  int error;
};

std::ostream& operator<<(std::ostream& out, const Fault& fault) {
  constexpr std::array kNames{"Open", "Write", "Sync", "Truncate", "Delete"};
  return out << kNames.at(static_cast<std::size_t>(fault.call)) << fault.error;
}

/// Fails the nth call of a kind.
class FailingOnce final : public VfsWatcher {
 public:
  FailingOnce(Fault fault, int nth) : fault_(fault), left_(nth) {}
  int fail(Call call) override {
    if (call != fault_.call || --left_ != 0) return SQLITE_OK;
    has_failed_ = true;
    return fault_.error;
  }
  bool has_failed() const { return has_failed_; }

 private:
  Fault fault_;
  int left_;
  bool has_failed_ = false;
};

void expect_all_stored(const store::Store& store) {
  const auto stored = store.list_clicks({.after = ClickId{0}, .net_only = false, .limit = 10'000});
  ASSERT_EQ(stored.size(), static_cast<std::size_t>(kClicks));
  for (std::int64_t n = 0; n < kClicks; ++n)
    ASSERT_EQ(stored[static_cast<std::size_t>(n)], click_of(n));
  std::int64_t counted = 0;
  for (const auto& each :
       store.clicks_by_day(contract::day("2026-01-01"), contract::day("2026-01-02"), {}))
    for (const std::int64_t clicks : each.by_verdict) counted += clicks;
  ASSERT_EQ(counted, kClicks);
}

class StoreFault : public testing::TestWithParam<Fault> {
 protected:
  StoreFault() {
    journal::Journal journal({.directory = folder_.path / "journal",
                              .durability = journal::Durability::Process,
                              .segment_bytes = 4 * 32'768});
    for (std::int64_t n = 0; n < kClicks; ++n)
      journal.append(click_of(n), [](journal::AppendOutcome) {});
  }

  /// Opens and absorbs until both went well, as a daemon does that tries again; false when it never
  /// does.
  bool absorb_stubbornly(const std::filesystem::path& folder) {
    std::unique_ptr<store::Store> store;
    for (int attempt = 1; attempt < 6; ++attempt) try {
        if (!store) store = sqlite::open_store({.path = folder / "candor.db"});
        Absorber absorber(folder / "journal", *store, zone_);
        absorber.absorb_all(50);
        if (!absorber.settle()) continue;
        expect_all_stored(*store);
        return true;
      } catch (const store::Broken&) {
      }
    return false;
  }

  TemporaryDirectory folder_;
  const rollup::SiteZone zone_ = contract::berlin();
};

TEST_P(StoreFault, AtAnyPlaceLosesNothingAndHealsByItself) {
  int failed = 0;
  for (int nth = 1;; ++nth) {
    TemporaryDirectory folder;
    std::filesystem::copy(folder_.path / "journal", folder.path / "journal");
    FailingOnce watcher(GetParam(), nth);
    {
      const WatchedVfs vfs(watcher);
      ASSERT_TRUE(absorb_stubbornly(folder.path)) << "call " << nth;
    }
    ASSERT_NO_FATAL_FAILURE(
        expect_all_stored(*sqlite::open_store({.path = folder.path / "candor.db"})))
        << "call " << nth;
    if (!watcher.has_failed()) break;
    ++failed;
    ASSERT_LT(nth, 2000);
  }
  EXPECT_GT(failed, 0);
  std::cout << "calls failed one by one: " << failed << "\n";
}

constexpr std::array kFaults{
    Fault{Call::Open, SQLITE_CANTOPEN},  Fault{Call::Write, SQLITE_FULL},
    Fault{Call::Write, SQLITE_IOERR},    Fault{Call::Sync, SQLITE_IOERR},
    Fault{Call::Truncate, SQLITE_IOERR}, Fault{Call::Delete, SQLITE_IOERR}};
INSTANTIATE_TEST_SUITE_P(Disk, StoreFault, testing::ValuesIn(kFaults),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace candor::absorb
