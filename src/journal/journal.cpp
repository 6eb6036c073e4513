#include "journal/journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <span>
#include <system_error>
#include <thread>
#include <utility>

#include "journal/segment_files.h"
#include "journal/segment_scanner.h"
#include "journal/segment_writer.h"

namespace candor::journal {
namespace {

/// Holds a directory for this process as long as it lives.
class DirectoryLock {
 public:
  explicit DirectoryLock(const std::filesystem::path& directory)
      : descriptor_(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
    const int error = errno;
    if (descriptor_ >= 0) ::close(descriptor_);
    throw std::system_error(error, std::generic_category(),
                            error == EWOULDBLOCK
                                ? "journal is in use by another process: " + directory.string()
                                : "cannot open journal " + directory.string());
  }
  ~DirectoryLock() { ::close(descriptor_); }
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

 private:
  int descriptor_;
};

/// What is in the directory when a process takes it over.
struct Found {
  std::uint64_t next_segment = 1;
  ClickId last_click;
};

/// Where the sound records of a closed segment end, and the largest id in it.
std::pair<std::uint64_t, ClickId> scan(const std::filesystem::path& directory,
                                       std::uint64_t segment) {
  SegmentScanner scanner(directory, segment);
  std::vector<Damage> damage;
  ClickRecord record;
  ClickId last;
  std::uint64_t end = 0;
  while (true) {
    const auto step = scanner.step(true, record, damage);
    if (step == SegmentScanner::Step::End) break;
    if (step == SegmentScanner::Step::Click) last = std::max(last, record.click.id);
    end = scanner.offset();
  }
  // Torn bytes stay where they are: whoever reads on must hear of them.
  for (const Damage& each : damage) end = std::max(end, each.offset + each.bytes);
  return {end, last};
}

/// What a killed process wrote and had not synced will be absorbed: a power cut after that must not
/// take the records from under the store's position. The cut only gives room back.
void sync_and_cut(Disk& disk, const std::filesystem::path& path, std::uint64_t size) {
  try {
    const std::unique_ptr<File> file = disk.open(path);
    file->sync();
    file->truncate(size);
  } catch (const std::system_error&) {
    // The records can be read all the same, and having a successor closes the segment as well.
  }
}

/// Closes the segments that a crash left open and forgets those it had prepared but never used.
Found take_over(const std::filesystem::path& directory, Disk& disk) {
  Found found;
  std::vector<std::uint64_t> segments = list_segments(directory);
  bool newest = true;
  for (; !segments.empty(); segments.pop_back()) {
    const std::uint64_t segment = segments.back();
    const auto [end, last] = scan(directory, segment);
    if (newest && end == 0) {
      std::filesystem::remove(segment_path(directory, segment));
      continue;
    }
    if (newest) {
      found.next_segment = segment + 1;
      sync_and_cut(disk, segment_path(directory, segment), end);
    }
    newest = false;
    found.last_click = last;
    if (last) break;
  }
  return found;
}

}  // namespace

class Journal::Writer {
 public:
  Writer(const Options& options, Disk& disk)
      : queue_limit_(options.queue_limit),
        lock_(options.directory),
        found_(take_over(options.directory, disk)),
        segments_(options, disk, found_.next_segment),
        written_{found_.next_segment, 0} {
    thread_ = std::jthread([this] { run(); });
  }

  ~Writer() {
    {
      std::scoped_lock lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
    report_failure([this] { segments_.sync(); });
    report_failure([this] { segments_.close(); });
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void append(Click click, std::function<void(AppendOutcome)> done, HandOver when) {
    {
      std::scoped_lock lock(mutex_);
      if (waiting_ < queue_limit_) {
        ++waiting_;
        queue_.push_back({std::move(click), std::move(done)});
        if (when == HandOver::AtOnce) wake();
        return;
      }
      ++counters_.shed;
    }
    done(AppendOutcome::Shed);
  }

  void hand_over() {
    std::scoped_lock lock(mutex_);
    if (!queue_.empty()) wake();
  }

  void after_each_group(std::function<void()> f) { after_group_ = std::move(f); }

  Counters counters() const {
    std::scoped_lock lock(mutex_);
    return counters_;
  }
  Position written() const {
    std::scoped_lock lock(mutex_);
    return written_;
  }
  ClickId last_click_at_open() const { return found_.last_click; }

 private:
  struct Waiting {
    Click click;
    std::function<void(AppendOutcome)> done;
  };

  /// With the mutex held.
  void wake() {
    if (std::exchange(handed_over_, true)) return;
    wake_.notify_one();
  }

  void run() {
    std::vector<Waiting> group;
    while (true) {
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return stopping_ || handed_over_; });
        if (queue_.empty()) return;
        handed_over_ = false;
        group.swap(queue_);
      }
      for (std::span<Waiting> rest(group); !rest.empty();) rest = rest.subspan(commit_some(rest));
      group.clear();
    }
  }

  /// Commits as much of the group as one segment takes, and says how many clicks are settled.
  std::size_t commit_some(std::span<Waiting> group) {
    std::size_t packed = 0;
    try {
      while (packed < group.size() && segments_.add(group[packed].click)) ++packed;
      if (packed == 0) {
        report_failure([this] { segments_.close(); });
        return 0;
      }
      segments_.commit();
    } catch (const std::exception& error) {
      segments_.abandon();
      // Without a segment nothing more of this group can be saved; the next append tries anew.
      if (packed == 0) packed = group.size();
      settle(group.first(packed), AppendOutcome::Failed, error.what());
      return packed;
    }
    settle(group.first(packed), AppendOutcome::Recorded, {});
    return packed;
  }

  void settle(std::span<Waiting> clicks, AppendOutcome outcome, std::string error) {
    {
      std::scoped_lock lock(mutex_);
      waiting_ -= clicks.size();
      (outcome == AppendOutcome::Recorded ? counters_.recorded : counters_.failed) += clicks.size();
      counters_.last_error = std::move(error);
      if (segments_.is_open()) written_ = segments_.committed();
    }
    for (Waiting& each : clicks) {
      each.done(outcome);
      each.done = nullptr;
    }
    if (after_group_) after_group_();
  }

  /// For what costs no click when it fails.
  template <class F>
  void report_failure(F f) {
    try {
      f();
    } catch (const std::exception& error) {
      std::scoped_lock lock(mutex_);
      counters_.last_error = error.what();
    }
  }

  const std::size_t queue_limit_;
  DirectoryLock lock_;
  Found found_;
  SegmentWriter segments_;             ///< the writer thread's own
  std::function<void()> after_group_;  ///< set before the writer thread has anything to do

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Waiting> queue_;
  std::size_t waiting_ = 0;   ///< queued, and in the group being written
  bool handed_over_ = false;  ///< the queue is the writer's to take
  bool stopping_ = false;
  Counters counters_;
  Position written_;

  std::jthread thread_;
};

Journal::Journal(Options options, Disk& disk) {
  std::filesystem::create_directories(options.directory);
  writer_ = std::make_unique<Writer>(options, disk);
}
Journal::~Journal() = default;

void Journal::append(Click click, std::function<void(AppendOutcome)> done, HandOver when) {
  writer_->append(std::move(click), std::move(done), when);
}
void Journal::hand_over() { writer_->hand_over(); }
void Journal::after_each_group(std::function<void()> f) { writer_->after_each_group(std::move(f)); }
Counters Journal::counters() const { return writer_->counters(); }
Position Journal::written() const { return writer_->written(); }
ClickId Journal::last_click_at_open() const { return writer_->last_click_at_open(); }

}  // namespace candor::journal
