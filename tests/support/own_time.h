#pragma once
// Processor time of the calling thread: what else runs on the machine is not in it.
#include <time.h>

#include <algorithm>
#include <string>

namespace candor {

inline double own_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// How many times as long `work` takes for `large` as for `small`, by the fastest of some tries.
double times_as_long(const auto& work, const std::string& small, const std::string& large) {
  const auto fastest = [&](const std::string& input, int tries) {
    double least = 1e9;
    for (int i = 0; i < tries; ++i) {
      const double begin = own_seconds();
      work(input);
      least = std::min(least, own_seconds() - begin);
    }
    return std::max(least, 1e-6);
  };
  return fastest(large, 2) / fastest(small, 4);
}

}  // namespace candor
