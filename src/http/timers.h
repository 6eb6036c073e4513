#pragma once
// Work that is due at a time: a binary heap with cheap, lazy cancelling. Used by one thread.
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace candor::http {

class Timers {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  using Work = std::move_only_function<void()>;

  /// The id is never 0.
  std::uint64_t add(TimePoint when, Work work);
  /// Unknown and already run ids are ignored.
  void cancel(std::uint64_t id);
  /// When the earliest one is due; nothing when there is none.
  std::optional<TimePoint> next();
  /// Takes out one piece of work due at `now` that was added before the mark; nothing when there is
  /// none.
  std::optional<Work> take_due(TimePoint now, std::uint64_t mark);
  /// Everything added from here on is behind this mark.
  std::uint64_t mark() const { return sequence_; }

 private:
  struct Entry {
    TimePoint when;
    std::uint64_t sequence;
    std::uint64_t id;
  };
  struct Slot {
    std::uint32_t generation = 1;
    bool live = false;
    Work work;
  };
  static bool later(const Entry& a, const Entry& b);
  Slot* find(std::uint64_t id);
  void release(std::uint64_t id);
  void drop_stale();

  std::vector<Entry> heap_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
  std::size_t cancelled_ = 0;
  std::uint64_t sequence_ = 0;
};

}  // namespace candor::http
