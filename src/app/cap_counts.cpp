#include "app/cap_counts.h"

#include "journal/journal.h"

namespace candor::app {
namespace {

/// What is absorbed between two looks would be counted twice, so that a link ended early; the
/// journal behind the position is then read at leisure.
CapCounts count_stored(const store::Store& store, journal::Position& position) {
  for (;;) {
    position = store.absorbed();
    CapCounts counts;
    for (const store::LinkClicks& each : store.clicks_of_capped_links())
      counts[each.link] = each.clicks;
    if (store.absorbed() == position) return counts;
  }
}

}  // namespace

CapCounts count_clicks(const store::Store& store, const std::filesystem::path& journal) {
  constexpr std::size_t kBatch = 16'384;
  journal::Position at;
  CapCounts counts = count_stored(store, at);
  journal::Reader reader(journal);
  for (;;) {
    const journal::Batch batch = reader.read(at, kBatch);
    for (const Click& click : batch.clicks)
      if (click.verdict == Verdict::Human) ++counts[click.link];
    if (batch.next == at) return counts;
    at = batch.next;
  }
}

}  // namespace candor::app
