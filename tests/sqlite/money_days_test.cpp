#include "sqlite/money_days.h"

#include <gtest/gtest.h>

namespace candor::sqlite {
namespace {

constexpr std::int64_t kFromMs = 1'767'222'000'000;

MoneyDay sample() {
  MoneyDay money;
  for (int n = 0; n < 300; ++n) {
    report::MoneyPart part;
    part.day = 20'454;
    part.network = n % 2 == 0 ? "awin" : "";
    part.merchant = n % 3 == 0 ? std::string("Kettles \0 & Co", 14) : "Ähren";
    part.currency = find_currency(n % 5 == 0 ? "JPY" : "EUR").value();
    part.status = static_cast<CommissionStatus>(n % kCommissionStatusCount);
    part.tier = 1 + n % 5;
    part.article = {n % 7};
    part.link = {n % 11};
    part.click = {std::int64_t{0x7FFF'0000'0000'0000} + n};
    part.traits = {.placement = static_cast<std::uint16_t>(65'535 - n),
                   .country = Country::parse("DE").value(),
                   .device = Device::Mobile};
    part.commission_micro = n % 2 == 0 ? -4'050'000 - n : std::int64_t{1} << 62;
    part.sale_micro = n;
    part.orders = n % 4 - 1;
    money.parts.push_back(part);
  }
  money.imported.push_back(
      {.currency = find_currency("EUR").value(), .micro_by_status = {1, -2, 3, 4}, .orders = 9});
  money.imported.push_back(
      {.currency = find_currency("JPY").value(), .micro_by_status = {}, .orders = -1});
  return money;
}

TEST(MoneyDayBytes, GiveBackWhatWasPacked) {
  const MoneyDay money = sample();
  MoneyDay read;
  ASSERT_TRUE(unpack_money_day(pack_money_day(money, kFromMs), kFromMs, 20'454, read));
  EXPECT_EQ(read.parts, money.parts);
  EXPECT_EQ(read.imported, money.imported);
}

TEST(MoneyDayBytes, LeaveNothingOfTheDayBefore) {
  const MoneyDay money = sample();
  MoneyDay less = money;
  less.parts.pop_back();
  less.parts.front().merchant = "";
  less.imported.pop_back();
  MoneyDay read;
  ASSERT_TRUE(unpack_money_day(pack_money_day(money, kFromMs), kFromMs, 20'454, read));
  ASSERT_TRUE(unpack_money_day(pack_money_day(less, kFromMs), kFromMs, 20'454, read));
  EXPECT_EQ(read.parts, less.parts);
  EXPECT_EQ(read.imported, less.imported);
  ASSERT_TRUE(unpack_money_day("", kFromMs, 20'454, read));
  EXPECT_TRUE(read.parts.empty());
  EXPECT_TRUE(read.imported.empty());
}

TEST(MoneyDayBytes, ADayWithoutMoneyHasNone) {
  EXPECT_EQ(pack_money_day({}, kFromMs), "");
  MoneyDay read;
  ASSERT_TRUE(unpack_money_day("", kFromMs, 20'454, read));
  EXPECT_TRUE(read.parts.empty());
}

TEST(MoneyDayBytes, OfAnotherDayAreRefused) {
  MoneyDay read;
  EXPECT_FALSE(unpack_money_day(pack_money_day(sample(), kFromMs), kFromMs + 1, 20'454, read));
}

TEST(MoneyDayBytes, AnyDamageIsSeen) {
  const std::string bytes = pack_money_day(sample(), kFromMs);
  MoneyDay read;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
    EXPECT_FALSE(unpack_money_day(damaged, kFromMs, 20'454, read)) << at;
  }
  for (std::size_t size = 1; size < bytes.size(); ++size)
    EXPECT_FALSE(unpack_money_day(bytes.substr(0, size), kFromMs, 20'454, read)) << size;
}

}  // namespace
}  // namespace candor::sqlite
