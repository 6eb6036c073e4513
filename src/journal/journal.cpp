#include "journal/journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <exception>
#include <future>
#include <mutex>
#include <optional>
#include <span>
#include <system_error>
#include <thread>

#include "journal/segment_files.h"
#include "journal/segment_packer.h"
#include "journal/segment_scanner.h"

namespace candor::journal {
namespace {

constexpr std::uint64_t kLeastBlocks = 4;
constexpr std::size_t kZeroesBytes = 1u << 20;

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
  Click click;
  ClickId last;
  std::uint64_t end = 0;
  while (true) {
    const auto step = scanner.step(true, click, damage);
    if (step == SegmentScanner::Step::End) break;
    if (step == SegmentScanner::Step::Click) last = std::max(last, click.id);
    end = scanner.offset();
  }
  // Torn bytes stay where they are: whoever reads on must hear of them.
  for (const Damage& each : damage) end = std::max(end, each.offset + each.bytes);
  return {end, last};
}

void cut(const std::filesystem::path& path, std::uint64_t size) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  // Only gives room back: that a segment has a successor closes it as well.
  [[maybe_unused]] const int ignored = ::ftruncate(descriptor, static_cast<off_t>(size));
  ::close(descriptor);
}

/// Closes the segments that a crash left open and forgets those it had prepared but never used.
Found take_over(const std::filesystem::path& directory) {
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
      cut(segment_path(directory, segment), end);
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
  Writer(Options options, Disk& disk)
      : options_(std::move(options)),
        disk_(disk),
        lock_(options_.directory),
        found_(take_over(options_.directory)),
        next_segment_(found_.next_segment),
        written_{found_.next_segment, 0} {
    const std::uint64_t blocks = (options_.segment_bytes + kBlockBytes - 1) / kBlockBytes;
    options_.segment_bytes = std::max(blocks, kLeastBlocks) * kBlockBytes;
    prepare_ahead();
    thread_ = std::jthread([this] { run(); });
  }

  ~Writer() {
    {
      std::scoped_lock lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
    sync_at_stop();
    close_segment();
    forget_prepared();
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void append(Click click, std::function<void(AppendOutcome)> done) {
    {
      std::scoped_lock lock(mutex_);
      if (waiting_ < options_.queue_limit) {
        ++waiting_;
        queue_.push_back({std::move(click), std::move(done)});
        if (queue_.size() == 1) wake_.notify_one();
        return;
      }
      ++counters_.shed;
    }
    done(AppendOutcome::Shed);
  }

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
  struct OpenSegment {
    std::unique_ptr<File> file;
    SegmentPacker packer;
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
      for (std::span<Waiting> rest(group); !rest.empty();) rest = rest.subspan(commit_some(rest));
      group.clear();
    }
  }

  /// Commits as much of the group as one segment takes, and says how many clicks are settled.
  std::size_t commit_some(std::span<Waiting> group) {
    std::size_t packed = 0;
    try {
      if (!segment_) begin_segment();
      while (packed < group.size() && segment_->packer.add(group[packed].click)) ++packed;
      if (packed == 0) {
        close_segment();
        return 0;
      }
      write_pending();
    } catch (const std::exception& error) {
      abandon_segment();
      // Without a segment nothing more of this group can be saved; the next append tries anew.
      if (packed == 0) packed = group.size();
      settle(group.first(packed), AppendOutcome::Failed, error.what());
      return packed;
    }
    settle(group.first(packed), AppendOutcome::Recorded, {});
    if (segment_->packer.offset() > options_.segment_bytes / 2) prepare_ahead();
    return packed;
  }

  void write_pending() {
    SegmentPacker& packer = segment_->packer;
    segment_->file->write_at(packer.offset(), packer.pending());
    if (options_.durability == Durability::Power) segment_->file->sync();
    packer.mark_written();
  }

  void settle(std::span<Waiting> clicks, AppendOutcome outcome, std::string error) {
    {
      std::scoped_lock lock(mutex_);
      waiting_ -= clicks.size();
      (outcome == AppendOutcome::Recorded ? counters_.recorded : counters_.failed) += clicks.size();
      counters_.last_error = std::move(error);
      if (segment_) written_ = {segment_->packer.segment(), segment_->packer.offset()};
    }
    for (Waiting& each : clicks) {
      each.done(outcome);
      each.done = nullptr;
    }
  }

  void begin_segment() {
    if (!prepared_.valid()) prepare_ahead();
    std::unique_ptr<File> file = prepared_.get();
    segment_.emplace(std::move(file), SegmentPacker(next_segment_, options_.segment_bytes));
    ++next_segment_;
  }

  /// Zeros on the disk beforehand make a sync cost half; writing 16 MiB of them must not hold a
  /// group up.
  void prepare_ahead() {
    if (prepared_.valid()) return;
    prepared_ = std::async(std::launch::async, [this, path = path_of(next_segment_)] {
      std::unique_ptr<File> file = disk_.create(path);
      const std::string zeroes(kZeroesBytes, '\0');
      for (std::uint64_t at = 0; at < options_.segment_bytes; at += zeroes.size()) {
        const auto bytes = std::min<std::uint64_t>(zeroes.size(), options_.segment_bytes - at);
        file->write_at(at, std::string_view(zeroes).substr(0, bytes));
      }
      file->sync();
      disk_.sync_directory(options_.directory);
      return file;
    });
  }

  /// A segment that ends where its records end needs no successor to be known as closed.
  void close_segment() {
    if (!segment_) return;
    try {
      segment_->file->truncate(segment_->packer.offset());
    } catch (const std::exception& error) {
      report(error);
    }
    segment_.reset();
  }

  /// Asks for durability once more at an orderly stop, whatever the options promise before.
  void sync_at_stop() {
    if (!segment_) return;
    try {
      segment_->file->sync();
    } catch (const std::exception& error) {
      report(error);
    }
  }

  void report(const std::exception& error) {
    std::scoped_lock lock(mutex_);
    counters_.last_error = error.what();
  }

  /// After a failed sync the kernel may have dropped the pages and call the next sync a success, so
  /// nothing more goes into this file.
  void abandon_segment() {
    if (!segment_) {
      prepared_ = {};
      remove_file(path_of(next_segment_));
      return;
    }
    try {
      segment_->file->truncate(segment_->packer.offset());
    } catch (const std::exception&) {
      // The error that led here is the one to report; a reader finds the torn group by itself.
    }
    segment_.reset();
  }

  void forget_prepared() {
    if (!prepared_.valid()) return;
    prepared_.wait();
    remove_file(path_of(next_segment_));
  }

  static void remove_file(const std::filesystem::path& path) {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
  }

  std::filesystem::path path_of(std::uint64_t segment) const {
    return segment_path(options_.directory, segment);
  }

  Options options_;
  Disk& disk_;
  DirectoryLock lock_;
  Found found_;

  // The writer thread's own.
  std::optional<OpenSegment> segment_;
  std::uint64_t next_segment_;
  std::future<std::unique_ptr<File>> prepared_;  ///< of next_segment_

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Waiting> queue_;
  std::size_t waiting_ = 0;  ///< queued, and in the group being written
  bool stopping_ = false;
  Counters counters_;
  Position written_;

  std::jthread thread_;
};

Journal::Journal(Options options, Disk& disk) {
  std::filesystem::create_directories(options.directory);
  writer_ = std::make_unique<Writer>(std::move(options), disk);
}
Journal::~Journal() = default;

void Journal::append(Click click, std::function<void(AppendOutcome)> done) {
  writer_->append(std::move(click), std::move(done));
}
Counters Journal::counters() const { return writer_->counters(); }
Position Journal::written() const { return writer_->written(); }
ClickId Journal::last_click_at_open() const { return writer_->last_click_at_open(); }

}  // namespace candor::journal
