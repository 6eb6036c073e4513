#include "bench/year_of_money.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <stdlib.h>

#include <random>
#include <string>

#include "base/clock.h"
#include "bench/spent.h"
#include "bench/year_of_clicks.h"
#include "click/click_token.h"
#include "jobs/attribute.h"
#include "jobs/dimension_report.h"
#include "jobs/import_report.h"
#include "support/awin_report.h"

namespace candor::bench {
namespace {

constexpr std::int64_t kImportedMs = kBeginMs + (kDays + 2) * kDayMs;

class ImportDay final : public Clock {
 public:
  Millis now() const override { return from_ms(kImportedMs); }
};

const std::vector<ClickTokenKey>& keys() {
  static const std::vector<ClickTokenKey> all(1);
  return all;
}

std::string day_text(std::int64_t at_ms, const char* format) {
  return fmt::format(
      fmt::runtime(format),
      fmt::gmtime(static_cast<std::time_t>(at_ms / 1'000)));  // UTC, as the site's zone here
}

/// A sale a day after each click.
std::string awin_sales(std::span<const ClickId> clicks) {
  std::vector<std::string> texts;
  texts.reserve(clicks.size() * 3);
  std::vector<AwinSale> sales;
  for (const ClickId click : clicks) {
    const std::string& id = texts.emplace_back(std::to_string(900'000'000 + texts.size()));
    const std::string& token = texts.emplace_back(make_click_token(click, keys()[0]));
    const std::string& date =
        texts.emplace_back(day_text(at_ms(click) + kDayMs, "{:%Y-%m-%d %H:%M:%S}"));
    sales.push_back({id, "approved", "3.14", token, date});
  }
  return awin_report(sales);
}

std::string amazon_sales(std::size_t count) {
  std::mt19937_64 random(7);
  std::string text =
      "Fee-Earnings reports from 01-01-2025 to 12-31-2025\n"
      "Category,Name,ASIN,Seller,Tracking ID,Date Shipped,Price($),Items Shipped,Returns,"
      "Revenue($),Ad Fees($),Device Type Group\n";
  for (std::size_t n = 0; n < count; ++n) {
    std::size_t link = 0;
    while (is_awin(link))
      link = (skewed(random, kSiteArticles) * 10 + 1 + skewed(random, 10)) % kLinks;
    const auto day = static_cast<std::int64_t>(random() % kDays);
    text += fmt::format(
        "Kitchen,Example {0},{1},Amazon,site-20,{2} 00:00:00,89.99,1,0,89.99,{3}.05,PHONE\n", n,
        asin_of(link), day_text(kBeginMs + day * kDayMs, "{:%Y-%m-%d}"), 1 + n % 9);
  }
  return text;
}

void bring(store::Store& store, const rollup::SiteZone& zone, const std::string& text,
           const std::string& network) {
  const auto result = jobs::import_report(store, ImportDay(), text, network + ".csv",
                                          {.network = network,
                                           .currency = find_currency("USD"),
                                           .account = "1",
                                           .from_day = {},
                                           .to_day = {}},
                                          {}, zone);
  if (result && result->errors.empty()) return;
  fmt::print(stderr, "import: {}\n",
             result ? result->errors.front().reason : result.error().message);
  std::exit(1);
}

jobs::AttributionSummary attribute(store::Store& store) {
  const std::vector<std::string> hosts{"blog.example"};
  return jobs::attribute(store, {.keys = keys(), .site_hosts = hosts});
}

void measure_reports(const store::Store& store, const rollup::SiteZone& zone, int runs,
                     const char* from) {
  const rollup::DayNumber first = zone.day_of(kBeginMs);
  for (int days : {28, 90, kDays})
    print(fmt::format("{}: articles report, {} days", from, days), median(runs, [&] {
            static_cast<void>(
                store.load_articles_report(zone, first + kDays - days, first + kDays - 1));
          }));
  for (const auto& [by, name] : {std::pair{report::Dimension::Article, "article"},
                                 {report::Dimension::Merchant, "merchant"},
                                 {report::Dimension::Country, "country"}})
    for (int days : {28, kDays})
      print(fmt::format("{}: report by {}, {} days", from, name, days), median(runs, [&] {
              static_cast<void>(jobs::load_dimension_report(
                  store, zone, {.by = by, .from = first + kDays - days, .to = first + kDays - 1}));
            }));
}

}  // namespace

void measure_money(store::Store& store, const rollup::SiteZone& zone,
                   const std::vector<ClickId>& clicks, std::size_t commissions, int runs) {
  const std::string awin =
      awin_sales(std::span(clicks).first(std::min(clicks.size(), commissions / 2)));
  const std::string amazon = amazon_sales(commissions / 2);
  const Spent imported = time([&] {
    bring(store, zone, awin, "awin");
    bring(store, zone, amazon, "amazon");
  });
  print("commissions imported", static_cast<double>(commissions) / imported.wall_s / 1e3,
        "k rows/s");
  forget_peak();
  jobs::AttributionSummary summary;
  const Spent attributed = time([&] { summary = attribute(store); });
  print(fmt::format("{} commissions attributed", summary.booked), attributed);
  print("memory held at most, of the whole process", peak_megabytes(), "MB");
  measure_reports(store, zone, 1, "commissions");
  print("days of money packed", time([&] { static_cast<void>(store.pack_money(zone)); }));
  measure_reports(store, zone, runs, "packed");
}

void measure_night(store::Store& store, const rollup::SiteZone& zone, YearOfClicks& year,
                   std::size_t clicks, std::uint64_t journal_position) {
  const journal::Records records = year.day_after(clicks);
  std::vector<ClickId> sold;
  for (std::size_t n = 0; n < records.clicks.size(); n += 50)
    sold.push_back(records.clicks[n].click.id);
  const std::string sales = awin_sales(sold);
  const rollup::DayNumber day = zone.day_of(kBeginMs) + kDays;
  Spent all;
  const auto step = [&](const char* name, const std::function<void()>& work) {
    const Spent spent = time(work);
    print(fmt::format("night: {}", name), spent);
    all += spent;
  };
  step("clicks taken in and counted", [&] {
    store.absorb_records(records, zone, {1, journal_position + clicks});
    store.checkpoint();
  });
  step("day closed", [&] { store.close_day(day, zone); });
  step("report imported", [&] { bring(store, zone, sales, "awin"); });
  step("attributed", [&] { static_cast<void>(attribute(store)); });
  step("reported", [&] {
    static_cast<void>(jobs::load_dimension_report(store, zone,
                                                  {.by = report::Dimension::Article,
                                                   .from = day - 27,
                                                   .to = day,
                                                   .compare = report::Comparison::Previous}));
  });
  print("night, all of it", all);
}

}  // namespace candor::bench
