// The journal alone, in the designs it could have: one run or one scenario each, as a line of JSON.
//   journal_bench pace DESIGN process|power IN_FLIGHT CLICKS LOOP_WORK_NS
//   journal_bench stall DESIGN
//   journal_bench parts ROUNDS
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <string>
#include <thread>

#include "bench/clicks.h"
#include "bench/journal_designs.h"
#include "bench/journal_parts.h"
#include "bench/stalling_disk.h"

namespace candor::bench {
namespace {

using Instant = std::chrono::steady_clock::time_point;

Instant now() { return std::chrono::steady_clock::now(); }
double micros(Instant from, Instant to) {
  return std::chrono::duration<double, std::micro>(to - from).count();
}

/// Of all threads of this process.
double cpu_micros() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto all = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_usec);
  };
  return all(usage.ru_utime) + all(usage.ru_stime);
}

double at_share(std::vector<double>& values, double share) {
  const auto nth =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

/// What a loop does for a click beside recording it: parse, look up, answer.
void work(std::chrono::nanoseconds time) {
  for (const Instant end = now() + time; time.count() > 0 && now() < end;) {
  }
}

/// Readers who ask again as soon as they are answered.
void measure_pace(const std::string& name, const std::string& mode, std::size_t readers,
                  std::size_t clicks, std::chrono::nanoseconds loop_work) {
  const TemporaryFolder folder;
  const std::vector<Click> samples = make_clicks(65'536);
  const auto design = make_design(
      name,
      {.folder = folder.path,
       .durability = mode == "power" ? journal::Durability::Power : journal::Durability::Process,
       .disk = &journal::real_disk()});
  std::vector<std::uint32_t> ready(readers);
  for (std::uint32_t n = 0; n < readers; ++n) ready[n] = n;
  std::vector<Instant> asked(readers);
  std::vector<double> took;
  took.reserve(clicks);
  std::vector<Settled> settled;
  std::size_t appended = 0;
  std::size_t turns = 0;
  const double cpu_before = cpu_micros();
  const Instant begin = now();
  while (took.size() < clicks) {
    for (const std::uint32_t reader : ready) {
      if (appended == clicks) break;
      work(loop_work);
      Click click = samples[appended % samples.size()];
      click.id.value = static_cast<std::int64_t>(++appended);
      asked[reader] = now();
      design->append(std::move(click), reader);
    }
    ready.clear();
    design->end_turn();
    ++turns;
    design->take_settled(settled);
    if (settled.empty()) design->wait(std::chrono::milliseconds(1000));
    const Instant answered = now();
    for (const Settled& each : settled) {
      if (!each.recorded) throw std::runtime_error("a click was not recorded");
      took.push_back(micros(asked[each.reader], answered));
      ready.push_back(each.reader);
    }
    settled.clear();
  }
  const double seconds = micros(begin, now()) / 1e6;
  const double cpu = cpu_micros() - cpu_before -
                     static_cast<double>(loop_work.count()) / 1e3 * static_cast<double>(clicks);
  std::printf(
      "{\"clicks_per_s\": %.0f, \"cpu_us\": %.3f, \"p50_us\": %.1f, \"p99_us\": %.1f, "
      "\"clicks_per_turn\": %.1f}\n",
      static_cast<double>(clicks) / seconds, cpu / static_cast<double>(clicks), at_share(took, 0.5),
      at_share(took, 0.99), static_cast<double>(clicks) / static_cast<double>(turns));
}

/// Readers who are answered at their deadline whatever the disk does, and a disk that does nothing
/// for a while.
void measure_stall(const std::string& name) {
  constexpr std::uint32_t kReaders = 64;
  constexpr auto kDeadline = std::chrono::milliseconds(50);
  constexpr auto kStall = std::chrono::milliseconds(1000);
  const TemporaryFolder folder;
  StallingDisk disk;
  const std::vector<Click> samples = make_clicks(4096);
  const auto design =
      make_design(name, {.folder = folder.path, .segment_bytes = 4u << 20, .disk = &disk});
  std::vector<Instant> asked(kReaders);
  std::vector<bool> waits(kReaders, false);
  std::vector<std::uint32_t> unsettled(kReaders, 0);
  std::vector<Settled> settled;
  std::size_t appended = 0;
  std::size_t recorded = 0;
  std::size_t at_deadline = 0;
  std::size_t fates = 0;
  double longest = 0;
  std::jthread stall;
  const Instant begin = now();
  const Instant end =
      begin + std::chrono::milliseconds(300) + kStall + std::chrono::milliseconds(300);
  while (now() < end || fates < appended) {
    const bool asking = now() < end;
    if (!stall.joinable() && now() > begin + std::chrono::milliseconds(300))
      stall = std::jthread([&] {
        disk.stall();
        std::this_thread::sleep_for(kStall);
        disk.resume();
      });
    for (std::uint32_t reader = 0; reader < kReaders && asking; ++reader) {
      if (waits[reader]) continue;
      Click click = samples[appended % samples.size()];
      click.id.value = static_cast<std::int64_t>(++appended);
      asked[reader] = now();
      waits[reader] = true;
      ++unsettled[reader];
      design->append(std::move(click), reader);
    }
    design->end_turn();
    design->take_settled(settled);
    if (settled.empty()) design->wait(std::chrono::milliseconds(1));
    for (const Settled& each : settled) {
      ++fates;
      recorded += each.recorded ? 1 : 0;
      // Only the last of a reader's clicks may still have somebody waiting for it.
      if (--unsettled[each.reader] != 0 || !waits[each.reader]) continue;
      waits[each.reader] = false;
      longest = std::max(longest, micros(asked[each.reader], now()));
    }
    settled.clear();
    for (std::uint32_t reader = 0; reader < kReaders; ++reader) {
      if (!waits[reader] || now() - asked[reader] < kDeadline) continue;
      waits[reader] = false;
      ++at_deadline;
      longest = std::max(longest, micros(asked[reader], now()));
    }
  }
  std::printf(
      "{\"longest_ms\": %.1f, \"deadline_ms\": %d, \"stall_ms\": %d, \"at_deadline\": %zu, "
      "\"appended\": %zu, \"recorded\": %zu}\n",
      longest / 1e3, static_cast<int>(kDeadline.count()), static_cast<int>(kStall.count()),
      at_deadline, appended, recorded);
}

int run(const std::vector<std::string>& words) {
  if (words.size() == 6 && words[0] == "pace")
    measure_pace(words[1], words[2], std::stoul(words[3]), std::stoul(words[4]),
                 std::chrono::nanoseconds(std::stoul(words[5])));
  else if (words.size() == 2 && words[0] == "stall")
    measure_stall(words[1]);
  else if (words.size() == 2 && words[0] == "parts")
    measure_parts(std::stoul(words[1]));
  else
    return 2;
  return 0;
}

}  // namespace
}  // namespace candor::bench

int main(int argc, char** argv) {
  try {
    return candor::bench::run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << "journal_bench: " << error.what() << "\n";
    return 1;
  }
}
