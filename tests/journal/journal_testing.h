#pragma once
// What the tests of the journal share: a directory of their own, clicks to write, and waiting for
// outcomes.
#include <gtest/gtest.h>

#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <string>
#include <vector>

#include "journal/journal.h"

namespace candor::journal {

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = testing::TempDir() + "candor-journal-XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The n-th of a series of clicks by a few hundred readers.
inline Click sample_click(std::int64_t n) {
  Click click;
  click.id.value = (n + 1) << 22;
  click.link.value = n % 97 + 1;
  click.article.value = n % 13;
  click.placement = static_cast<std::uint16_t>(n % 5);
  click.visitor = 0x9E3779B97F4A7C15u * static_cast<std::uint64_t>(n + 1);
  if (n % 7 == 0) {
    click.verdict = Verdict::Bot;
    click.reason = "crawler-user-agents:bot" + std::to_string(n % 3);
  }
  if (n % 4 != 0) click.referrer = "blog.example/articles/" + std::to_string(n % 41);
  click.user_agent = "Mozilla/5.0 (X11; Linux x86_64) Sample/" + std::to_string(n % 200);
  click.country = Country::parse(n % 3 == 0 ? "GB" : "DE").value();
  click.device = n % 2 == 0 ? Device::Mobile : Device::Desktop;
  click.os = n % 2 == 0 ? Os::Android : Os::Windows;
  click.asn_class = n % 5 == 0 ? AsnClass::Unknown : AsnClass::Reader;
  click.language = n % 3 == 0 ? "en" : "de";
  // The record's last byte has two bits: with one flipped it is told from the zeros behind it.
  click.variant = 3;
  return click;
}

inline std::vector<Click> sample_clicks(std::int64_t first, std::int64_t end) {
  std::vector<Click> clicks;
  for (std::int64_t n = first; n < end; ++n) clicks.push_back(sample_click(n));
  return clicks;
}

/// Collects the outcomes of appends, in the order of the calls.
class Outcomes {
 public:
  void append(Journal& journal, const Click& click) {
    journal.append(click, [this, click](AppendOutcome outcome) {
      std::scoped_lock lock(mutex_);
      if (outcome == AppendOutcome::Recorded) recorded_.push_back(click);
      if (outcome == AppendOutcome::Failed) ++failed_;
      if (outcome == AppendOutcome::Shed) ++shed_;
      changed_.notify_all();
    });
  }
  /// Clicks appended together. Which of them failed is not told, so they must not share a group
  /// with others, nor a segment's end.
  void append(Journal& journal, const std::vector<Click>& clicks) {
    journal.append(clicks,
                   [this, clicks](const AppendOutcomes& outcomes) { add(clicks, outcomes); });
  }
  /// Writes through when that can be, else appends; says whether it could.
  bool write_through(Journal& journal, const std::vector<Click>& clicks) {
    const auto outcomes = journal.write_through(clicks);
    if (outcomes)
      add(clicks, *outcomes);
    else
      append(journal, clicks);
    return outcomes.has_value();
  }
  void wait_for(std::size_t calls) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return recorded_.size() + failed_ + shed_ >= calls; });
  }
  std::vector<Click> recorded() const {
    std::scoped_lock lock(mutex_);
    return recorded_;
  }
  std::size_t failed() const {
    std::scoped_lock lock(mutex_);
    return failed_;
  }
  std::size_t shed() const {
    std::scoped_lock lock(mutex_);
    return shed_;
  }

 private:
  void add(const std::vector<Click>& clicks, const AppendOutcomes& outcomes) {
    std::scoped_lock lock(mutex_);
    const auto first = clicks.begin() + static_cast<std::ptrdiff_t>(outcomes.failed);
    recorded_.insert(recorded_.end(), first,
                     first + static_cast<std::ptrdiff_t>(outcomes.recorded));
    failed_ += outcomes.failed;
    shed_ += outcomes.shed;
    changed_.notify_all();
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Click> recorded_;
  std::size_t failed_ = 0;
  std::size_t shed_ = 0;
};

/// Appends in groups of at most `group`, waiting for each.
inline void append_all(Journal& journal, Outcomes& outcomes, const std::vector<Click>& clicks,
                       std::size_t group = 64) {
  const std::size_t before = outcomes.recorded().size() + outcomes.failed() + outcomes.shed();
  std::size_t appended = 0;
  for (const Click& click : clicks) {
    outcomes.append(journal, click);
    if (++appended % group == 0) outcomes.wait_for(before + appended);
  }
  outcomes.wait_for(before + appended);
}

/// Reads to the end in batches of `limit`.
inline Batch read_all(const std::filesystem::path& directory, std::size_t limit = 1000,
                      Position from = {}) {
  Reader reader(directory);
  Batch all;
  all.next = from;
  while (true) {
    Batch batch = reader.read(all.next, limit);
    all.clicks.insert(all.clicks.end(), batch.clicks.begin(), batch.clicks.end());
    all.damage.insert(all.damage.end(), batch.damage.begin(), batch.damage.end());
    const bool done = batch.clicks.empty() && batch.next == all.next;
    all.next = batch.next;
    if (done) return all;
  }
}

inline std::string load_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void save_file(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace candor::journal
