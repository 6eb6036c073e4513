// A power cut at any moment, as the worst disk would take it: what was not synced is lost, torn or
// out of order, in the journal and in the database. What was reported recorded is counted once.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <condition_variable>
#include <iostream>
#include <set>

#include "absorb/absorber.h"
#include "absorb/disk_trace.h"
#include "absorb/watched_vfs.h"
#include "contract/store_contract.h"
#include "journal/journal.h"
#include "sqlite/store.h"

namespace candor::absorb {
namespace {

using contract::TemporaryDirectory;
using journal::Durability;

constexpr std::int64_t kNoonMs = 1'767'265'200'000;
constexpr std::int64_t kClicks = 4'500;
constexpr std::int64_t kFresh = 25;
constexpr std::size_t kCuts = 220;

Click click_of(std::int64_t n) {
  Click click = contract::make_click(kNoonMs + n, LinkId{n % 97 + 1}, ArticleId{n % 13});
  click.referrer = "site.example/" + std::to_string(n % 41);
  click.user_agent = "Mozilla/5.0 (X11; Linux x86_64) Reader/" + std::to_string(n % 60);
  return click;
}

/// The machine's disk, with what is asked of it written down (when there is a trace), and without
/// the waiting for it.
class TracedDisk final : public journal::Disk {
 public:
  explicit TracedDisk(DiskTrace* trace) : trace_(trace) {}

  std::unique_ptr<journal::File> create(const std::filesystem::path& path) override {
    auto file = journal::real_disk().create(path);
    return std::make_unique<TracedFile>(std::move(file), trace_,
                                        trace_ ? trace_->created(path) : 0);
  }
  std::unique_ptr<journal::File> open(const std::filesystem::path& path) override {
    auto file = journal::real_disk().open(path);
    return std::make_unique<TracedFile>(std::move(file), trace_, trace_ ? trace_->opened(path) : 0);
  }
  void sync_directory(const std::filesystem::path& directory) override {
    if (trace_) trace_->names_synced(directory);
  }

 private:
  class TracedFile final : public journal::File {
   public:
    TracedFile(std::unique_ptr<journal::File> file, DiskTrace* trace, DiskTrace::FileId id)
        : file_(std::move(file)), trace_(trace), id_(id) {}
    void write_at(std::uint64_t offset, std::string_view bytes) override {
      file_->write_at(offset, bytes);
      if (trace_) trace_->wrote(id_, offset, bytes);
    }
    void sync() override {
      if (trace_) trace_->synced(id_);
    }
    void truncate(std::uint64_t size) override {
      file_->truncate(size);
      if (trace_) trace_->truncated(id_, size);
    }

   private:
    std::unique_ptr<journal::File> file_;
    DiskTrace* trace_;
    DiskTrace::FileId id_;
  };

  DiskTrace* trace_;
};

class TracingWatcher final : public VfsWatcher {
 public:
  explicit TracingWatcher(DiskTrace* trace) : trace_(trace) {}
  std::size_t opened(const char* path) override { return trace_ ? trace_->opened(path) : 0; }
  void wrote(std::size_t file, std::uint64_t offset, std::string_view bytes) override {
    if (trace_) trace_->wrote(file, offset, bytes);
  }
  void truncated(std::size_t file, std::uint64_t size) override {
    if (trace_) trace_->truncated(file, size);
  }
  void synced(std::size_t file) override {
    if (trace_) trace_->synced(file);
  }
  void names_synced(const char* path) override {
    if (trace_) trace_->names_synced(std::filesystem::path(path).parent_path());
  }

 private:
  DiskTrace* trace_;
};

/// A site's journal and store, and what moves clicks from one to the other.
class Site {
 public:
  Site(const std::filesystem::path& folder, Durability durability, DiskTrace* trace)
      : trace_(trace), disk_(trace) {
    journal_ = std::make_unique<journal::Journal>(
        journal::Options{
            .directory = folder / "journal", .durability = durability, .segment_bytes = 4 * 32'768},
        disk_);
    store_ = sqlite::open_store({.path = folder / "candor.db"});
    absorber_ = std::make_unique<Absorber>(folder / "journal", *store_, zone_);
  }

  /// Appends clicks [from, to) as one group, or nearly, and waits for them. How many were recorded.
  std::int64_t append(std::int64_t from, std::int64_t to) {
    std::mutex mutex;
    std::condition_variable changed;
    std::int64_t settled = 0;
    std::int64_t recorded = 0;
    for (std::int64_t n = from; n < to; ++n)
      journal_->append(click_of(n), [&, n](journal::AppendOutcome outcome) {
        if (outcome == journal::AppendOutcome::Recorded && trace_)
          trace_->mark(static_cast<std::uint64_t>(n));
        std::scoped_lock lock(mutex);
        recorded += outcome == journal::AppendOutcome::Recorded ? 1 : 0;
        ++settled;
        changed.notify_one();
      });
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return settled == to - from; });
    return recorded;
  }

  void absorb() { absorber_->absorb_all(500, journal_->written()); }

  std::vector<Click> stored() const {
    return store_->list_clicks({.after = ClickId{0}, .net_only = false, .limit = 1'000'000});
  }
  std::size_t counted() const {
    std::int64_t sum = 0;
    for (const auto& each :
         store_->clicks_by_day(contract::day("2026-01-01"), contract::day("2026-01-02"), {}))
      for (const std::int64_t clicks : each.by_verdict) sum += clicks;
    return static_cast<std::size_t>(sum);
  }

