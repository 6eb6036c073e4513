#include "bench/click_ring.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <new>
#include <stdexcept>
#include <type_traits>

namespace candor::bench {
namespace {

constexpr std::size_t kTexts = 4;
constexpr std::uint64_t kAlignment = 8;

}  // namespace

/// Followed by the bytes of the texts. `bytes` is that of all of it; an entry without a click only
/// fills the ring to its end.
struct ClickRing::Entry {
  std::uint32_t bytes;
  std::uint32_t reader;
  bool has_click;
  bool recorded;
  Verdict verdict;
  Country country;
  Device device;
  Os os;
  AsnClass asn_class;
  ClickKind kind;
  std::uint8_t variant;
  std::uint16_t placement;
  std::int32_t skew_ms;
  std::uint16_t text_bytes[kTexts];
  std::int64_t id;
  std::int64_t link;
  std::int64_t article;
  std::uint64_t visitor;
};

ClickRing::ClickRing(const std::filesystem::path& path, std::uint64_t bytes) : bytes_(bytes) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const auto length = static_cast<off_t>(sizeof(Control) + bytes);
  if (file < 0 || ::posix_fallocate(file, 0, length) != 0)
    throw std::runtime_error("no room for the ring");
  memory_ = ::mmap(nullptr, sizeof(Control) + bytes, PROT_READ | PROT_WRITE,
                   MAP_SHARED | MAP_POPULATE, file, 0);
  ::close(file);
  if (memory_ == MAP_FAILED) throw std::runtime_error("cannot map the ring");
  control_ = new (memory_) Control{};
  entries_ = static_cast<char*>(memory_) + sizeof(Control);
}

ClickRing::~ClickRing() { ::munmap(memory_, sizeof(Control) + bytes_); }

ClickRing::Entry& ClickRing::entry_at(std::uint64_t place) {
  return *reinterpret_cast<Entry*>(entries_ + place % bytes_);
}

bool ClickRing::push(const Click& click, std::uint32_t reader) {
  const std::string* const texts[kTexts] = {&click.reason, &click.referrer, &click.user_agent,
                                            &click.language};
  std::uint64_t bytes = sizeof(Entry);
  for (const std::string* text : texts) bytes += text->size();
  bytes = (bytes + kAlignment - 1) / kAlignment * kAlignment;
  const std::uint64_t to_end = bytes_ - pushed_ % bytes_;
  const std::uint64_t skipped = to_end < bytes + sizeof(Entry) ? to_end : 0;
  if (pushed_ - released_ + skipped + bytes + sizeof(Entry) > bytes_) return false;
  if (skipped != 0) {
    Entry& filler = entry_at(pushed_);
    filler.bytes = static_cast<std::uint32_t>(skipped);
    filler.has_click = false;
    pushed_ += skipped;
  }
  Entry& entry = entry_at(pushed_);
  entry = {.bytes = static_cast<std::uint32_t>(bytes),
           .reader = reader,
           .has_click = true,
           .recorded = false,
           .verdict = click.verdict,
           .country = click.country,
           .device = click.device,
           .os = click.os,
           .asn_class = click.asn_class,
           .kind = click.kind,
           .variant = click.variant,
           .placement = click.placement,
           .skew_ms = click.skew_ms,
           .text_bytes = {},
           .id = click.id.value,
           .link = click.link.value,
           .article = click.article.value,
           .visitor = click.visitor};
  char* to = reinterpret_cast<char*>(&entry) + sizeof(Entry);
  for (std::size_t n = 0; n < kTexts; ++n) {
    entry.text_bytes[n] = static_cast<std::uint16_t>(texts[n]->size());
    std::memcpy(to, texts[n]->data(), texts[n]->size());
    to += texts[n]->size();
  }
  pushed_ += bytes;
  return true;
}

void ClickRing::publish() {
  control_->published.store(pushed_);
  if (!control_->consumer_sleeps.exchange(false)) return;
  control_->wake_ups.fetch_add(1);
  control_->wake_ups.notify_one();
}

void ClickRing::take_settled(std::vector<Settled>& out) {
  const std::uint64_t settled = control_->settled.load();
  while (released_ < settled) {
    const Entry& entry = entry_at(released_);
    if (entry.has_click) out.push_back({entry.reader, entry.recorded});
    released_ += entry.bytes;
  }
}

bool ClickRing::announce_sleep() {
  control_->producer_sleeps.store(true);
  if (control_->settled.load() == released_) return true;
  control_->producer_sleeps.store(false);
  return false;
}

void ClickRing::stop() {
  control_->stopped.store(true);
  control_->wake_ups.fetch_add(1);
  control_->wake_ups.notify_one();
}

bool ClickRing::wait() {
  while (control_->published.load() == taken_) {
    const std::uint32_t before = control_->wake_ups.load();
    control_->consumer_sleeps.store(true);
    if (control_->published.load() != taken_) break;
    if (control_->stopped.load()) return false;
    control_->wake_ups.wait(before);
  }
  control_->consumer_sleeps.store(false);
  return true;
}

bool ClickRing::take(Click& click) {
  const std::uint64_t published = control_->published.load();
  while (taken_ < published && !entry_at(taken_).has_click) taken_ += entry_at(taken_).bytes;
  if (taken_ == published) return false;
  const Entry& entry = entry_at(taken_);
  click.id.value = entry.id;
  click.link.value = entry.link;
  click.article.value = entry.article;
  click.placement = entry.placement;
  click.visitor = entry.visitor;
  click.verdict = entry.verdict;
  click.country = entry.country;
  click.device = entry.device;
  click.os = entry.os;
  click.asn_class = entry.asn_class;
  click.kind = entry.kind;
  click.variant = entry.variant;
  click.skew_ms = entry.skew_ms;
  std::string* const texts[kTexts] = {&click.reason, &click.referrer, &click.user_agent,
                                      &click.language};
  const char* from = reinterpret_cast<const char*>(&entry) + sizeof(Entry);
  for (std::size_t n = 0; n < kTexts; ++n) {
    texts[n]->assign(from, entry.text_bytes[n]);
    from += entry.text_bytes[n];
  }
  taken_ += entry.bytes;
  return true;
}

bool ClickRing::settle(bool recorded) {
  for (std::uint64_t at = control_->settled.load(); at < taken_; at += entry_at(at).bytes)
    entry_at(at).recorded = recorded;
  control_->settled.store(taken_);
  return control_->producer_sleeps.exchange(false);
}

}  // namespace candor::bench
