// usage: import_bench FOLDER ROWS
// Brings a network's report file into a new store in FOLDER, as candor revenue import does, then
// the same file again, then with every status changed, and takes that back. Prints one line of JSON
// a step: rows, microseconds on the clock and of the processor, the longest slice, and the most
// memory so far.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/clock.h"
#include "jobs/import_report.h"
#include "sqlite/store.h"
#include "support/awin_report.h"

namespace {

using namespace candor;
using Time = std::chrono::steady_clock;

class LastDay final : public Clock {
 public:
  Millis now() const override { return from_ms(1'800'000'000'000); }
};

/// No more memory than the text: what it takes to make it is not the import's.
std::string make_report(int rows, std::string_view status) {
  constexpr std::size_t kRowBytes = 160;
  std::string report = awin_report({});
  report.reserve(report.size() + static_cast<std::size_t>(rows) * kRowBytes);
  for (int i = 0; i < rows; ++i) {
    const std::string id = std::to_string(900'000'000LL + 7LL * i);
    append_awin_sale(report, {id, status, "3.14", "k0123456789abcdef"}, "2026-11-17 10:00:00");
  }
  return report;
}

/// Of this process, by itself and by the kernel for it.
std::int64_t cpu_us() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto us = [](const timeval& time) { return time.tv_sec * 1'000'000LL + time.tv_usec; };
  return us(used.ru_utime) + us(used.ru_stime);
}

std::int64_t peak_kib() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss;
}

struct Step {
  std::string_view name;
  int rows = 0;
  std::int64_t began_cpu_us = cpu_us();
  Time::time_point began = Time::now();
  Time::time_point slice = began;
  std::int64_t longest_us = 0;

  void end_slice() {
    const auto now = Time::now();
    longest_us =
        std::max(longest_us,
                 static_cast<std::int64_t>(
                     std::chrono::duration_cast<std::chrono::microseconds>(now - slice).count()));
    slice = now;
  }
  void tell() const {
    const std::int64_t us =
        std::chrono::duration_cast<std::chrono::microseconds>(Time::now() - began).count();
    const std::int64_t cpu = cpu_us() - began_cpu_us;
    fmt::print(
        "{{\"step\":\"{}\",\"rows\":{},\"us\":{},\"cpu_us\":{},\"rows_per_s\":{},"
        "\"rows_per_cpu_s\":{},\"longest_slice_us\":{},\"peak_kib\":{}}}\n",
        name, rows, us, cpu, rows * 1'000'000LL / std::max<std::int64_t>(us, 1),
        rows * 1'000'000LL / std::max<std::int64_t>(cpu, 1), longest_us, peak_kib());
  }
};

jobs::ImportResult bring(store::Store& store, const std::string& report, std::string_view name,
                         int rows) {
  Step step;
  step.name = name;
  step.rows = rows;
  const auto zone = rollup::SiteZone::find("Europe/Berlin").value();
  bool first = true;
  auto result = jobs::import_report(store, LastDay(), report, name,
                                    {.network = "awin",
                                     .currency = find_currency("GBP"),
                                     .account = "1",
                                     .from_day = {},
                                     .to_day = {}},
                                    {}, zone, {}, [&](std::int64_t) {
                                      // What comes before the first slice is reading the file.
                                      if (first) step.slice = Time::now();
                                      first = false;
                                      step.end_slice();
                                    });
  if (!result) {
    fmt::print(stderr, "{}\n", result.error().message);
    std::exit(1);
  }
  step.tell();
  return *result;
}

}  // namespace

int main(int argc, char** argv) {
  int rows = 0;
  if (argc != 3 || std::from_chars(argv[2], argv[2] + std::string_view(argv[2]).size(), rows).ec !=
                       std::errc()) {
    fmt::print(stderr, "usage: import_bench FOLDER ROWS\n");
    return 2;
  }
  const auto store = sqlite::open_store({.path = std::filesystem::path(argv[1]) / "candor.db"});
  {
    const std::string report = make_report(rows, "pending");
    bring(*store, report, "new", rows);
    bring(*store, report, "again", rows);
    // Other bytes, the same rows.
    bring(*store, report + "\n", "renamed", rows);
  }
  const auto changed = bring(*store, make_report(rows, "approved"), "changed", rows);
  Step undo;
  undo.name = "undo";
  undo.rows = rows;
  store->undo_import(changed.import.id, 1'800'000'001'000);
  undo.tell();
}
