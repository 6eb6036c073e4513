#include "jobs/report_files.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <system_error>

#include "contract/store_contract.h"

namespace candor::jobs {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(WriteFileAtomically, ReplacesTheFileAndLeavesNothingElse) {
  contract::TemporaryDirectory folder;
  const fs::path file = folder.path / "report.csv";
  write_file_atomically(file, "old");
  write_file_atomically(file, "new", fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(read(file), "new");
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(entries(folder.path), 1u);
}

TEST(WriteFileAtomically, ReplacesALinkInsteadOfWritingThroughIt) {
  contract::TemporaryDirectory folder;
  write_file_atomically(folder.path / "other", "theirs");
  fs::create_symlink("other", folder.path / "report.csv");
  write_file_atomically(folder.path / "report.csv", "ours");
  EXPECT_EQ(read(folder.path / "other"), "theirs");
  EXPECT_EQ(read(folder.path / "report.csv"), "ours");
}

TEST(WriteFileAtomically, FailureLeavesEverythingAsItWas) {
  contract::TemporaryDirectory folder;
  fs::create_directories(folder.path / "report.csv" / "x");
  EXPECT_THROW(write_file_atomically(folder.path / "report.csv", "new"), std::system_error);
  EXPECT_THROW(write_file_atomically(folder.path / "nowhere" / "a", "new"), std::system_error);
  EXPECT_EQ(entries(folder.path), 1u);
}

}  // namespace
}  // namespace candor::jobs
