#include "journal/journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
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

// A write into the page cache that takes longer waits for the disk; then it is the writer thread's
// to wait, until the disk has had this long to recover.
constexpr std::chrono::milliseconds kSlow{25};
constexpr std::chrono::seconds kSlowMemory{1};

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
  using Done = std::function<void(AppendOutcomes)>;

  Writer(const Options& options, Disk& disk)
      : queue_limit_(options.queue_limit),
        lock_(options.directory),
        found_(take_over(options.directory, disk)),
        durability_(options.durability),
        segments_(options, disk, found_.next_segment),
        written_{found_.next_segment, 0} {
    thread_ = std::jthread([this] { run(); });
  }

  ~Writer() {
    {
      // Whoever writes through comes to an end first.
      std::scoped_lock lock(segments_mutex_, mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
    report_failure([this] { segments_.sync(); });
    report_failure([this] { segments_.close(); });
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void append(std::vector<Click> clicks, Done done) {
    AppendOutcomes outcomes;
    {
      std::scoped_lock lock(mutex_);
      const std::size_t taken = std::min(clicks.size(), queue_limit_ - waiting_);
      outcomes.shed = clicks.size() - taken;
      counters_.shed += outcomes.shed;
      if (taken > 0) {
        clicks.resize(taken);
        waiting_ += taken;
        queue_.push_back({std::move(clicks), std::move(done), outcomes});
        if (queue_.size() == 1) wake_.notify_one();
        return;
      }
    }
    done(outcomes);
  }

  std::optional<AppendOutcomes> write_through(std::span<const Click> clicks) {
    const std::unique_lock segments(segments_mutex_, std::try_to_lock);
    if (!segments || !may_write_through()) return std::nullopt;
    const auto begin = std::chrono::steady_clock::now();
    if (begin < slow_until_ || !segments_.has_room_for(clicks)) return std::nullopt;
    {
      std::scoped_lock lock(mutex_);
      // Clicks keep their order, and no more wait for the disk than may.
      if (waiting_ != 0 || clicks.size() > queue_limit_ || stopping_) return std::nullopt;
      waiting_ = clicks.size();
    }
    AppendOutcomes outcomes;
    std::string error;
    try {
      for (const Click& click : clicks) segments_.add(click);
      segments_.commit();
      outcomes.recorded = clicks.size();
    } catch (const std::exception& failure) {
      segments_.abandon();
      outcomes.failed = clicks.size();
      error = failure.what();
    }
    if (const auto end = std::chrono::steady_clock::now(); end - begin > kSlow)
      slow_until_ = end + kSlowMemory;
    std::scoped_lock lock(mutex_);
    waiting_ -= clicks.size();
    note(outcomes, std::move(error));
    return outcomes;
  }
  bool may_write_through() const { return durability_ == Durability::Process; }

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
  /// Clicks appended together.
  struct Waiting {
    std::vector<Click> clicks;
    Done done;
    AppendOutcomes outcomes;
    std::size_t packed = 0;   ///< how many of them are in the segment's pending bytes or settled
    std::size_t settled = 0;  ///< how many are recorded or lost
  };

  void run() {
    std::vector<Waiting> group;
    while (true) {
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) return;
        group.swap(queue_);
      }
      for (std::span<Waiting> rest(group); !rest.empty();) {
        const std::span<Waiting> done = rest.first(commit_some(rest));
        for (Waiting& each : done) each.done(each.outcomes);
        rest = rest.subspan(done.size());
      }
      group.clear();
    }
  }

  /// Commits as much of the group as one segment takes, and says how many of its members are done.
  std::size_t commit_some(std::span<Waiting> group) {
    const std::scoped_lock segments(segments_mutex_);
    try {
      if (!pack(group)) {
        report_failure([this] { segments_.close(); });
        return 0;
      }
      segments_.commit();
    } catch (const std::exception& error) {
      segments_.abandon();
      // Without a segment nothing more of this group can be saved; the next append tries anew.
      if (std::ranges::all_of(group,
                              [](const Waiting& each) { return each.packed == each.settled; }))
        for (Waiting& each : group) each.packed = each.clicks.size();
      return settle(group, AppendOutcome::Failed, error.what());
    }
    return settle(group, AppendOutcome::Recorded, {});
  }

  /// Whether the segment had room for any of the group's clicks.
  bool pack(std::span<Waiting> group) {
    bool any = false;
    for (Waiting& each : group)
      for (; each.packed < each.clicks.size(); ++each.packed, any = true)
        if (!segments_.add(each.clicks[each.packed])) return any;
    return any;
  }

  std::size_t settle(std::span<Waiting> group, AppendOutcome outcome, std::string error) {
    AppendOutcomes outcomes;
    std::size_t& counted = outcome == AppendOutcome::Recorded ? outcomes.recorded : outcomes.failed;
    std::size_t done = 0;
    for (Waiting& each : group) {
      const std::size_t fresh = each.packed - std::exchange(each.settled, each.packed);
      (outcome == AppendOutcome::Recorded ? each.outcomes.recorded : each.outcomes.failed) += fresh;
      counted += fresh;
      if (each.settled == each.clicks.size()) ++done;
    }
    {
      std::scoped_lock lock(mutex_);
      waiting_ -= counted;
      note(outcomes, std::move(error));
    }
    return done;
  }

  /// Both mutexes are held.
  void note(const AppendOutcomes& outcomes, std::string error) {
    counters_.recorded += outcomes.recorded;
    counters_.failed += outcomes.failed;
    counters_.last_error = std::move(error);
    if (segments_.is_open()) written_ = segments_.committed();
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
  const Durability durability_;
  // Held while something is written, and longer than mutex_: whoever must not wait only tries.
  std::mutex segments_mutex_;
  SegmentWriter segments_;                              ///< guarded by segments_mutex_
  std::chrono::steady_clock::time_point slow_until_{};  ///< guarded by segments_mutex_

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Waiting> queue_;
  std::size_t waiting_ = 0;  ///< clicks queued, and in the group being written
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

void Journal::append(std::vector<Click> clicks, std::function<void(AppendOutcomes)> done) {
  writer_->append(std::move(clicks), std::move(done));
}
std::optional<AppendOutcomes> Journal::write_through(std::span<const Click> clicks) {
  return writer_->write_through(clicks);
}
bool Journal::may_write_through() const { return writer_->may_write_through(); }
void Journal::append(Click click, std::function<void(AppendOutcome)> done) {
  std::vector<Click> alone;
  alone.push_back(std::move(click));
  append(std::move(alone), [done = std::move(done)](const AppendOutcomes& outcomes) {
    done(outcomes.recorded > 0 ? AppendOutcome::Recorded
         : outcomes.failed > 0 ? AppendOutcome::Failed
                               : AppendOutcome::Shed);
  });
}
Counters Journal::counters() const { return writer_->counters(); }
Position Journal::written() const { return writer_->written(); }
ClickId Journal::last_click_at_open() const { return writer_->last_click_at_open(); }

}  // namespace candor::journal
