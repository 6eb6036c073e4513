#include "redirect/salt_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <system_error>

#include "journal/journal_testing.h"

namespace candor::redirect {
namespace {

using namespace std::chrono_literals;
using journal::load_file;
using journal::save_file;
using journal::TemporaryDirectory;

class CountingRandom final : public Random {
 public:
  void fill(std::span<std::byte> out) override {
    ++calls;
    std::ranges::fill(out, static_cast<std::byte>(calls));
  }
  int calls = 0;
};

class SaltFiles : public testing::Test {
 protected:
  std::filesystem::path salts() const { return directory_.path() / "salts"; }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(salts()))
      all.push_back(entry.path().filename().string());
    std::ranges::sort(all);
    return all;
  }
  Millis midnight(const char* day) const {
    return from_ms(zone_.start_of(rollup::parse_day(day).value()));
  }

  TemporaryDirectory directory_;
  rollup::SiteZone zone_ = rollup::SiteZone::find("Europe/Berlin").value();
  CountingRandom random_;
};

unsigned mode_of(const std::filesystem::path& path) {
  struct stat status{};
  EXPECT_EQ(::stat(path.c_str(), &status), 0);
  return status.st_mode & 0777;
}

TEST_F(SaltFiles, SaltChangesAtTheSitesMidnight) {
  FileSaltKeeper keeper(salts(), zone_, random_);
  const auto midnight_ = midnight("2026-11-24");
  const VisitorSalt evening = keeper.salt_at(midnight_ - 1ms);
  EXPECT_EQ(keeper.salt_at(midnight_ - 5h), evening);
  EXPECT_NE(keeper.salt_at(midnight_), evening);
  EXPECT_EQ(names(), (std::vector<std::string>{"2026-11-23.salt", "2026-11-24.salt"}));
}

TEST_F(SaltFiles, RestartKeepsTheDaysSalt) {
  const auto noon = midnight("2026-11-24") + 12h;
  const VisitorSalt before = FileSaltKeeper(salts(), zone_, random_).salt_at(noon);
  EXPECT_EQ(FileSaltKeeper(salts(), zone_, random_).salt_at(noon + 1h), before);
  EXPECT_EQ(random_.calls, 1);
}

TEST_F(SaltFiles, OnlyTheOwnerMayLook) {
  FileSaltKeeper keeper(salts(), zone_, random_);
  keeper.salt_at(midnight("2026-11-24"));
  EXPECT_EQ(mode_of(salts()), 0700u);
  EXPECT_EQ(mode_of(salts() / "2026-11-24.salt"), 0600u);
}

TEST_F(SaltFiles, SaltIsGoneAfter48Hours) {
  FileSaltKeeper keeper(salts(), zone_, random_);
  keeper.salt_at(midnight("2026-11-24"));
  keeper.salt_at(midnight("2026-11-26") - 1ms);
  EXPECT_TRUE(std::filesystem::exists(salts() / "2026-11-24.salt"));
  keeper.salt_at(midnight("2026-11-26"));
  EXPECT_EQ(names(), (std::vector<std::string>{"2026-11-25.salt", "2026-11-26.salt"}));
}

TEST_F(SaltFiles, SaltIsGoneAfter48HoursAlsoWhenClocksGoBack) {
  FileSaltKeeper keeper(salts(), zone_, random_);
  const auto created = midnight("2026-10-24");  // the 25th has 25 hours
  keeper.salt_at(created);
  keeper.salt_at(created + 47h);
  EXPECT_EQ(names(), (std::vector<std::string>{"2026-10-24.salt", "2026-10-25.salt"}));
  const VisitorSalt sunday = keeper.salt_at(created + 48h);
  EXPECT_EQ(names(), std::vector<std::string>{"2026-10-25.salt"});
  EXPECT_EQ(keeper.salt_at(created + 48h + 59min), sunday);
}

TEST_F(SaltFiles, SaltIsGoneAfterTwoDaysAlsoWhenClocksGoForward) {
  FileSaltKeeper keeper(salts(), zone_, random_);
  const auto created = midnight("2026-03-28");  // the 29th has 23 hours
  keeper.salt_at(created);
  keeper.salt_at(midnight("2026-03-30"));
  EXPECT_FALSE(std::filesystem::exists(salts() / "2026-03-28.salt"));
}

TEST_F(SaltFiles, OtherFilesAreLeftAlone) {
  FileSaltKeeper keeper(salts(), zone_, random_);
  save_file(salts() / "README", "salts");
  keeper.salt_at(midnight("2026-11-24"));
  EXPECT_EQ(load_file(salts() / "README"), "salts");
}

TEST_F(SaltFiles, ShortFileIsReplaced) {
  FileSaltKeeper keeper(salts(), zone_, random_);
  save_file(salts() / "2026-11-24.salt", "short");
  keeper.salt_at(midnight("2026-11-24"));
  EXPECT_EQ(load_file(salts() / "2026-11-24.salt"), std::string(32, '\1'));
}

TEST_F(SaltFiles, DiskThatRefusesNeverStopsReadersAndIsToldOnce) {
  std::vector<std::string> told;
  FileSaltKeeper keeper(salts(), zone_, random_,
                        [&](const std::string& problem) { told.push_back(problem); });
  // A directory can be opened and not read, for root as well.
  std::filesystem::create_directory(salts() / "2026-11-24.salt");
  std::filesystem::create_directory(salts() / "2026-11-25.salt");
  const VisitorSalt tuesday = keeper.salt_at(midnight("2026-11-24"));
  EXPECT_NE(tuesday, VisitorSalt{});
  EXPECT_EQ(keeper.salt_at(midnight("2026-11-24") + 5h), tuesday);
  EXPECT_NE(keeper.salt_at(midnight("2026-11-25")), tuesday);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_NE(told.front().find("cannot read"), std::string::npos) << told.front();
}

TEST_F(SaltFiles, DirectoryThatVanishesNeverStopsReaders) {
  int told = 0;
  FileSaltKeeper keeper(salts(), zone_, random_, [&](const std::string&) { ++told; });
  std::filesystem::remove_all(salts());
  EXPECT_NE(keeper.salt_at(midnight("2026-11-24")), VisitorSalt{});
  EXPECT_NE(keeper.salt_at(midnight("2026-11-25")), VisitorSalt{});
  EXPECT_EQ(told, 1);
  std::filesystem::create_directory(salts());
  keeper.salt_at(midnight("2026-11-26"));
  std::filesystem::remove_all(salts());
  keeper.salt_at(midnight("2026-11-27"));
  EXPECT_EQ(told, 2) << "after a good day";
}

TEST_F(SaltFiles, PlaceThatIsNoDirectoryIsRefused) {
  save_file(salts(), "a file");
  EXPECT_THROW(FileSaltKeeper(salts(), zone_, random_), std::system_error);
}

}  // namespace
}  // namespace candor::redirect
