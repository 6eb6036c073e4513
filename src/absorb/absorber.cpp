#include "absorb/absorber.h"

#include <utility>

namespace candor::absorb {
namespace {

// Either keeps the write-ahead log at some 15 MB: many small transactions, or few large ones.
constexpr std::size_t kTransactionsUntilCheckpoint = 256;
constexpr std::uint64_t kClicksUntilCheckpoint = 262'144;

}  // namespace

Absorber::Absorber(std::filesystem::path journal_directory, store::ClickStore& store,
                   const rollup::SiteZone& zone)
    : directory_(std::move(journal_directory)), reader_(directory_), store_(store), zone_(zone) {}

Progress Absorber::absorb_all(std::size_t batch, journal::Position until) {
  Progress progress;
  journal::Position at = store_.absorbed();
  journal::RecordBatch read;
  for (;;) {
    read = reader_.read_records(at, batch, until, std::move(read.records.clicks));
    for (journal::Damage& damage : read.damage)
      if (reported_.emplace(damage.segment, damage.offset).second)
        untold_.push_back(std::move(damage));
    const std::size_t clicks = read.records.clicks.size();
    if (clicks == 0 && read.next == at) break;
    store_.absorb_records(read.records, zone_, read.next);
    at = read.next;
    progress.clicks += clicks;
    clicks_ += clicks;
    ++transactions_;
    if (is_settling_due(at)) settle();
  }
  progress.damage = std::exchange(untold_, {});
  return progress;
}

bool Absorber::settle() {
  const journal::Position at = store_.absorbed();
  if (!store_.checkpoint()) return false;
  journal::remove_before(directory_, at);
  settled_ = at;
  transactions_ = 0;
  clicks_ = 0;
  return true;
}

bool Absorber::is_settling_due(journal::Position at) const {
  return transactions_ >= kTransactionsUntilCheckpoint || clicks_ >= kClicksUntilCheckpoint ||
         at.segment != settled_.segment;
}

}  // namespace candor::absorb
