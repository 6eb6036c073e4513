#include "bench/journal_designs.h"

#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include "bench/click_ring.h"
#include "bench/sqlite_design.h"
#include "bench/wake_up.h"
#include "journal/segment_writer.h"

namespace candor::bench {
namespace {

constexpr std::uint64_t kRingBytes = 16u << 20;

journal::Options options_of(const DesignOptions& options) {
  std::filesystem::create_directories(options.folder / "journal");
  return {.directory = options.folder / "journal",
          .durability = options.durability,
          .segment_bytes = options.segment_bytes};
}

/// The loop itself writes and syncs what a turn brought.
class InlineDesign final : public Design {
 public:
  explicit InlineDesign(const DesignOptions& options)
      : segments_(options_of(options), *options.disk, 1) {}
  ~InlineDesign() override { segments_.close(); }

  void append(Click click, std::uint32_t reader) override {
    group_.emplace_back(std::move(click), reader);
  }
  void end_turn() override {
    for (std::size_t done = 0; done < group_.size();) done = commit_from(done);
    group_.clear();
  }
  void take_settled(std::vector<Settled>& out) override {
    out.insert(out.end(), settled_.begin(), settled_.end());
    settled_.clear();
  }
  void wait(std::chrono::milliseconds) override {}

 private:
  std::size_t commit_from(std::size_t first) {
    std::size_t end = first;
    bool recorded = true;
    try {
      while (end < group_.size() && segments_.add(group_[end].first)) ++end;
      if (end == first) {
        segments_.close();
        return first;
      }
      segments_.commit();
    } catch (const std::exception&) {
      segments_.abandon();
      if (end == first) end = group_.size();
      recorded = false;
    }
    for (std::size_t n = first; n < end; ++n) settled_.push_back({group_[n].second, recorded});
    return end;
  }

  journal::SegmentWriter segments_;
  std::vector<std::pair<Click, std::uint32_t>> group_;
  std::vector<Settled> settled_;
};

/// The journal as it is: handed over at the end of a turn, or click by click, as before it could
/// be.
class ThreadDesign final : public Design {
 public:
  ThreadDesign(const DesignOptions& options, bool by_turn)
      : by_turn_(by_turn),
        journal_(std::make_unique<journal::Journal>(options_of(options), *options.disk)) {}
  ~ThreadDesign() override { journal_.reset(); }

  void append(Click click, std::uint32_t reader) override {
    clicks_.push_back(std::move(click));
    readers_.push_back(reader);
    if (!by_turn_) hand_over();
  }
  void end_turn() override { hand_over(); }
  void take_settled(std::vector<Settled>& out) override {
    const std::scoped_lock lock(mutex_);
    out.insert(out.end(), settled_.begin(), settled_.end());
    settled_.clear();
  }
  void wait(std::chrono::milliseconds at_most) override { wake_up_.wait(at_most); }

 private:
  void hand_over() {
    if (clicks_.empty()) return;
    journal_->append(std::exchange(clicks_, {}),
                     [this, readers = std::exchange(readers_, {})](
                         const journal::AppendOutcomes& outcomes) { settle(readers, outcomes); });
  }
  // The benchmarks' disks fail no call, so all of a turn share one fate.
  void settle(const std::vector<std::uint32_t>& readers, const journal::AppendOutcomes& outcomes) {
    const std::scoped_lock lock(mutex_);
    const bool first = settled_.empty();
    for (const std::uint32_t reader : readers)
      settled_.push_back({reader, outcomes.recorded == readers.size()});
    if (first) wake_up_.signal();
  }

  bool by_turn_;
  std::vector<Click> clicks_;  ///< of this turn
  std::vector<std::uint32_t> readers_;
  std::mutex mutex_;
  std::vector<Settled> settled_;
  WakeUp wake_up_;
  std::unique_ptr<journal::Journal> journal_;
};

/// A turn's clicks go into shared memory; a thread drains it.
class RingDesign final : public Design {
 public:
  explicit RingDesign(const DesignOptions& options)
      : segments_(options_of(options), *options.disk, 1),
        ring_(options.folder / "ring", kRingBytes),
        thread_([this] { drain(); }) {}
  ~RingDesign() override {
    ring_.stop();
    thread_.join();
    segments_.close();
  }

  void append(Click click, std::uint32_t reader) override {
    if (!ring_.push(click, reader)) shed_.push_back({reader, false});
  }
  void end_turn() override { ring_.publish(); }
  void take_settled(std::vector<Settled>& out) override {
    out.insert(out.end(), shed_.begin(), shed_.end());
    shed_.clear();
    ring_.take_settled(out);
  }
  void wait(std::chrono::milliseconds at_most) override {
    if (ring_.announce_sleep()) wake_up_.wait(at_most);
  }

 private:
  void drain() {
    Click click;
    while (ring_.wait()) {
      bool recorded = true;
      try {
        // A click that found no room in a segment begins the next one.
        while (ring_.take(click))
          if (!segments_.add(click)) {
            segments_.commit();
            segments_.close();
            segments_.add(click);
          }
        segments_.commit();
      } catch (const std::exception&) {
        segments_.abandon();
        while (ring_.take(click)) {
        }
        recorded = false;
      }
      if (ring_.settle(recorded)) wake_up_.signal();
    }
  }

  journal::SegmentWriter segments_;
  ClickRing ring_;
  WakeUp wake_up_;
  std::vector<Settled> shed_;
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Design> make_design(std::string_view name, const DesignOptions& options) {
  if (name == "inline") return std::make_unique<InlineDesign>(options);
  if (name == "thread") return std::make_unique<ThreadDesign>(options, true);
  if (name == "thread-each") return std::make_unique<ThreadDesign>(options, false);
  if (name == "ring") return std::make_unique<RingDesign>(options);
  if (name == "sqlite" || name == "sqlite-each")
    return make_sqlite_design(options, name == "sqlite-each");
  return nullptr;
}

}  // namespace candor::bench
