// A click to bytes in a segment, to the disk, and back.
#include <benchmark/benchmark.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>

#include "bench/clicks.h"
#include "journal/journal.h"
#include "journal/segment_packer.h"

namespace candor::bench {
namespace {

void encode_click(benchmark::State& state) {
  const auto clicks = make_clicks(16'384);
  std::string out;
  std::size_t at = 0;
  for (auto _ : state) {
    out.clear();
    journal::ClickRecord record;
    record.click.id = clicks[at % clicks.size()].id;
    record.click.link = clicks[at % clicks.size()].link;
    record.click.visitor = clicks[at % clicks.size()].visitor;
    record.referrer = record.user_agent = static_cast<std::uint32_t>(1 + at % 1000);
    journal::append_record(out, journal::RecordType::Click, journal::encode_click(record), 1, at);
    benchmark::DoNotOptimize(out.data());
    ++at;
  }
}
BENCHMARK(encode_click);

void pack_click(benchmark::State& state) {
  constexpr std::uint64_t kSegmentBytes = 16u << 20;
  const auto clicks = make_clicks(16'384);
  journal::SegmentPacker packer(1, kSegmentBytes);
  std::uint64_t segment = 1;
  std::size_t at = 0;
  for (auto _ : state) {
    if (!packer.add(clicks[at++ % clicks.size()]))
      packer = journal::SegmentPacker(++segment, kSegmentBytes);
    if (at % 64 == 0) packer.mark_written();
  }
}
BENCHMARK(pack_click);

/// Appends at full pace, a thousand clicks at a time, and waits for the last of them.
void append_click(benchmark::State& state, journal::Durability durability) {
  constexpr std::size_t kAtOnce = 1000;
  const TemporaryFolder folder;
  const auto clicks = make_clicks(16'384);
  journal::Journal journal({.directory = folder.path, .durability = durability});
  std::mutex mutex;
  std::condition_variable done;
  std::size_t settled = 0;
  std::size_t failed = 0;
  std::size_t at = 0;
  for (auto _ : state) {
    settled = 0;
    for (std::size_t i = 0; i < kAtOnce; ++i)
      journal.append(clicks[at++ % clicks.size()], [&](journal::AppendOutcome outcome) {
        const std::scoped_lock lock(mutex);
        if (outcome != journal::AppendOutcome::Recorded) ++failed;
        if (++settled == kAtOnce) done.notify_one();
      });
    std::unique_lock lock(mutex);
    done.wait(lock, [&] { return settled == kAtOnce; });
  }
  if (failed > 0) state.SkipWithError("clicks were not recorded");
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kAtOnce));
}
BENCHMARK_CAPTURE(append_click, process, journal::Durability::Process)->UseRealTime();
BENCHMARK_CAPTURE(append_click, power, journal::Durability::Power)->UseRealTime();

void read_journal(benchmark::State& state) {
  constexpr std::size_t kClicks = 100'000;
  const TemporaryFolder folder;
  write_journal(folder.path, make_clicks(kClicks));
  for (auto _ : state) {
    journal::Reader reader(folder.path);
    std::size_t found = 0;
    journal::Position at;
    for (;;) {
      journal::Batch batch = reader.read(at, 16'384);
      if (batch.clicks.empty() && batch.next == at) break;
      found += batch.clicks.size();
      at = batch.next;
    }
    if (found != kClicks) state.SkipWithError("clicks are missing");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kClicks));
}
BENCHMARK(read_journal)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace candor::bench
