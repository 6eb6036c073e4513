// usage: report_bench CLICKS RUNS      clicks of a year: taken in, closed and packed into columns
// as
//                                      the product does it, then counted; and the money of it
//        report_bench csv CLICKS FILE  the same clicks as CSV, for another program
#include <cstdlib>
#include <string>
#include <vector>

#include "bench/clicks.h"
#include "bench/spent.h"
#include "bench/year_of_clicks.h"
#include "bench/year_of_money.h"
#include "rollup/site_zone.h"
#include "sqlite/store.h"

namespace candor::bench {
namespace {

constexpr std::size_t kBatch = 50'000;
constexpr std::size_t kCommissions = 100'000;
constexpr std::size_t kNightClicks = 100'000;

class SeededRandom final : public Random {
 public:
  void fill(std::span<std::byte> out) override {
    for (std::byte& byte : out) byte = static_cast<std::byte>(engine_());
  }

 private:
  std::mt19937_64 engine_{9};
};

/// The year's clicks into the store. Some of them, evenly: those that sell.
std::vector<ClickId> take_in(store::Store& store, const rollup::SiteZone& zone, YearOfClicks& year,
                             std::size_t clicks) {
  std::vector<ClickId> sold;
  const std::size_t step = std::max<std::size_t>(1, clicks / (kCommissions / 2));
  Spent all;
  for (std::size_t done = 0; done < clicks;) {
    const journal::Records records = year.next(kBatch);
    for (std::size_t n = (step - done % step) % step; n < records.clicks.size(); n += step)
      sold.push_back(records.clicks[n].click.id);
    done += records.clicks.size();
    all += time([&] {
      store.absorb_records(records, zone, {1, done});
      if (done % (kBatch * 10) == 0) store.checkpoint();
    });
  }
  const auto million = static_cast<double>(clicks) / 1e6;
  print("taken in, rows and day counts", million / all.wall_s, "M clicks/s");
  print("taken in, by CPU time", million / all.cpu_s, "M clicks/s");
  store.checkpoint();
  return sold;
}

void pack(store::Store& store, const rollup::SiteZone& zone, std::size_t clicks) {
  SeededRandom random;
  const auto million = static_cast<double>(clicks) / 1e6;
  const rollup::DayNumber first = zone.day_of(kBeginMs);
  std::int64_t bytes = 0;
  double slowest_s = 0;
  const Spent packed = time([&] {
    for (int day = 0; day < kDays; ++day) {
      auto last = std::chrono::steady_clock::now();
      const auto done = store.pack_day(first + day, zone, random, [&] {
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
    for (int day = 0; day < kDays; ++day) store.close_day(first + day, zone);
  });
  print("days counted to the end from columns", million / closed.wall_s, "M clicks/s");
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
  YearOfClicks year(clicks);
  const std::vector<ClickId> sold = take_in(*store, zone, year, clicks);
  const auto rows_bytes = std::filesystem::file_size(folder.path / "candor.db");
  print("file with rows", static_cast<double>(rows_bytes) / static_cast<double>(clicks),
        "bytes/click");
  ask(*store, zone, "rows: country x device x placement x merchant",
      {Country, Device, Placement, Merchant}, false, 1);
  pack(*store, zone, clicks);
  ask(*store, zone, "counts: by article, 365 days", {Article}, false, runs);
  ask(*store, zone, "counts: by article, 30 days", {Article}, false, runs, 30);
  ask(*store, zone, "counts: by article with visitor-days, 365 days", {Article}, true, runs);
  ask(*store, zone, "counts: by merchant, 365 days", {Merchant}, false, runs);
  ask(*store, zone, "columns: by country", {Country}, false, runs);
  ask(*store, zone, "columns: country x device x placement x merchant",
      {Country, Device, Placement, Merchant}, false, runs);
  ask(*store, zone, "columns: by country with visitor-days", {Country}, true, 1);
  measure_money(*store, zone, sold, std::min(kCommissions, sold.size() * 2), runs);
  measure_night(*store, zone, year, std::min(kNightClicks, clicks), clicks);
  return 0;
}

/// Columns:
/// id,at_ms,link,article,placement,country,device,os,visitor,user_agent,referrer,language,verdict,reason.
int write_csv(std::size_t clicks, const char* path) {
  std::FILE* out = std::fopen(path, "w");
  if (out == nullptr) return 1;
  YearOfClicks year(clicks);
  std::string lines;
  for (std::size_t done = 0; done < clicks;) {
    const journal::Records records = year.next(kBatch);
    lines.clear();
    for (const journal::ClickRecord& record : records.clicks) {
      const ClickFacts& click = record.click;
      fmt::format_to(std::back_inserter(lines), "{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n",
                     click.id.value, at_ms(click.id), click.link.value, click.article.value,
                     click.placement, click.country.text(), static_cast<int>(click.device),
                     static_cast<int>(click.os), click.visitor, record.user_agent, record.referrer,
                     record.language, static_cast<int>(click.verdict), record.reason);
    }
    std::fwrite(lines.data(), 1, lines.size(), out);
    done += records.clicks.size();
  }
  return std::fclose(out) == 0 ? 0 : 1;
}

}  // namespace
}  // namespace candor::bench

int main(int argc, char** argv) {
  if (argc == 4 && std::string_view(argv[1]) == "csv")
    return candor::bench::write_csv(std::strtoull(argv[2], nullptr, 10), argv[3]);
  if (argc == 3) return candor::bench::run(std::strtoull(argv[1], nullptr, 10), std::atoi(argv[2]));
  fmt::print(stderr, "usage: report_bench CLICKS RUNS | report_bench csv CLICKS FILE\n");
  return 2;
}
