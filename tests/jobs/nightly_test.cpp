#include "jobs/nightly.h"

#include <gmock/gmock.h>

#include <iterator>

#include "jobs/drop_folder.h"
#include "support/awin_report.h"
#include "support/site_house.h"

namespace candor::jobs {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class NightlyTest : public testing::Test {
 protected:
  NightlyResult run() { return run_nightly(house_.nightly); }
  const StepResult& step(const NightlyResult& result, std::string_view name) const {
    return *std::ranges::find(result.steps, name, &StepResult::step);
  }
  static std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::vector<std::string> files_in(const std::string& folder) const {
    std::vector<std::string> names;
    const fs::path directory = house_.nightly.drop_directory / folder;
    if (fs::exists(directory))
      for (const auto& entry : fs::directory_iterator(directory))
        if (entry.is_regular_file()) names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
  }

  SiteHouse house_;
};

TEST_F(NightlyTest, DroppedReportBecomesRevenueOfTheLastClosedDays) {
  const ArticleId article = house_.add_article("/kettles/");
  const Click click = house_.add_click(house_.add_link("kettle").id, article, 60 * 48);
  house_.drop("awin.csv", awin_report({{"1", "approved", "3.14", house_.token(click)}}));
  const NightlyResult result = run();
  EXPECT_FALSE(result.failed());
  EXPECT_FALSE(result.needs_attention());
  EXPECT_EQ(result.watermark, "2026-11-17");
  const fs::path report = house_.nightly.report_directory / "articles-2026-11-17.csv";
  EXPECT_THAT(read(report), HasSubstr("/kettles/"));
  EXPECT_THAT(read(report), HasSubstr("3.14"));
  EXPECT_EQ(house_.store->last_done("nightly", "report").value().watermark, "2026-11-17");
}

TEST_F(NightlyTest, SecondRunGivesTheSameReport) {
  house_.add_click(house_.add_link("kettle").id, house_.add_article("/kettles/"), 60 * 48);
  const std::string report = awin_report({{"1", "approved", "3.14", ""}});
  house_.drop("awin.csv", report);
  const fs::path file = house_.nightly.report_directory / ("articles-" + run().watermark + ".json");
  const std::string first = read(file);
  house_.drop("awin-again.csv", report);
  EXPECT_THAT(step(run(), "import").message, HasSubstr("imported before"));
  EXPECT_EQ(read(file), first);
  EXPECT_THAT(first, HasSubstr("3140000"));
}

TEST_F(NightlyTest, RefusedFileGoesToFailedAndTheOthersGoOn) {
  house_.drop("a-shopping-list.csv", "milk,eggs\n1,2\n");
  house_.drop("b.csv", awin_report({{"1", "approved", "3.14", ""}}));
  house_.drop(".hidden", "half a file");
  const NightlyResult result = run();
  EXPECT_FALSE(result.failed());
  EXPECT_TRUE(step(result, "import").attention);
  EXPECT_THAT(step(result, "import").message, HasSubstr("a-shopping-list.csv: refused"));
  EXPECT_THAT(files_in("failed"), testing::ElementsAre("a-shopping-list.csv"));
  EXPECT_THAT(files_in("done"), testing::ElementsAre("b.csv"));
  EXPECT_THAT(files_in(""), testing::ElementsAre(".hidden"));
}

TEST_F(NightlyTest, FileThatCannotBeMovedKeepsNoOtherOut) {
  house_.drop("a.csv", "milk,eggs\n1,2\n");
  house_.drop("failed", "not a folder");
  house_.drop("z.csv", awin_report({{"1", "approved", "3.14", ""}}));
  const NightlyResult result = run();
  EXPECT_TRUE(step(result, "import").failed);
  EXPECT_THAT(step(result, "import").message, HasSubstr("a.csv: "));
  EXPECT_THAT(files_in("done"), testing::ElementsAre("z.csv"));
  EXPECT_EQ(house_.store->list_imports(10).size(), 1u);
  EXPECT_FALSE(step(result, "report").failed);
}

TEST_F(NightlyTest, FilesOfOneNameAreAllKept) {
  for (const char* commission : {"1.00", "2.00", "3.00"}) {
    house_.drop("awin.csv", awin_report({{"1", "approved", commission, ""}}));
    ASSERT_FALSE(run().failed());
  }
  EXPECT_THAT(files_in("done"), testing::ElementsAre("awin-2.csv", "awin-3.csv", "awin.csv"));
  const auto done = house_.nightly.drop_directory / "done";
  EXPECT_THAT(read(done / "awin.csv"), HasSubstr(",1.00,"));
  EXPECT_THAT(read(done / "awin-3.csv"), HasSubstr(",3.00,"));
}

TEST_F(NightlyTest, StopLeavesTheRestToTheNextRun) {
  house_.drop("awin.csv", awin_report({{"1", "approved", "1.00", ""}}));
  house_.absorb = [this]() -> std::uint64_t {
    house_.store->stop_jobs();
    return 0;
  };
  const NightlyResult result = run();
  EXPECT_TRUE(result.failed());
  ASSERT_EQ(result.steps.size(), 4u);
  EXPECT_FALSE(result.steps[0].failed);
  for (std::size_t i = 1; i < 4; ++i) EXPECT_THAT(result.steps[i].message, HasSubstr("not begun"));
  EXPECT_THAT(files_in(""), testing::ElementsAre("awin.csv"));
  EXPECT_EQ(house_.store->list_jobs(10).size(), 1u);
}

TEST_F(NightlyTest, FailedStepIsNotedAndTheLaterOnesRun) {
  house_.absorb = []() -> std::uint64_t { throw std::runtime_error("the journal is gone"); };
  const NightlyResult result = run();
  EXPECT_TRUE(result.failed());
  ASSERT_EQ(result.steps.size(), 4u);
  EXPECT_TRUE(result.steps[0].failed);
  EXPECT_EQ(result.steps[0].message, "the journal is gone");
  for (std::size_t i = 1; i < 4; ++i) EXPECT_FALSE(result.steps[i].failed) << i;
  EXPECT_TRUE(fs::exists(house_.nightly.report_directory / "articles-2026-11-17.json"));
  const auto jobs = house_.store->list_jobs(10);
  ASSERT_EQ(jobs.size(), 4u);
  EXPECT_EQ(jobs[3].step, "absorb");
  EXPECT_EQ(jobs[3].state, "failed");
  EXPECT_EQ(jobs[0].state, "done");
  EXPECT_FALSE(house_.store->last_done("nightly", "absorb"));
}

TEST_F(NightlyTest, FileThatGrewBetweenTwoLooksIsLeftToTheNextRun) {
  const std::string report = awin_report({{"1", "approved", "3.14", ""}});
  house_.drop("awin.csv", report.substr(0, report.size() / 2));
  house_.drop("whole.csv", awin_report({{"2", "approved", "1.00", ""}}));
  house_.nightly.let_settle = [&] {
    house_.drop("awin.csv", report);
    house_.drop("late.csv", report);
  };
  const NightlyResult result = run();
  EXPECT_FALSE(result.failed());
  EXPECT_FALSE(result.needs_attention());
  EXPECT_THAT(step(result, "import").message, HasSubstr("awin.csv: still being written"));
  EXPECT_THAT(files_in(""), testing::ElementsAre("awin.csv", "late.csv"));
  EXPECT_THAT(files_in("done"), testing::ElementsAre("whole.csv"));
  house_.nightly.let_settle = nullptr;
  EXPECT_THAT(step(run(), "import").message, HasSubstr("awin.csv: 1 new"));
}

TEST_F(NightlyTest, DownloadsThatAreNotDoneAreNotLookedAt) {
  house_.drop("awin.csv.part", "half a file");
  house_.drop("Awin.CSV.crdownload", "half a file");
  EXPECT_EQ(step(run(), "import").message, "no files in the drop folder");
}

TEST_F(NightlyTest, FileLargerThanAnyReportIsRefusedUnread) {
  house_.drop("huge.csv", "");
  fs::resize_file(house_.nightly.drop_directory / "huge.csv", kMostReportBytes + 1);
  const NightlyResult result = run();
  EXPECT_TRUE(step(result, "import").attention);
  EXPECT_THAT(step(result, "import").message, HasSubstr("huge.csv: refused: 256 MB are more"));
  EXPECT_THAT(files_in("failed"), testing::ElementsAre("huge.csv"));
}

TEST_F(NightlyTest, MissedNightsGetTheirReports) {
  run();
  house_.clock.advance(std::chrono::hours(24 * 4));
  EXPECT_THAT(step(run(), "report").message, HasSubstr("3 missed nights caught up"));
  for (const char* day : {"17", "18", "19", "20", "21"})
    EXPECT_TRUE(fs::exists(house_.nightly.report_directory /
                           (std::string("articles-2026-11-") + day + ".json")))
        << day;
  house_.clock.advance(std::chrono::hours(24 * 400));
  EXPECT_THAT(step(run(), "report").message, HasSubstr("30 missed nights caught up"));
}

TEST_F(NightlyTest, RunOfAProcessThatIsGoneIsInterruptedNotRunning) {
  house_.store->start_job("nightly", "import", 1);
  run();
  const auto jobs = house_.store->list_jobs(10);
  EXPECT_EQ(jobs.back().state, "interrupted");
  EXPECT_FALSE(jobs.back().finished_at_ms);
  EXPECT_THAT(jobs.back().message, HasSubstr("process ended"));
  EXPECT_EQ(house_.store->interrupt_jobs(), 0u);
}

TEST_F(NightlyTest, BackupIsAWholeDatabaseForItsOwnerAndTheOldestGo) {
  house_.nightly.backup_directory = house_.folder.path / "backups";
  house_.nightly.database = house_.folder.path / "candor.db";
  house_.nightly.backups_kept = 2;
  house_.add_link("kettle");
  for (int night = 0; night < 3; ++night) {
    const NightlyResult result = run();
    ASSERT_FALSE(step(result, "backup").failed) << step(result, "backup").message;
    house_.clock.advance(std::chrono::hours(24));
  }
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(house_.nightly.backup_directory))
    names.push_back(entry.path().filename().string());
  EXPECT_THAT(names, testing::UnorderedElementsAre("candor-2026-11-18.db", "candor-2026-11-19.db"));
  const fs::path copy = house_.nightly.backup_directory / "candor-2026-11-19.db";
  EXPECT_EQ(fs::status(copy).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(fs::status(house_.nightly.backup_directory).permissions(), fs::perms::owner_all);
  EXPECT_TRUE(sqlite::open_store({.path = copy})->find_link("kettle"));
}

TEST_F(NightlyTest, EachStepTellsHowLongItTook) {
  house_.absorb = [this]() -> std::uint64_t {
    house_.clock.advance(std::chrono::milliseconds(1500));
    return 0;
  };
  EXPECT_EQ(step(run(), "absorb").took_ms, 1500);
}

}  // namespace
}  // namespace candor::jobs
