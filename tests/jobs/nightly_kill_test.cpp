// The nightly run, killed at every commit to its database, before and after it, and then run again:
// what is left must be what a run that nobody killed leaves.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>

#include "contract/store_contract.h"
#include "jobs/nightly.h"
#include "pages/page_processor.h"
#include "sqlite/store.h"
#include "support/awin_report.h"
#include "support/fake_clock.h"
#include "support/fake_random.h"
#include "support/sendmail_script.h"

namespace candor::jobs {
namespace {

namespace fs = std::filesystem;

constexpr int kKilled = 137;

/// What a process opens each night, over the same folder.
struct Night {
  explicit Night(const fs::path& folder)
      : store(sqlite::open_store({.path = folder / "candor.db"})),
        nightly{*store,
                clock,
                zone,
                keys,
                hosts,
                folder / "drop",
                folder / "reports",
                {{"awin", find_currency("GBP").value()}},
                28,
                false,
                [this] { return absorb(); }} {
    nightly.random = &random;
    nightly.backup_directory = folder / "backups";
    nightly.database = folder / "candor.db";
    nightly.bots = []() -> const BotFilter& {
      static const BotFilter kBots;
      return kBots;
    };
    nightly.pages = &pages;
    nightly.page_root = folder / "public";
    nightly.link_checks.probe = [](std::string_view, const std::string&) {
      return ProbeAnswer{.status = 404};
    };
    nightly.mail.from = "candor@site.example";
    nightly.mail.to = {"owner@site.example"};
    nightly.mail.daily = true;
    nightly.mail.delivery.sendmail = folder / "post" / "sendmail";
  }

  /// As the journal is brought in: clicks and position in one transaction.
  std::uint64_t absorb() {
    if (store->absorbed() == journal::Position{1, 1}) return 0;
    const Click click = contract::make_click(to_ms(clock.now()) - 48 * 3'600'000LL, LinkId{1},
                                             ArticleId{1}, Verdict::Human, 1);
    store->absorb({click}, zone, {1, 1});
    return 1;
  }

  FakeClock clock;
  FakeRandom random;
  rollup::SiteZone zone = rollup::SiteZone::find("UTC").value();
  std::vector<ClickTokenKey> keys{{'k', {9, 8, 7, 6, 5, 4, 3, 2, 1}}};
  std::vector<std::string> hosts{"site.example"};
  std::unique_ptr<store::Store> store;
  pages::SiteSettings settings{.name = "Test site",
                               .url = "https://site.example",
                               .hosts = {"site.example"},
                               .go_url = "https://site.example/go/",
                               .jurisdictions = {"US"},
                               .language = {},
                               .content_selector = {}};
  pages::PageProcessor pages{*store, clock, settings};
  NightlySite nightly;
};

void write(const fs::path& file, std::string_view content) {
  std::ofstream(file, std::ios::binary) << content;
}

void prepare(const fs::path& folder) {
  fs::create_directories(folder / "drop");
  write(folder / "drop" / "a.csv",
        awin_report({{"1", "approved", "3.14", ""}, {"2", "pending", "2.72", "label-1"}}));
  write(folder / "drop" / "b.csv", awin_report({{"2", "approved", "2.72", "label-1"}}));
  write(folder / "drop" / "c.csv", "milk,eggs\n1,2\n");
  fs::create_directories(folder / "public");
  write(folder / "public" / "pans.html",
        "<!doctype html><html lang=en><title>Pans</title><main><h1>Pans</h1><p>A text. <a "
        "href=\"https://www.awin1.com/cread.php?awinmid=9&awinaffid=2\">Buy</a></p></main></html>");
  const SendmailScript sendmail(folder / "post");
  const Night night(folder);
  Link shop;
  shop.slug = "shop";
  shop.destination = "https://shop.example/";
  night.store->add_link(shop);
  Link link;
  link.slug = "kettle";
  link.destination = "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&p=kettle";
  link.network = "awin";
  night.store->add_link(link);
  store::ArticleScan scan;
  scan.article.path = "/kettles/";
  scan.article.origin = "inject";
  scan.article.findings_json = "[]";
  night.store->record_scans({scan});
  night.store->set_label_rules({{"awin", "sub-id", "label-1", ArticleId{1}}});
}

// Of the child that is to die: SQLite tells of each statement as it begins and ends.
int commits_left = 0;

int count_commits(unsigned event, void*, void* prepared, void* text) {
  const char* sql = event == SQLITE_TRACE_STMT ? static_cast<const char*>(text)
                                               : sqlite3_sql(static_cast<sqlite3_stmt*>(prepared));
  if (sql != nullptr && std::string_view(sql).starts_with("COMMIT") && --commits_left < 0)
    ::_exit(kKilled);
  return 0;
}

int watch(sqlite3* database, char**, const sqlite3_api_routines*) {
  return sqlite3_trace_v2(database, SQLITE_TRACE_STMT | SQLITE_TRACE_PROFILE, count_commits,
                          nullptr);
}

/// Runs a night in a process of its own that dies at the n-th moment; false when it got through.
bool killed_at(const fs::path& folder, int moment) {
  const pid_t child = ::fork();
  if (child == 0) {
    commits_left = moment;
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(watch));
    int code = 1;
    try {
      Night night(folder);
      code = run_nightly(night.nightly).failed() ? 1 : 0;
    } catch (...) {
      code = 2;
    }
    ::_exit(code);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == kKilled))
      << "moment " << moment << ": " << status;
  return WIFEXITED(status) && WEXITSTATUS(status) == kKilled;
}

