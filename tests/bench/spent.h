#pragma once
// What a piece of work takes, and the figures of a benchmark: one line each, name, value, unit.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace candor::bench {

struct Spent {
  double wall_s = 0;
  double cpu_s = 0;

  Spent& operator+=(const Spent& other) {
    wall_s += other.wall_s;
    cpu_s += other.cpu_s;
    return *this;
  }
};

inline double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](timeval time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

inline Spent time(const std::function<void()>& work) {
  const double cpu = cpu_seconds();
  const auto begin = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  return {wall.count(), cpu_seconds() - cpu};
}

/// The median of some runs.
inline Spent median(int runs, const std::function<void()>& work) {
  std::vector<Spent> all;
  for (int n = 0; n < runs; ++n) all.push_back(time(work));
  std::ranges::sort(all, {}, &Spent::wall_s);
  return all[all.size() / 2];
}

/// From here on peak_megabytes() starts anew.
inline void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

/// The most memory the process has held since then.
inline double peak_megabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  return 0;
}

inline void print(const std::string& name, double value, const char* unit) {
  fmt::print("{:<62} {:>14.3f} {}\n", name, value, unit);
  std::fflush(stdout);
}

inline void print(const std::string& name, Spent spent) {
  print(name, spent.wall_s * 1e3, "ms");
  print(name + ", CPU", spent.cpu_s * 1e3, "ms");
}

}  // namespace candor::bench
