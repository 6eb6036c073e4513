#include "crawl/ordered_work.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace candor::crawl {

void work_in_order(std::size_t count, const Crew& crew,
                   const std::function<void(std::size_t)>& work,
                   const std::function<void(std::size_t)>& done) {
  std::mutex mutex;
  std::condition_variable finished;
  std::condition_variable room;
  std::vector<bool> ready(count, false);
  std::size_t next = 0;
  std::size_t given = 0;
  const auto run = [&] {
    std::unique_lock lock(mutex);
    for (;;) {
      room.wait(lock, [&] { return next >= count || next < given + crew.ahead; });
      if (next >= count) return;
      const std::size_t mine = next++;
      lock.unlock();
      work(mine);
      lock.lock();
      ready[mine] = true;
      if (mine == given) finished.notify_one();
    }
  };
  const std::size_t wanted =
      crew.threads > 0 ? crew.threads : std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < std::min(wanted, count); ++i) try {
      threads.emplace_back(run);
    } catch (const std::system_error&) {
      if (threads.empty()) throw;  // else those there are do it
      break;
    }
  // Also when `done` throws: who waits for room must not be waited for.
  struct Dismissal {
    std::function<void()> dismiss;
    ~Dismissal() { dismiss(); }
  };
  const Dismissal at_end{[&] {
    {
      const std::scoped_lock lock(mutex);
      next = count;
    }
    room.notify_all();
  }};
  for (std::size_t i = 0; i < count; ++i) {
    {
      std::unique_lock lock(mutex);
      finished.wait(lock, [&] { return ready[i]; });
    }
    done(i);
    {
      const std::scoped_lock lock(mutex);
      given = i + 1;
    }
    room.notify_all();
  }
}

}  // namespace candor::crawl
