#include "app/unified_diff.h"

#include <gmock/gmock.h>

#include <random>
#include <sstream>

namespace candor::app {
namespace {

TEST(UnifiedDiff, EqualTextsHaveNone) { EXPECT_EQ(unified_diff("a\n", "a\n", "x"), ""); }

TEST(UnifiedDiff, AChangedLineStandsInItsContext) {
  EXPECT_EQ(
      unified_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n", "page.html"),
      "--- a/page.html\n+++ b/page.html\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST(UnifiedDiff, ChangesFarApartAreTwoHunks) {
  EXPECT_EQ(unified_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "0\n1\n2\n3\n4\n5\n6\n7\n8\n", "x"),
            "--- a/x\n+++ b/x\n@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n@@ -6,4 +7,3 @@\n 6\n 7\n 8\n-9\n");
}

TEST(UnifiedDiff, TextsWithoutALastLineBreakSaySo) {
  EXPECT_EQ(unified_diff("a", "b\n", "x"),
            "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n");
  EXPECT_EQ(unified_diff("", "b\n", "x"), "--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+b\n");
}

TEST(UnifiedDiff, OnATerminalColoursShowAndControlCharactersDoNot) {
  const std::string diff = unified_diff("a\n", "\x1b[2J\n", "x", DiffColour::Terminal);
  EXPECT_THAT(diff, testing::HasSubstr("\x1b[32m+\\x1B[2J\x1b[0m\n"));
  EXPECT_THAT(diff, testing::HasSubstr("\x1b[31m-a\x1b[0m\n"));
}

/// What `patch` would make of it.
std::string patched(const std::string& before, const std::string& diff) {
  std::istringstream old(before);
  std::istringstream lines(diff);
  std::string out;
  std::string line;
  std::size_t at = 1;
  const auto copy_until = [&](std::size_t until) {
    for (std::string kept; at < until && std::getline(old, kept); ++at) out += kept + "\n";
  };
  std::getline(lines, line);
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    if (line.starts_with("@@")) {
      const std::size_t comma = line.find_first_of(", ", 4);
      const auto first = static_cast<std::size_t>(std::stoul(line.substr(4, comma - 4)));
      copy_until(line.substr(comma, 3) == ",0 " ? first + 1 : first);
    } else if (line[0] == '+') {
      out += line.substr(1) + "\n";
    } else {
      std::string there;
      std::getline(old, there);
      ++at;
      EXPECT_EQ(there, line.substr(1));
      if (line[0] == ' ') out += there + "\n";
    }
  }
  copy_until(static_cast<std::size_t>(-1));
  return out;
}

TEST(UnifiedDiff, PatchingTheOldGivesTheNew) {
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    std::string before;
    std::string after;
    const auto lines = random() % 60;
    for (std::size_t i = 0; i < lines; ++i) {
      const std::string line = std::to_string(random() % 9) + "\n";
      const auto what = random() % 8;
      if (what != 0) before += line;
      if (what != 1) after += what == 2 ? "new\n" + line : line;
    }
    if (before == after) continue;
    ASSERT_EQ(patched(before, unified_diff(before, after, "x")), after) << before << "--\n"
                                                                        << after;
  }
}

TEST(UnifiedDiff, TextsWithNothingInCommonAreReplaced) {
  std::string before;
  std::string after;
  for (int i = 0; i < 3000; ++i) {
    before += "a" + std::to_string(i) + "\n";
    after += "b" + std::to_string(i) + "\n";
  }
  EXPECT_EQ(patched(before, unified_diff(before, after, "x")), after);
}

}  // namespace
}  // namespace candor::app
