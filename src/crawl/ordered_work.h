#pragma once
// Work on many things at once whose results are wanted in order: a bounded number of threads, and a
// bounded distance between the first that is not done and the last that is begun.
#include <cstddef>
#include <functional>

namespace candor::crawl {

struct Crew {
  std::size_t threads = 0;  ///< 0: as many as the machine has cores
  std::size_t ahead = 64;   ///< results that may wait for an earlier one
};

/// Calls `work(i)` for each i below `count`, on the crew's threads, and then `done(i)` in order, on
/// the caller's. `work` may not throw: it keeps what went wrong with its result. When `done`
/// throws, nothing more is begun, and the exception comes out once what was begun is finished.
void work_in_order(std::size_t count, const Crew& crew,
                   const std::function<void(std::size_t)>& work,
                   const std::function<void(std::size_t)>& done);

}  // namespace candor::crawl
