#include "bench/year_of_clicks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace candor::bench {
namespace {

constexpr std::size_t kVisitorsOfADay = 60'000;

std::shared_ptr<const journal::Texts> make_texts() {
  auto texts = std::make_shared<journal::Texts>(3'200);
  for (std::size_t n = 1; n < texts->size(); ++n)
    (*texts)[n] = fmt::format("a text of some length that many clicks share, number {}", n);
  return texts;
}

}  // namespace

std::string asin_of(std::size_t link) { return fmt::format("B0{:08}", link); }

void add_site(store::Store& store) {
  std::vector<Link> links(kLinks);
  for (std::size_t n = 0; n < kLinks; ++n) {
    links[n].slug = fmt::format("l{}", n);
    links[n].destination =
        is_awin(n) ? fmt::format("https://m{}.example/{}", n % kMerchants, n)
                   : fmt::format("https://www.amazon.com/dp/{}?tag=site-20", asin_of(n));
    links[n].merchant = fmt::format("merchant {}", n % kMerchants);
    links[n].network = is_awin(n) ? "awin" : "amazon";
  }
  store.add_links(links);
  std::vector<store::ArticleScan> scans(kSiteArticles);
  for (std::size_t n = 0; n < kSiteArticles; ++n) {
    scans[n].article.path = fmt::format("/article-{}/", n);
    scans[n].article.findings_json = "[]";
  }
  store.record_scans(scans);
}

std::size_t skewed(std::mt19937_64& random, std::size_t limit) {
  const double unit = static_cast<double>(random() >> 11) * 0x1.0p-53;
  return std::min(limit - 1,
                  static_cast<std::size_t>(std::pow(static_cast<double>(limit), unit)) - 1);
}

YearOfClicks::YearOfClicks(std::size_t clicks)
    : clicks_(clicks),
      gap_ms_(static_cast<double>(kDays) * kDayMs / static_cast<double>(clicks)),
      texts_(make_texts()) {}

journal::Records YearOfClicks::next(std::size_t count) {
  const auto from = kBeginMs + static_cast<std::int64_t>(static_cast<double>(done_) * gap_ms_);
  count = std::min(count, clicks_ - done_);
  done_ += count;
  return make(from, gap_ms_, count);
}

journal::Records YearOfClicks::day_after(std::size_t count) {
  return make(kBeginMs + kDays * kDayMs, static_cast<double>(kDayMs) / static_cast<double>(count),
              count);
}

journal::Records YearOfClicks::make(std::int64_t from_ms, double gap_ms, std::size_t count) {
  journal::Records records{.clicks = std::vector<journal::ClickRecord>(count), .texts = texts_};
  std::int64_t last = 0;
  for (std::size_t n = 0; n < count; ++n) {
    journal::ClickRecord& record = records.clicks[n];
    ClickFacts& click = record.click;
    const auto at = from_ms + static_cast<std::int64_t>(static_cast<double>(n) * gap_ms);
    click.id.value = std::max(last + 1, first_click_id(at).value);
    last = click.id.value;
    const std::size_t article = skewed(random_, kSiteArticles);
    click.article.value = static_cast<std::int64_t>(1 + article);
    click.placement = static_cast<std::uint16_t>(1 + skewed(random_, 10));
    click.link.value = static_cast<std::int64_t>(1 + (article * 10 + click.placement) % kLinks);
    const std::int64_t day = at / kDayMs;
    click.visitor =
        (static_cast<std::uint64_t>(day) * 1'000'003 + 1 + random_() % kVisitorsOfADay) *
        0x9E3779B97F4A7C15u;
    click.country =
        Country::from_code(static_cast<std::uint16_t>('A' * 256 + 'A' + skewed(random_, 25)));
    click.device = static_cast<Device>(1 + random_() % 4);
    click.os = static_cast<Os>(1 + random_() % 6);
    record.user_agent = static_cast<std::uint32_t>(1 + skewed(random_, 500));
    record.referrer = static_cast<std::uint32_t>(600 + article);
    record.language = static_cast<std::uint32_t>(3'000 + skewed(random_, 12));
    if (random_() % 20 == 0) {
      click.verdict = Verdict::Bot;
      record.reason = static_cast<std::uint32_t>(3'100 + random_() % 20);
    }
  }
  return records;
}

}  // namespace candor::bench
