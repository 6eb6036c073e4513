#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <tuple>

#include "contract/store_contract.h"
#include "support/fake_random.h"

namespace candor::contract {
namespace {

using rollup::SliceDimension;
using store::SliceQuestion;

constexpr std::int64_t kNoonMs = 1'767'265'200'000;  // 2026-01-01T12:00+01:00
constexpr std::int64_t kDayMs = 86'400'000;

struct World {
  std::vector<Link> links;
  std::vector<ArticleId> articles;
  std::vector<Click> clicks;
};

/// What a question's answer is, found by looking at each click.
std::vector<store::ClickSliceRow> count_by_hand(const World& world, const SliceQuestion& question) {
  const rollup::SiteZone zone = berlin();
  const auto text_of = [&](SliceDimension dimension, const Click& click) -> std::string {
    const rollup::DayNumber day = zone.day_of(at_ms(click.id));
    const Link& link = world.links[static_cast<std::size_t>(click.link.value - 1)];
    switch (dimension) {
      case SliceDimension::Day:
        return rollup::format_day(day);
      case SliceDimension::Week:
        return rollup::format_day(day - (day + 3) % 7);
      case SliceDimension::Month:
        return rollup::format_day(day).substr(0, 7);
      case SliceDimension::Article:
        return click.article ? "/a" + std::to_string(click.article.value) : "";
      case SliceDimension::Link:
        return link.slug;
      case SliceDimension::Merchant:
        return link.merchant;
      case SliceDimension::Network:
        return link.network;
      case SliceDimension::Programme:
        return link.merchant + " at " + link.network;
      case SliceDimension::Placement:
        return std::to_string(click.placement);
      case SliceDimension::Country:
        return click.country.text();
      case SliceDimension::Device:
        return std::string(name_of(click.device));
      case SliceDimension::Os:
        return std::string(name_of(click.os));
      case SliceDimension::Language:
        return click.language;
      case SliceDimension::Verdict:
        return std::string(name_of(click.verdict));
      case SliceDimension::Kind:
        return std::string(name_of(click.kind));
      case SliceDimension::Reason:
        return click.reason;
    }
    return {};
  };
  std::map<std::vector<std::string>, store::ClickSliceRow> rows;
  std::set<std::tuple<rollup::DayNumber, std::vector<std::string>, std::uint64_t>> visits;
  for (const Click& click : world.clicks) {
    const rollup::DayNumber day = zone.day_of(at_ms(click.id));
    if (day < question.from || day > question.to) continue;
    bool fits = true;
    for (const auto& [dimension, texts] : question.filters)
      fits = fits && std::ranges::find(texts, text_of(dimension, click)) != texts.end();
    if (!fits) continue;
    std::vector<std::string> keys;
    for (const SliceDimension dimension : question.by) keys.push_back(text_of(dimension, click));
    store::ClickSliceRow& row = rows[keys];
    row.keys = keys;
    ++row.gross_clicks;
    if (question.visitors && !row.visitor_days) row.visitor_days = 0;
    if (click.verdict != Verdict::Human) continue;
    ++row.clicks;
    if (question.visitors && click.visitor != 0 && visits.emplace(day, keys, click.visitor).second)
      ++*row.visitor_days;
  }
  std::vector<store::ClickSliceRow> all;
  for (auto& [keys, row] : rows) all.push_back(row);
  return all;
}

void expect_same(std::vector<store::ClickSliceRow> found,
                 const std::vector<store::ClickSliceRow>& expected, const std::string& where) {
  std::ranges::sort(found, {}, &store::ClickSliceRow::keys);
  ASSERT_EQ(found.size(), expected.size()) << where;
  for (std::size_t n = 0; n < found.size(); ++n) {
    EXPECT_EQ(found[n].keys, expected[n].keys) << where;
    EXPECT_EQ(found[n].clicks, expected[n].clicks) << where;
    EXPECT_EQ(found[n].gross_clicks, expected[n].gross_clicks) << where;
    EXPECT_EQ(found[n].visitor_days, expected[n].visitor_days) << where;
  }
}

SliceQuestion any_question(std::mt19937_64& random) {
  SliceQuestion question{.from = day("2026-01-01") + static_cast<int>(random() % 3),
                         .to = day("2026-01-03") + static_cast<int>(random() % 4)};
  const bool counts = random() % 2 == 0;  // half of them may be answered by counts
  const auto any_dimension = [&] {
    return static_cast<SliceDimension>(random() % (counts ? 8 : rollup::kSliceDimensionCount));
  };
  for (std::uint64_t n = random() % 4; n > 0; --n) question.by.push_back(any_dimension());
  const std::map<SliceDimension, std::vector<std::string>> texts{
      {SliceDimension::Country, {"DE"}},
      {SliceDimension::Device, {"mobile", "tv"}},
      {SliceDimension::Article, {"/a2"}},
      {SliceDimension::Network, {"awin"}},
      {SliceDimension::Link, {"l1", "l3"}},
      {SliceDimension::Language, {"", "de"}},
      {SliceDimension::Month, {"2026-01"}},
      {SliceDimension::Merchant, {"m1", "no such one"}},
      {SliceDimension::Placement, {"1", "7"}},
      {SliceDimension::Day, {"2026-01-02"}},
      {SliceDimension::Reason, {"Googlebot", "nobody"}}};
  for (std::uint64_t n = random() % 3; n > 0; --n)
    if (const auto at = texts.find(any_dimension()); at != texts.end())
      question.filters.emplace_back(at->first, at->second);
  question.visitors = random() % 2 == 0;
  return question;
}

std::string describe(const SliceQuestion& question) {
  std::string text = question.visitors ? "visitors" : "clicks";
  for (const auto dimension : question.by) text += " by " + std::string(name_of(dimension));
  for (const auto& [dimension, texts] : question.filters)
    text += " where " + std::string(name_of(dimension)) + "=" + texts[0];
  return text;
}

TEST_P(StoreContract, SlicesAreWhatCountingByHandFindsInRowsAndBlocksAndCounts) {
  World world;
  for (int n = 0; n < 6; ++n) {
    Link link = add_link("l" + std::to_string(n), n % 2 == 0 ? "awin" : "amazon");
    link.merchant = "m" + std::to_string(n / 2);
    ASSERT_TRUE(store().update_link(link));
    world.links.push_back(link);
  }
  for (int n = 1; n <= 4; ++n) world.articles.push_back(add_article("/a" + std::to_string(n)));
  std::mt19937_64 random(5);
  for (int day = 0; day < 6; ++day)
    for (int n = 0; n < 150; ++n) {
      Click click = make_click(kNoonMs + day * kDayMs + n * 100'000,
                               world.links[random() % world.links.size()].id,
                               ArticleId{static_cast<std::int64_t>(random() % 5)},
                               static_cast<Verdict>(random() % 3), n);
      click.visitor = random() % 15;
      if (click.visitor != 0) click.visitor += 1'000'000;
      click.placement = static_cast<std::uint16_t>(random() % 8);
      click.country = Country::from_code(random() % 2 == 0 ? 'D' * 256 + 'E' : 0);
      click.device = static_cast<Device>(random() % kDeviceCount);
      click.os = static_cast<Os>(random() % kOsCount);
      click.language = random() % 2 == 0 ? "" : "de";
      click.kind = static_cast<ClickKind>(random() % kClickKindCount);
      click.reason = random() % 2 == 0 ? "" : "Googlebot";
      world.clicks.push_back(click);
    }
  store().absorb(world.clicks, berlin(), {});
  FakeRandom ordinals;
  const auto check = [&](const std::string& state) {
    for (int n = 0; n < 120; ++n) {
      const SliceQuestion question = any_question(random);
      expect_same(store().slice_clicks(question, berlin()), count_by_hand(world, question),
                  state + ": " + describe(question));
    }
  };
  check("rows");
  const auto first = day("2026-01-01");
  for (const int n : {0, 1, 2, 4}) EXPECT_TRUE(store().close_day(first + n, berlin()));
  check("some days closed");
  for (const int n : {0, 2, 3})
    EXPECT_EQ(store().pack_day(first + n, berlin(), ordinals, [] {}).refused, "");
  check("some days packed");
  Click late = world.clicks[10];
  late.id.value += 1;
  late.visitor = 77;
  world.clicks.push_back(late);
  store().absorb({late}, berlin(), {});
  check("a late click");
  EXPECT_TRUE(store().close_day(first, berlin()));
  check("the late click's day closed again");
}

TEST_P(StoreContract, AQuestionOfTooManyDimensionsIsRefused) {
  SliceQuestion question{.from = 0, .to = 1};
  question.by.assign(6, SliceDimension::Os);
  EXPECT_THROW(store().slice_clicks(question, berlin()), std::invalid_argument);
}

}  // namespace
}  // namespace candor::contract
