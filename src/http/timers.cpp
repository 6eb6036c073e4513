#include "http/timers.h"

#include <algorithm>

namespace candor::http {
namespace {

constexpr std::size_t kRebuildAbove = 1024;

}  // namespace

bool Timers::later(const Entry& a, const Entry& b) {
  return a.when != b.when ? a.when > b.when : a.sequence > b.sequence;
}

std::uint64_t Timers::add(TimePoint when, Work work) {
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  const std::uint32_t index = free_.back();
  free_.pop_back();
  Slot& slot = slots_[index];
  slot.live = true;
  slot.work = std::move(work);
  const std::uint64_t id = (std::uint64_t{slot.generation} << 32) | index;
  heap_.push_back({when, sequence_++, id});
  std::push_heap(heap_.begin(), heap_.end(), later);
  return id;
}

Timers::Slot* Timers::find(std::uint64_t id) {
  const auto index = static_cast<std::uint32_t>(id);
  if (index >= slots_.size()) return nullptr;
  Slot& slot = slots_[index];
  return slot.live && slot.generation == id >> 32 ? &slot : nullptr;
}

void Timers::release(std::uint64_t id) {
  const auto index = static_cast<std::uint32_t>(id);
  slots_[index].live = false;
  ++slots_[index].generation;
  free_.push_back(index);
}

void Timers::cancel(std::uint64_t id) {
  Slot* slot = find(id);
  if (slot == nullptr) return;
  slot->work = nullptr;
  release(id);
  // Most deadlines are cancelled long before they are due; the heap must not grow with them.
  if (++cancelled_ > kRebuildAbove && cancelled_ > heap_.size() / 2) drop_stale();
}

void Timers::drop_stale() {
  std::erase_if(heap_, [this](const Entry& entry) { return find(entry.id) == nullptr; });
  std::make_heap(heap_.begin(), heap_.end(), later);
  cancelled_ = 0;
}

std::optional<Timers::TimePoint> Timers::next() {
  while (!heap_.empty() && find(heap_.front().id) == nullptr) {
    std::pop_heap(heap_.begin(), heap_.end(), later);
    heap_.pop_back();
    if (cancelled_ > 0) --cancelled_;
  }
  if (heap_.empty()) return std::nullopt;
  return heap_.front().when;
}

std::optional<Timers::Work> Timers::take_due(TimePoint now, std::uint64_t mark) {
  const std::optional<TimePoint> due = next();
  if (!due || *due > now || heap_.front().sequence >= mark) return std::nullopt;
  const std::uint64_t id = heap_.front().id;
  std::pop_heap(heap_.begin(), heap_.end(), later);
  heap_.pop_back();
  Work work = std::move(find(id)->work);
  release(id);
  return work;
}

}  // namespace candor::http
