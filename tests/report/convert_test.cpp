#include "report/convert.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace candor::report {
namespace {

const Currency kEur = find_currency("EUR").value();
const Currency kUsd = find_currency("USD").value();
const Currency kJpy = find_currency("JPY").value();
const Currency kKwd = find_currency("KWD").value();

MoneyPart part(std::int32_t day, Currency currency, std::int64_t micro) {
  MoneyPart made{.day = day, .currency = currency};
  made.commission_micro = micro;
  made.sale_micro = 3 * micro;
  made.orders = 1;
  return made;
}

TEST(PartConverter, ThirdsOfACentSumToTheConvertedSum) {
  const RateTable rates({{1, 100, kUsd, 3'000'000}});
  PartConverter converter(rates, kEur);
  std::int64_t sum = 0;
  for (int n = 0; n < 100; ++n) sum += converter.convert(part(100, kUsd, 1)).commission_micro;
  EXPECT_EQ(sum, 33) << "100 / 3, once, not 100 times 0";
}

TEST(PartConverter, ADayTakesTheLastRateBeforeItUpToTenDays) {
  const RateTable rates({{1, 100, kUsd, 2'000'000}});
  PartConverter converter(rates, kEur);
  EXPECT_EQ(converter.convert(part(110, kUsd, 10)).currency, kEur);
  const MoneyPart stays = converter.convert(part(111, kUsd, 10));
  EXPECT_EQ(stays.currency, kUsd);
  EXPECT_EQ(stays.commission_micro, 10);
  EXPECT_EQ(converter.convert(part(99, kUsd, 5)).currency, kUsd) << "no rate of days to come";
  ASSERT_TRUE(converter.unconverted().contains(kUsd));
  EXPECT_EQ(converter.unconverted().at(kUsd).from, 99);
  EXPECT_EQ(converter.unconverted().at(kUsd).to, 111);
  EXPECT_EQ(converter.unconverted().at(kUsd).micro_units, 15);
  EXPECT_TRUE(converter.used_rates().contains(1));
}

TEST(PartConverter, ImportedMoneyThatNoPartHasKeepsItsDifference) {
  const RateTable rates({{1, 100, kUsd, 2'000'000}});
  PartConverter converter(rates, kEur);
  converter.convert(part(100, kUsd, 10));
  const auto same = converter.convert_imported({{kUsd, {10, 0, 0, 0}, 1}});
  ASSERT_EQ(same.size(), 1U);
  EXPECT_EQ(same[0].currency, kEur);
  EXPECT_EQ(same[0].micro_by_status[0], 5);
  const auto more = converter.convert_imported({{kUsd, {11, 0, 0, 0}, 1}});
  ASSERT_EQ(more.size(), 2U);
  EXPECT_EQ(more[1].currency, kUsd);
  EXPECT_EQ(more[1].micro_by_status[0], 1);
  const auto none = converter.convert_imported({});
  ASSERT_EQ(none.size(), 2U);
  EXPECT_EQ(none[1].micro_by_status[0], -10);
}

RC_GTEST_PROP(PartConverter, HoweverPartsAreGroupedTheirSumIsTheConvertedSum, ()) {
  std::vector<ExchangeRate> all;
  std::int64_t id = 0;
  for (const Currency currency : {kUsd, kJpy, kKwd})
    for (std::int32_t day = 0; day < 40; ++day)
      if (*rc::gen::inRange(0, 9) == 0)
        all.push_back({++id, day, currency, *rc::gen::inRange<std::int64_t>(1, 400'000'000)});
  const RateTable rates(all);
  const Currency to = *rc::gen::elementOf(std::vector{kEur, kUsd, kJpy});
  PartConverter converter(rates, to);
  std::map<std::tuple<std::int32_t, Currency>, std::int64_t> sums;
  std::map<Currency, ImportedLine> imported;
  std::map<Currency, std::int64_t> told;
  const int count = *rc::gen::inRange(0, 60);
  for (int n = 0; n < count; ++n) {
    const auto currency = *rc::gen::elementOf(std::vector{kEur, kUsd, kJpy, kKwd});
    const MoneyPart each = part(*rc::gen::inRange(0, 40), currency,
                                *rc::gen::inRange<std::int64_t>(-9'000'000'000, 90'000'000'000));
    const MoneyPart converted = converter.convert(each);
    sums[{each.day, currency}] += each.commission_micro;
    imported[currency].currency = currency;
    imported[currency].micro_by_status[0] += each.commission_micro;
    told[converted.currency] += converted.commission_micro;
    const auto alone = rates.convert({each.commission_micro, currency}, to, each.day);
    RC_ASSERT((converted.currency == to) == alone.has_value());
    if (alone) RC_ASSERT(std::abs(alone->money.micro_units - converted.commission_micro) <= 1);
  }
  std::map<Currency, std::int64_t> expected;
  for (const auto& [key, micro] : sums) {
    const auto whole = rates.convert({micro, std::get<1>(key)}, to, std::get<0>(key));
    expected[whole ? to : std::get<1>(key)] += whole ? whole->money.micro_units : micro;
  }
  for (const auto& [currency, micro] : expected) RC_ASSERT(told[currency] == micro);
  std::vector<ImportedLine> lines;
  for (const auto& [currency, line] : imported) lines.push_back(line);
  for (const ImportedLine& line : converter.convert_imported(lines))
    RC_ASSERT(line.micro_by_status[0] == told[line.currency]);
}

}  // namespace
}  // namespace candor::report
