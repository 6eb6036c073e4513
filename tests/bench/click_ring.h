#pragma once
// A bounded ring of clicks in shared memory: one thread puts them in, another drains it and writes
// each one's outcome beside it.
#include <atomic>
#include <cstdint>
#include <filesystem>

#include "bench/journal_designs.h"
#include "click/click.h"

namespace candor::bench {

class ClickRing {
 public:
  /// A file of so many bytes, mapped; a power of two.
  ClickRing(const std::filesystem::path& path, std::uint64_t bytes);
  ~ClickRing();
  ClickRing(const ClickRing&) = delete;
  ClickRing& operator=(const ClickRing&) = delete;

  // The producer's side.
  /// False when the ring has no room.
  bool push(const Click& click, std::uint32_t reader);
  /// Shows what was pushed to the consumer, and wakes it if it sleeps.
  void publish();
  /// The outcomes so far, in order; their room is free again.
  void take_settled(std::vector<Settled>& out);
  /// True when nothing is settled yet: then the next settle() answers true.
  bool announce_sleep();
  /// Wakes the consumer for good.
  void stop();

  // The consumer's side.
  /// Waits for clicks; false when there are none and the ring was stopped.
  bool wait();
  /// The next click that was published and not yet taken; false when there is none. `click` keeps
  /// the memory of its texts from call to call.
  bool take(Click& click);
  /// The fate of everything taken since the last call, true when the producer sleeps.
  bool settle(bool recorded);

 private:
  struct Control {
    alignas(64) std::atomic<std::uint64_t> published;
    alignas(64) std::atomic<std::uint64_t> settled;
    alignas(64) std::atomic<std::uint32_t> wake_ups;
    std::atomic<bool> consumer_sleeps;
    std::atomic<bool> producer_sleeps;
    std::atomic<bool> stopped;
  };
  struct Entry;

  Entry& entry_at(std::uint64_t place);

  std::uint64_t bytes_;
  void* memory_;
  Control* control_;
  char* entries_;
  std::uint64_t pushed_ = 0;    ///< the producer's: end of what it put in
  std::uint64_t released_ = 0;  ///< the producer's: outcomes before were taken
  std::uint64_t taken_ = 0;     ///< the consumer's
};

}  // namespace candor::bench
