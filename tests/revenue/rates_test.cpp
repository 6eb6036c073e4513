#include "revenue/rates.h"

#include <gtest/gtest.h>

#include <limits>

namespace candor {
namespace {

Currency currency(std::string_view code) { return find_currency(code).value(); }

TEST(Rates, TheBanksFileIsReadExactly) {
  const auto file = read_ecb_rates(
      "Date,USD,JPY,BGN,ZZZ,\n"
      "2026-03-02,1.0793,161.13,N/A,1.5,\n"
      "\r\n"
      "1999-01-04, 1.1789 ,133.73,1.9558,N/A,\n"
      "2026-02-30,1,1,1,1,\n"
      "2000-02-29,x,-1,0,,\n");
  ASSERT_TRUE(file.has_value()) << file.error();
  ASSERT_EQ(file->rates.size(), 5u);
  EXPECT_EQ(file->rates[0], (ExchangeRate{0, 20'514, currency("USD"), 1'079'300}));
  EXPECT_EQ(file->rates[1].per_euro_micro, 161'130'000);
  EXPECT_EQ(file->rates[2].day, 10'595);
  EXPECT_EQ(file->rates[4].per_euro_micro, 1'955'800);
  EXPECT_EQ(file->skipped, std::vector<std::string>{"ZZZ"});
  ASSERT_EQ(file->errors.size(), 4u);
  EXPECT_EQ(file->errors[0].row, 5);
  EXPECT_EQ(file->errors[0].column, "Date");
  EXPECT_EQ(file->errors[1].column, "USD");
  EXPECT_EQ(file->errors[1].row, 6);
}

TEST(Rates, AnotherFileIsRefused) {
  EXPECT_FALSE(read_ecb_rates("").has_value());
  EXPECT_FALSE(read_ecb_rates("PK\x03\x04").has_value());
  EXPECT_TRUE(read_ecb_rates("\xEF\xBB\xBF"
                             "Date,USD\n")
                  .has_value());
}

class Conversion : public testing::Test {
 protected:
  const Currency eur_ = currency("EUR");
  const Currency usd_ = currency("USD");
  const Currency jpy_ = currency("JPY");
  const RateTable table_{{{7, 100, usd_, 1'250'000},
                          {8, 100, jpy_, 160'000'000},
                          {9, 110, usd_, 1'000'000},
                          {12, 110, usd_, 1'600'000}}};
};

TEST_F(Conversion, GoesThroughTheEuroAndKeepsTheRatesIds) {
  EXPECT_EQ(table_.convert({5'000'000, usd_}, eur_, 100), (Converted{{4'000'000, eur_}, 7, 0}));
  EXPECT_EQ(table_.convert({4'000'000, eur_}, usd_, 100), (Converted{{5'000'000, usd_}, 0, 7}));
  EXPECT_EQ(table_.convert({5'000'000, usd_}, jpy_, 100), (Converted{{640'000'000, jpy_}, 7, 8}));
  EXPECT_EQ(table_.convert({-3, usd_}, usd_, 0), (Converted{{-3, usd_}, 0, 0}));
}

TEST_F(Conversion, TakesTheDayBeforeWhenThereIsNoneAndTheCorrectedOfTwo) {
  EXPECT_EQ(table_.convert({1'000'000, eur_}, usd_, 109)->to_rate, 7);
  EXPECT_EQ(table_.convert({1'000'000, eur_}, usd_, 110)->to_rate, 12);
  EXPECT_EQ(table_.convert({1'000'000, eur_}, usd_, 120)->to_rate, 12);
}

TEST_F(Conversion, IsNothingWithoutARate) {
  EXPECT_FALSE(table_.convert({1, eur_}, usd_, 99).has_value());
  EXPECT_FALSE(table_.convert({1, eur_}, usd_, 121).has_value()) << "older than ten days";
  EXPECT_FALSE(table_.convert({1, eur_}, currency("GBP"), 100).has_value());
  EXPECT_FALSE(
      table_.convert({std::numeric_limits<std::int64_t>::max(), eur_}, jpy_, 100).has_value());
}

TEST_F(Conversion, RoundsHalfToEven) {
  const auto euros = [&](std::int64_t micro) {
    return RateTable({{1, 5, usd_, 2'000'000}}).convert({micro, usd_}, eur_, 5)->money.micro_units;
  };
  EXPECT_EQ(euros(1), 0);
  EXPECT_EQ(euros(3), 2);
  EXPECT_EQ(euros(5), 2);
  EXPECT_EQ(euros(-1), 0);
  EXPECT_EQ(euros(-3), -2);
}

}  // namespace
}  // namespace candor