 private:
  DiskTrace* trace_;
  TracedDisk disk_;
  const rollup::SiteZone zone_ = contract::berlin();
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<journal::Journal> journal_;
  std::unique_ptr<Absorber> absorber_;
};

/// A day of a site in small: groups of all sizes, absorbed now and then, and one restart.
std::vector<DiskTrace::Event> record_run(Durability durability) {
  TemporaryDirectory folder;
  DiskTrace trace(folder.path);
  TracingWatcher watcher(&trace);
  const WatchedVfs vfs(watcher);
  std::mt19937_64 random(1);
  auto site = std::make_unique<Site>(folder.path, durability, &trace);
  bool restarted = false;
  for (std::int64_t n = 0; n < kClicks;) {
    const std::int64_t group = std::uniform_int_distribution<std::int64_t>(1, 64)(random);
    const std::int64_t to = std::min(n + group, kClicks);
    EXPECT_EQ(site->append(n, to), to - n);
    n = to;
    if (random() % 6 == 0) site->absorb();
    if (!restarted && n > kClicks / 2) {
      site.reset();
      site = std::make_unique<Site>(folder.path, durability, &trace);
      restarted = true;
    }
  }
  site.reset();
  return trace.take();
}

void expect_sound(const std::filesystem::path& database) {
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(database.c_str(), &handle), SQLITE_OK);
  std::string answer;
  sqlite3_exec(
      handle, "PRAGMA integrity_check",
      [](void* out, int, char** values, char**) {
        *static_cast<std::string*>(out) += values[0];
        return 0;
      },
      &answer, nullptr);
  sqlite3_close(handle);
  EXPECT_EQ(answer, "ok");
}

/// Opens what a cut left, as the next start would, and goes on. How many of the `answered` clicks
/// are not stored.
std::size_t lost_after(const std::filesystem::path& folder, Durability durability,
                       const std::set<std::int64_t>& answered) {
  std::size_t lost = 0;
  {
    Site site(folder, durability, nullptr);
    site.absorb();
    const std::vector<Click> stored = site.stored();
    EXPECT_EQ(site.counted(), stored.size());
    std::set<std::int64_t> there;
    for (const Click& click : stored) {
      const std::int64_t n = at_ms(click.id) - kNoonMs;
      const bool is_answered = answered.contains(n);
      EXPECT_TRUE(there.insert(n).second) << "stored twice: " << n;
      EXPECT_TRUE(n >= 0 && n < kClicks) << "never appended: " << n;
      if (is_answered && durability == Durability::Power) {
        EXPECT_EQ(click, click_of(n));
      }
    }
    for (const std::int64_t n : answered) lost += there.contains(n) ? 0 : 1;

    EXPECT_EQ(site.append(kClicks, kClicks + kFresh), kFresh);
    site.absorb();
    EXPECT_EQ(site.stored().size(), stored.size() + kFresh) << "life does not go on";
    EXPECT_EQ(site.counted(), stored.size() + kFresh);
  }
  expect_sound(folder / "candor.db");
  return lost;
}

struct Figures {
  std::size_t cuts = 0;
  std::size_t answered = 0;  ///< sum over the cuts
  std::size_t lost = 0;
  std::size_t most_lost = 0;
};

Figures cut_everywhere(Durability durability, std::size_t cuts) {
  const std::vector<DiskTrace::Event> events = record_run(durability);
  TracingWatcher nobody(nullptr);
  const WatchedVfs vfs(nobody);
  Figures figures;
  DiskState disk;
  std::set<std::int64_t> answered;
  for (std::size_t n = 0; n < events.size(); ++n) {
    disk.apply(events[n]);
    if (events[n].kind == DiskTrace::Kind::Mark)
      answered.insert(static_cast<std::int64_t>(events[n].offset));
    if ((n + 1) * cuts / events.size() == n * cuts / events.size()) continue;

    TemporaryDirectory folder;
    std::mt19937_64 random(figures.cuts);
    const auto loss = static_cast<Loss>(figures.cuts % 4);
    disk.save(folder.path, loss, random);
    const std::size_t lost = lost_after(folder.path, durability, answered);
    if (testing::Test::HasFailure()) {
      std::cout << "cut behind event " << n << " of " << events.size() << ", kind of loss "
                << static_cast<int>(loss) << "\n";
      return figures;
    }
    ++figures.cuts;
    figures.answered += answered.size();
    figures.lost += lost;
    figures.most_lost = std::max(figures.most_lost, lost);
  }
  EXPECT_EQ(answered.size(), static_cast<std::size_t>(kClicks));
  return figures;
}

void print(const char* durability, const Figures& figures) {
  std::cout << durability << ": " << figures.cuts << " power cuts, " << figures.answered
            << " clicks answered before them, " << figures.lost << " lost, at most "
            << figures.most_lost << " by one cut\n";
}

TEST(PowerCut, LosesNoAnsweredClickInModePower) {
  const Figures figures = cut_everywhere(Durability::Power, kCuts);
  print("power", figures);
  EXPECT_GE(figures.cuts, 200u);
  EXPECT_EQ(figures.lost, 0u);
}

TEST(PowerCut, LosesOnlyClicksInModeProcess) {
  const Figures figures = cut_everywhere(Durability::Process, kCuts / 2);
  print("process", figures);
  EXPECT_GT(figures.lost, 0u) << "the simulated cuts take nothing";
}

}  // namespace
}  // namespace candor::absorb
