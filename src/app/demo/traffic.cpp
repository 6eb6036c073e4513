#include "app/demo/traffic.h"

#include <algorithm>
#include <array>

#include "click/click_id.h"

namespace candor::app::demo {
namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

constexpr std::array kReaders{
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/18.5 "
    "Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.0.0 Mobile "
    "Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 "
    "Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"};
constexpr std::array kRobots{
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)"};
constexpr std::array kRobotReasons{"crawler-user-agents:Googlebot\\/",
                                   "crawler-user-agents:bingbot", "crawler-user-agents:AhrefsBot"};
constexpr std::array kSources{"www.google.com/", "www.pinterest.com/", "duckduckgo.com/"};

/// Busier on Sundays, growing slowly over the quarter.
std::int64_t clicks_on(int day, Dice& dice) {
  const std::int64_t weekly = day % 7 == 0 ? 45 : day % 7 == 6 ? 30 : 0;
  return 90 + weekly + day / 3 + static_cast<std::int64_t>(dice.below(40));
}

const Placement& choose(const std::vector<Placement>& placements, std::int64_t total, Dice& dice) {
  auto at = static_cast<std::int64_t>(dice.below(static_cast<std::uint64_t>(total)));
  for (const Placement& each : placements) {
    at -= each.popularity;
    if (at < 0) return each;
  }
  return placements.back();
}

void give_verdict(Click& click, Dice& dice) {
  const auto roll = dice.below(100);
  const auto robot = static_cast<std::size_t>(dice.below(kRobots.size()));
  click.user_agent = kReaders[static_cast<std::size_t>(dice.below(kReaders.size()))];
  if (roll < 74) return;
  if (roll < 89) {
    click.verdict = Verdict::Bot;
    click.reason = kRobotReasons[robot];
    click.user_agent = kRobots[robot];
  } else if (roll < 93) {
    click.verdict = Verdict::Prefetch;
    click.reason = "Sec-Purpose: prefetch";
  } else if (roll < 95) {
    click.verdict = Verdict::Head;
    click.reason = "HEAD";
  } else {
    click.verdict = Verdict::Repeat;
    click.reason = "same visitor and link within 30 s";
  }
}

}  // namespace

std::uint64_t Dice::next() {
  std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ull);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

std::vector<Placement> find_placements(const store::LinkStore& links, Dice& dice) {
  std::vector<Placement> out;
  for (const store::Article& article : links.list_articles()) {
    const auto popularity = static_cast<std::int64_t>(2 + dice.below(18));
    for (const store::ScannedLink& scanned : links.list_article_links(article.id)) {
      Placement each{article.id, article.path, popularity,     scanned.placement,
                     {},         scanned.href, scanned.network};
      // Readers follow what stands higher on the page more often.
      each.popularity = std::max<std::int64_t>(1, popularity * 6 / (5 + scanned.placement));
      if (!scanned.slug.empty())
        if (const auto link = links.find_link(std::string_view(scanned.slug))) {
          each.link = link->id;
          each.network = link->network;
        }
      out.push_back(std::move(each));
    }
  }
  return out;
}

std::vector<Click> make_clicks(const std::vector<Placement>& placements, Dice& dice,
                               std::int64_t now_ms, int days) {
  std::vector<Placement> followed;
  std::int64_t total = 0;
  for (const Placement& each : placements)
    if (each.link) {
      followed.push_back(each);
      total += each.popularity;
    }
  std::vector<Click> clicks;
  if (followed.empty()) return clicks;
  ClickIdMinter minter(0, {});
  for (int day = 0; day < days; ++day) {
    const std::int64_t begin = now_ms - (days - day) * kDayMs;
    std::vector<std::int64_t> times(static_cast<std::size_t>(clicks_on(day, dice)));
    for (std::int64_t& time : times)
      time = begin + static_cast<std::int64_t>(dice.below(static_cast<std::uint64_t>(kDayMs)));
    std::ranges::sort(times);
    for (const std::int64_t time : times) {
      const Placement& place = choose(followed, total, dice);
      Click click;
      click.id = minter.mint(from_ms(time));
      click.link = place.link;
      click.article = place.article;
      click.placement = static_cast<std::uint16_t>(place.placement);
      click.visitor = dice.next() | 1;
      click.referrer = dice.chance(60)
                           ? "nourished.example" + place.path
                           : kSources[static_cast<std::size_t>(dice.below(kSources.size()))];
      give_verdict(click, dice);
      clicks.push_back(std::move(click));
    }
  }
  return clicks;
}

}  // namespace candor::app::demo
