// Clicks of a year: taken in, closed and packed into columns as the product does it, then counted.
// Prints one line a figure: name, value, unit.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "bench/clicks.h"
#include "journal/click_record.h"
#include "rollup/site_zone.h"
#include "sqlite/store.h"

namespace candor::bench {
namespace {

constexpr std::int64_t kBeginMs = 1'735'689'600'000;  // 2025-01-01T00:00Z
constexpr std::int64_t kDayMs = 86'400'000;
constexpr int kDays = 365;
constexpr std::size_t kLinks = 20'000;
constexpr std::size_t kSiteArticles = 2'000;
constexpr std::size_t kBatch = 50'000;

class SeededRandom final : public Random {
 public:
  void fill(std::span<std::byte> out) override {
    for (std::byte& byte : out) byte = static_cast<std::byte>(engine_());
  }

 private:
  std::mt19937_64 engine_{9};
};

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](timeval time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Spent {
  double wall_s = 0;
  double cpu_s = 0;
};

Spent time(const std::function<void()>& work) {
  const double cpu = cpu_seconds();
  const auto begin = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  return {wall.count(), cpu_seconds() - cpu};
}

/// The median of some runs.
Spent median(int runs, const std::function<void()>& work) {
  std::vector<Spent> all;
  for (int n = 0; n < runs; ++n) all.push_back(time(work));
  std::ranges::sort(all, {}, &Spent::wall_s);
  return all[all.size() / 2];
}

void add_site(store::Store& store) {
  std::vector<Link> links(kLinks);
  for (std::size_t n = 0; n < kLinks; ++n) {
    links[n].slug = fmt::format("l{}", n);
    links[n].destination = fmt::format("https://m{}.example/{}", n % 100, n);
    links[n].merchant = fmt::format("merchant {}", n % 100);
    links[n].network = n % 3 == 0 ? "awin" : "amazon";
  }
  store.add_links(links);
  std::vector<store::ArticleScan> scans(kSiteArticles);
  for (std::size_t n = 0; n < kSiteArticles; ++n) {
    scans[n].article.path = fmt::format("/article-{}/", n);
    scans[n].article.findings_json = "[]";
  }
  store.record_scans(scans);
}

/// A number below `limit`, small ones far likelier.
std::size_t skewed(std::mt19937_64& random, std::size_t limit) {
  const double unit = static_cast<double>(random() >> 11) * 0x1.0p-53;
  return std::min(limit - 1,
                  static_cast<std::size_t>(std::pow(static_cast<double>(limit), unit)) - 1);
}

journal::Records make_batch(std::mt19937_64& random, std::int64_t from_ms, double gap_ms,
                            std::size_t count, const std::shared_ptr<const journal::Texts>& texts) {
  journal::Records records{.clicks = std::vector<journal::ClickRecord>(count), .texts = texts};
  std::int64_t last = 0;
  const std::size_t visitors = 60'000;
  for (std::size_t n = 0; n < count; ++n) {
    journal::ClickRecord& record = records.clicks[n];
    ClickFacts& click = record.click;
    const auto at = from_ms + static_cast<std::int64_t>(static_cast<double>(n) * gap_ms);
    click.id.value = std::max(last + 1, first_click_id(at).value);
    last = click.id.value;
    const std::size_t article = skewed(random, kSiteArticles);
    click.article.value = static_cast<std::int64_t>(1 + article);
    click.placement = static_cast<std::uint16_t>(1 + skewed(random, 10));
    click.link.value = static_cast<std::int64_t>(1 + (article * 10 + click.placement) % kLinks);
    const std::int64_t day = at / kDayMs;
    click.visitor = (static_cast<std::uint64_t>(day) * 1'000'003 + 1 + random() % visitors) *
                    0x9E3779B97F4A7C15u;
    click.country =
        Country::from_code(static_cast<std::uint16_t>('A' * 256 + 'A' + skewed(random, 25)));
    click.device = static_cast<Device>(1 + random() % 4);
    click.os = static_cast<Os>(1 + random() % 6);
    record.user_agent = static_cast<std::uint32_t>(1 + skewed(random, 500));
    record.referrer = static_cast<std::uint32_t>(600 + article);
    record.language = static_cast<std::uint32_t>(3'000 + skewed(random, 12));
    if (random() % 20 == 0) {
      click.verdict = Verdict::Bot;
      record.reason = static_cast<std::uint32_t>(3'100 + random() % 20);
    }
  }
  return records;
}

std::shared_ptr<const journal::Texts> make_texts() {
  auto texts = std::make_shared<journal::Texts>(3'200);
  for (std::size_t n = 1; n < texts->size(); ++n)
    (*texts)[n] = fmt::format("a text of some length that many clicks share, number {}", n);
  return texts;
}

void print(const std::string& name, double value, const char* unit) {
  fmt::print("{:<52} {:>14.3f} {}\n", name, value, unit);
  std::fflush(stdout);
}

void print(const std::string& name, Spent spent) {
  print(name, spent.wall_s * 1e3, "ms");
  print(name + ", CPU", spent.cpu_s * 1e3, "ms");
}

Spent take_in(store::Store& store, const rollup::SiteZone& zone, std::size_t clicks) {
  std::mt19937_64 random(1);
  const auto texts = make_texts();
  const double gap_ms = static_cast<double>(kDays) * kDayMs / static_cast<double>(clicks);
  Spent all;
  for (std::size_t done = 0; done < clicks;) {
    const std::size_t count = std::min(kBatch, clicks - done);
    const auto from = kBeginMs + static_cast<std::int64_t>(static_cast<double>(done) * gap_ms);
    const journal::Records records = make_batch(random, from, gap_ms, count, texts);
    done += count;
    const Spent spent = time([&] {
      store.absorb_records(records, zone, {1, done});
      if (done % (kBatch * 10) == 0) store.checkpoint();
    });
    all.wall_s += spent.wall_s;
    all.cpu_s += spent.cpu_s;
  }
  return all;
}

void ask(const store::Store& store, const rollup::SiteZone& zone, const std::string& name,
         std::vector<rollup::SliceDimension> by, bool visitors, int runs, int days = kDays) {
  const rollup::DayNumber first = zone.day_of(kBeginMs);
  store::SliceQuestion question{.from = first, .to = first + days - 1, .by = std::move(by)};
  question.visitors = visitors;
  std::size_t rows = 0;
  const Spent spent = median(runs, [&] { rows = store.slice_clicks(question, zone).size(); });
  print(name + fmt::format(" ({} rows)", rows), spent);
}

int run(std::size_t clicks, int runs) {
  using enum rollup::SliceDimension;
  const TemporaryFolder folder;
  const rollup::SiteZone zone = rollup::SiteZone::find("UTC").value();
  auto store = sqlite::open_store({.path = folder.path / "candor.db"});
  add_site(*store);
  const auto million = static_cast<double>(clicks) / 1e6;
  const Spent taken = take_in(*store, zone, clicks);
  print("taken in, rows and day counts", million / taken.wall_s, "M clicks/s");
  print("taken in, by CPU time", million / taken.cpu_s, "M clicks/s");
  store->checkpoint();
  const auto rows_bytes = std::filesystem::file_size(folder.path / "candor.db");
  print("file with rows", static_cast<double>(rows_bytes) / static_cast<double>(clicks),
        "bytes/click");
  ask(*store, zone, "rows: country x device x placement x merchant",
      {Country, Device, Placement, Merchant}, false, 1);
  SeededRandom random;
  const rollup::DayNumber first = zone.day_of(kBeginMs);
  std::int64_t bytes = 0;
  double slowest_s = 0;
  const Spent packed = time([&] {
    for (int day = 0; day < kDays; ++day) {
      auto last = std::chrono::steady_clock::now();
      const auto done = store->pack_day(first + day, zone, random, [&] {
        const std::chrono::duration<double> slice = std::chrono::steady_clock::now() - last;
        slowest_s = std::max(slowest_s, slice.count());
        last = std::chrono::steady_clock::now();
      });
      if (!done.refused.empty()) fmt::print("{}\n", done.refused);
      bytes += done.bytes;
    }
  });
  print("packed into columns", million / packed.wall_s, "M clicks/s");
  print("packed, by CPU time", million / packed.cpu_s, "M clicks/s");
  print("the longest time between two commits", slowest_s * 1e3, "ms");
  print("columns of a closed click", static_cast<double>(bytes) / static_cast<double>(clicks),
        "bytes/click");
  const Spent closed = time([&] {
    for (int day = 0; day < kDays; ++day) store->close_day(first + day, zone);
  });
  print("days counted to the end from columns", million / closed.wall_s, "M clicks/s");
  ask(*store, zone, "counts: by article, 365 days", {Article}, false, runs);
  ask(*store, zone, "counts: by article, 100 days", {Article}, false, runs, 100);
  ask(*store, zone, "counts: by article with visitor-days, 365 days", {Article}, true, runs);
  ask(*store, zone, "counts: by merchant, 365 days", {Merchant}, false, runs);
  ask(*store, zone, "columns: by country", {Country}, false, runs);
  ask(*store, zone, "columns: country x device x placement x merchant",
      {Country, Device, Placement, Merchant}, false, runs);
  ask(*store, zone, "columns: by country with visitor-days", {Country}, true, 1);
  return 0;
}

}  // namespace
}  // namespace candor::bench

int main(int argc, char** argv) {
  const std::size_t clicks = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000'000;
  const int runs = argc > 2 ? std::atoi(argv[2]) : 5;
  return candor::bench::run(clicks, runs);
}
