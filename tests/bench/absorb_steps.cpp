// Clicks from the journal into the database.
#include <benchmark/benchmark.h>

#include <memory>

#include "absorb/absorber.h"
#include "bench/clicks.h"
#include "rollup/site_zone.h"
#include "sqlite/store.h"

namespace candor::bench {
namespace {

void absorb_click(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const auto clicks = make_clicks(count);
  const rollup::SiteZone zone = rollup::SiteZone::find("Europe/Berlin").value();
  for (auto _ : state) {
    state.PauseTiming();
    auto folder = std::make_unique<TemporaryFolder>();
    write_journal(folder->path / "journal", clicks);
    auto store = sqlite::open_store({.path = folder->path / "candor.db"});
    auto absorber = std::make_unique<absorb::Absorber>(folder->path / "journal", *store, zone);
    state.ResumeTiming();
    const absorb::Progress progress = absorber->absorb_all();
    state.PauseTiming();
    if (progress.clicks != count || !progress.damage.empty())
      state.SkipWithError("clicks are missing");
    absorber.reset();
    store.reset();
    folder.reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(absorb_click)->Arg(20'000)->Arg(500'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace candor::bench