/// Every row of every table but the diary of runs, and every file but backups, whose bytes differ
/// with the diary.
std::map<std::string, std::string> state_of(const fs::path& folder) {
  std::map<std::string, std::string> state;
  SQLite::Database database((folder / "candor.db").string(), SQLite::OPEN_READONLY);
  SQLite::Statement tables(database,
                           "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  while (tables.executeStep()) {
    const std::string name = tables.getColumn(0).getString();
    if (name == "job_runs") continue;
    SQLite::Statement rows(database, "SELECT * FROM \"" + name + "\" ORDER BY 1, 2");
    std::string& text = state[name];
    while (rows.executeStep()) {
      for (int i = 0; i < rows.getColumnCount(); ++i) text += rows.getColumn(i).getString() + "|";
      text += "\n";
    }
  }
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().parent_path() == folder) continue;
    // A mail that was taken before that was noted goes out again, as the same mail.
    if (entry.path().filename() == "log") continue;
    const bool backup = entry.path().parent_path().filename() == "backups";
    std::ifstream in(entry.path(), std::ios::binary);
    std::string& content = state[fs::relative(entry.path(), folder).string()];
    if (!backup) content.assign(std::istreambuf_iterator<char>(in), {});
  }
  return state;
}

void run_whole(const fs::path& folder) {
  Night night(folder);
  const NightlyResult result = run_nightly(night.nightly);
  for (const StepResult& step : result.steps)
    EXPECT_FALSE(step.failed) << step.step << ": " << step.message;
  for (const auto& run : night.store->list_jobs(100)) EXPECT_NE(run.state, "running");
}

/// Folders in memory where there is some: a process dies here, not the machine, so nothing needs a
/// disk's time.
class FoldersInMemory : public testing::Test {
 protected:
  FoldersInMemory() {
    if (const char* set = std::getenv("TMPDIR")) was_ = set;
    if (fs::is_directory("/dev/shm")) ::setenv("TMPDIR", "/dev/shm", 1);
  }
  ~FoldersInMemory() override {
    if (was_)
      ::setenv("TMPDIR", was_->c_str(), 1);
    else
      ::unsetenv("TMPDIR");
  }

 private:
  std::optional<std::string> was_;
};
using NightlyKillTest = FoldersInMemory;

TEST_F(NightlyKillTest, KilledAtAnyCommitTheNextRunLeavesWhatAnUnkilledOneLeaves) {
  const contract::TemporaryDirectory whole;
  prepare(whole.path);
  run_whole(whole.path);
  const auto expected = state_of(whole.path);
  ASSERT_TRUE(expected.contains("drop/done/a.csv"));
  ASSERT_TRUE(expected.contains("drop/failed/c.csv"));
  ASSERT_TRUE(expected.contains("backups/candor-2026-11-17.db"));
  ASSERT_TRUE(expected.contains("post/sent/digest.daily.2026-11-17.site.example@site.example"));
  ASSERT_NE(expected.at("link_checks").find("dead"), std::string::npos);
  ASSERT_NE(expected.at("articles").find("/pans.html"), std::string::npos);
  int moment = 0;
  for (bool killed = true; killed; ++moment) {
    const contract::TemporaryDirectory folder;
    prepare(folder.path);
    killed = killed_at(folder.path, moment);
    run_whole(folder.path);
    EXPECT_EQ(state_of(folder.path), expected) << "killed at moment " << moment;
    ASSERT_LT(moment, 1000);
  }
  EXPECT_GT(moment, 20) << "the run was not killed where it commits";
}

}  // namespace
}  // namespace candor::jobs
