#include "report/figures.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <limits>

namespace candor::report {
namespace {

const Currency kEur = find_currency("EUR").value();

TEST(Figures, RatiosRoundHalfToEvenAndKnowWhatTheyDoNotKnow) {
  EXPECT_EQ(ratio(1, 1, 2), 0);
  EXPECT_EQ(ratio(3, 1, 2), 2);
  EXPECT_EQ(ratio(-3, 1, 2), -2);
  EXPECT_EQ(ratio(2, 1'000'000, 3), 666'667);
  EXPECT_EQ(ratio(1, 1, 0), std::nullopt);
  EXPECT_EQ(ratio(1, 1, -4), std::nullopt);
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(ratio(kMost, 1'000'000, 1), std::nullopt);
  EXPECT_EQ(ratio(kMost, 1'000'000, kMost), 1'000'000);
  EXPECT_EQ(change_ppm(3, 2), 500'000);
  EXPECT_EQ(change_ppm(0, 2), -1'000'000);
  EXPECT_EQ(change_ppm(3, 0), std::nullopt);
}

/// Two shapes of a reversal: a commission whose status changed, and a row of its own.
TEST(Figures, BothShapesOfAReversalCountAsReturned) {
  Figures figures;
  const auto part = [](CommissionStatus status, std::int64_t micro, std::int64_t orders, int tier) {
    MoneyPart made;
    made.currency = kEur;
    made.status = status;
    made.commission_micro = micro;
    made.sale_micro = 10 * micro;
    made.orders = orders;
    made.tier = tier;
    return made;
  };
  add(figures, part(CommissionStatus::Approved, 6'000'000, 2, 1), true);
  add(figures, part(CommissionStatus::Pending, 2'000'000, 1, 4), false);
  add(figures, part(CommissionStatus::Reversed, 1'000'000, 0, 1), true);
  add(figures, part(CommissionStatus::Approved, -1'000'000, -1, 5), true);
  const MoneyLine& line = figures.money.at(0);
  EXPECT_EQ(line.earned_micro(), 7'000'000);
  EXPECT_EQ(line.of(CommissionStatus::Reversed), 1'000'000);
  EXPECT_EQ(line.orders, 2);
  EXPECT_EQ(line.sale_micro, 70'000'000);
  EXPECT_EQ(line.aov_micro(), 35'000'000);
  EXPECT_EQ(line.effective_rate_ppm(), 100'000);
  EXPECT_EQ(line.booked_micro, 9'000'000);
  EXPECT_EQ(line.reversal_rate_ppm(), 222'222);
  EXPECT_EQ(line.tier_ppm(1), 857'143);
  EXPECT_EQ(line.tier_ppm(4), 285'714);
  EXPECT_EQ(line.tier_ppm(5), -142'857);
  EXPECT_EQ(line.viewed_micro, 5'000'000);

  EXPECT_EQ(figures.epc_micro(kEur), std::nullopt) << "no clicks";
  EXPECT_EQ(figures.rpm_micro(kEur), std::nullopt) << "views are not known";
  figures.clicks = 8;
  figures.viewed_clicks = 3;
  figures.views = 400;
  EXPECT_EQ(figures.epc_micro(kEur), 875'000);
  EXPECT_EQ(figures.conversion_ppm(), 250'000);
  EXPECT_EQ(figures.ctr_ppm(), 7'500);
  EXPECT_EQ(figures.rpm_micro(kEur), 12'500'000);
}

TEST(Figures, PartsAddUpInAnyOrderAndGrouping) {
  rc::check([] {
    const auto parts = *rc::gen::container<std::vector<MoneyPart>>(rc::gen::exec([] {
      MoneyPart part;
      part.currency = find_currency(*rc::gen::element("EUR", "USD", "JPY")).value();
      part.status = static_cast<CommissionStatus>(*rc::gen::inRange(0, kCommissionStatusCount));
      part.tier = *rc::gen::inRange(1, kTierCount + 1);
      part.commission_micro = *rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000);
      part.sale_micro = *rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000);
      part.orders = *rc::gen::inRange(-3, 4);
      return part;
    }));
    const std::size_t cut = *rc::gen::inRange<std::size_t>(0, parts.size() + 1);
    Figures whole;
    Figures left;
    Figures right;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      add(whole, parts[i], i % 2 == 0);
      add(i < cut ? left : right, parts[i], i % 2 == 0);
    }
    add(right, left);
    RC_ASSERT(right == whole);
    for (const MoneyLine& line : whole.money) {
      std::int64_t by_tier = 0;
      for (const std::int64_t micro : line.earned_by_tier) by_tier += micro;
      RC_ASSERT(by_tier == line.earned_micro());
    }
  });
}

}  // namespace
}  // namespace candor::report
