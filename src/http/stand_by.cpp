#include "http/stand_by.h"

#include <system_error>
#include <utility>

namespace candor::http {
namespace {

bool is_working(std::uint64_t turns) { return turns % 2 != 0; }

}  // namespace

bool StandBy::start(std::function<void()> stand_by) {
  if (started()) return true;
  try {
    thread_ = std::thread(std::move(stand_by));
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

std::uint64_t StandBy::begin() {
  const std::uint64_t began = turns_.fetch_add(1) + 1;
  if (dozes_.load()) {
    const std::scoped_lock lock(mutex_);
    changed_.notify_one();
  }
  return began;
}

bool StandBy::come_back(std::uint64_t began) {
  return turns_.compare_exchange_strong(began, began + 1);
}

bool StandBy::wait_for_duty() {
  std::unique_lock lock(mutex_);
  std::uint64_t seen = turns_.load();
  for (;;) {
    if (ended_) return false;
    std::uint64_t turns = turns_.load();
    if (turns != std::exchange(seen, turns)) {
      changed_.wait_for(lock, kTick);
    } else if (is_working(turns)) {
      // The same work as a tick ago.
      if (turns_.compare_exchange_strong(turns, turns + 1)) return true;
    } else {
      dozes_ = true;
      changed_.wait(lock, [&] { return ended_ || turns_.load() != turns; });
      dozes_ = false;
    }
  }
}

void StandBy::end() {
  const std::scoped_lock lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

void StandBy::join() {
  if (thread_.joinable()) thread_.join();
}

}  // namespace candor::http
