#pragma once
// A few threads for work that must not hold a loop up (pages, reports, password hashes), with a
// bounded queue.
#include <cstddef>
#include <functional>
#include <memory>

namespace candor::http {

/// Work that can wait leaves the processor to the loops; work a reader waits for does not.
enum class Priority { Behind, Beside };

class WorkerPool {
 public:
  WorkerPool(std::size_t threads, std::size_t queue_limit, Priority priority = Priority::Behind);
  /// Finishes the work that has begun, drops what waits.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// False when the queue is full: the caller answers 503. Callable from any thread.
  bool submit(std::move_only_function<void()> work);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace candor::http
