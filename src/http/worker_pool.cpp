#include "http/worker_pool.h"

#include <Poco/Logger.h>
#include <sys/resource.h>
#include <unistd.h>

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "http/log_text.h"

namespace candor::http {
namespace {

// Readers come first: work that can wait leaves the processor to the loops.
constexpr int kNiceness = 19;

using Work = std::move_only_function<void()>;

void run_one(Work& work) noexcept {
  try {
    work();
  } catch (const std::exception& error) {
    Poco::Logger::get("http").error("a worker's task failed: " + log_text(error.what()));
  } catch (...) {
    Poco::Logger::get("http").error("a worker's task failed");
  }
}

}  // namespace

struct WorkerPool::Impl {
  Impl(std::size_t limit, Priority wanted) : queue_limit(limit), priority(wanted) {}
  void serve(const std::stop_token& stop);

  const std::size_t queue_limit;
  const Priority priority;
  std::mutex mutex;
  std::condition_variable_any ready;
  std::deque<Work> queue;  // guarded by mutex
  bool ended = false;      // guarded by mutex
  std::vector<std::jthread> threads;
};

void WorkerPool::Impl::serve(const std::stop_token& stop) {
  // On Linux this concerns the calling thread alone. Failing to be nice is no reason not to work.
  if (priority == Priority::Behind) {
    [[maybe_unused]] const int set =
        ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNiceness);
  }
  for (;;) {
    Work work;
    {
      std::unique_lock lock(mutex);
      if (!ready.wait(lock, stop, [this] { return !queue.empty(); })) return;
      if (stop.stop_requested()) return;
      work = std::move(queue.front());
      queue.pop_front();
    }
    run_one(work);
  }
}

WorkerPool::WorkerPool(std::size_t threads, std::size_t queue_limit, Priority priority)
    : impl_(std::make_unique<Impl>(queue_limit, priority)) {
  for (std::size_t i = 0; i < threads; ++i)
    impl_->threads.emplace_back([this](const std::stop_token& stop) { impl_->serve(stop); });
}

WorkerPool::~WorkerPool() {
  {
    std::deque<Work> dropped;  // before the threads end: its replies answer their clients now
    const std::scoped_lock lock(impl_->mutex);
    impl_->ended = true;
    dropped.swap(impl_->queue);
  }
  for (std::jthread& thread : impl_->threads) thread.request_stop();
  impl_->threads.clear();
}

bool WorkerPool::submit(Work work) {
  {
    const std::scoped_lock lock(impl_->mutex);
    if (impl_->ended || impl_->queue.size() >= impl_->queue_limit) return false;
    impl_->queue.push_back(std::move(work));
  }
  impl_->ready.notify_one();
  return true;
}

}  // namespace candor::http
