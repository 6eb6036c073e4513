#include "revenue/money.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <limits>

namespace candor {
namespace {

constexpr DecimalMark kComma = DecimalMark::Comma;

TEST(Money, ReadsAmountsAsNetworksWriteThem) {
  EXPECT_EQ(parse_micro_units("1,250.00"), 1'250'000'000);
  EXPECT_EQ(parse_micro_units("-4.05"), -4'050'000);
  EXPECT_EQ(parse_micro_units("+4.05"), 4'050'000);
  EXPECT_EQ(parse_micro_units("\xE2\x88\x92"
                              "4.05"),
            -4'050'000);
  EXPECT_EQ(parse_micro_units("2.999"), 2'999'000);
  EXPECT_EQ(parse_micro_units("32252.1922"), 32'252'192'200);
  EXPECT_EQ(parse_micro_units("0"), 0);
  EXPECT_EQ(parse_micro_units(".5"), 500'000);
  EXPECT_EQ(parse_micro_units(" 12 "), 12'000'000);
  EXPECT_EQ(parse_micro_units("1,250.00"), parse_micro_units("1.250,00", kComma));
  EXPECT_EQ(parse_micro_units("-51,826", kComma), -51'826'000);
  EXPECT_EQ(parse_micro_units("1.000.000", kComma), 1'000'000'000'000);
  EXPECT_EQ(parse_micro_units("12,50,000.00"), 1'250'000'000'000);
  EXPECT_EQ(parse_micro_units("1\xC2\xA0"
                              "250,5",
                              kComma),
            1'250'500'000);
  EXPECT_EQ(parse_micro_units("1'250.05"), 1'250'050'000);
}

TEST(Money, RefusesWhatIsNotExactlyOneAmount) {
  for (const char* text : {"",
                           "-",
                           ".",
                           "1.",
                           "1,25",
                           "1,2500",
                           ",250",
                           "1,,250",
                           "12,34,56",
                           "1250,000",
                           "1.250,00",
                           "1.2.3",
                           "1e3",
                           "0x10",
                           "NaN",
                           "$5",
                           "5 USD",
                           "(4.05)",
                           "--4",
                           "1.0000001",
                           "- 4",
                           "1,250 300.00",
                           "9223372036854.775808",
                           "-9223372036854.775809",
                           "99999999999999999999"})
    EXPECT_FALSE(parse_micro_units(text)) << text;
  EXPECT_FALSE(parse_micro_units("1,250.00", kComma));
}

TEST(Money, WritesTheCurrencysOwnDigitsAndNoMoreThanNeeded) {
  const Currency usd = find_currency("USD").value();
  const Currency jpy = find_currency("JPY").value();
  EXPECT_EQ(format_amount(62'500'000, usd), "62.50");
  EXPECT_EQ(format_amount(2'999'000, usd), "2.999");
  EXPECT_EQ(format_amount(-1, usd), "-0.000001");
  EXPECT_EQ(format_amount(0, usd), "0.00");
  EXPECT_EQ(format_amount(1'200'000'000, jpy), "1200");
  EXPECT_EQ(format_amount(1'500'000, jpy), "1.5");
  EXPECT_EQ(format_amount(5'000'000, find_currency("KWD").value()), "5.000");
  EXPECT_EQ(format_amount(std::numeric_limits<std::int64_t>::min(), usd), "-9223372036854.775808");
}

TEST(Money, AmountsBeyondAThousandMillionAreRefused) {
  EXPECT_EQ(parse_micro_units("1000000000"), 1'000'000'000'000'000);
  EXPECT_EQ(parse_micro_units("-1000000000"), -1'000'000'000'000'000);
  EXPECT_FALSE(parse_micro_units("1000000000.000001"));
  EXPECT_FALSE(parse_micro_units("-9223372036854"));
}

TEST(Money, CurrenciesAreActiveIsoCodesInAnyCase) {
  EXPECT_EQ(find_currency("eur").value().text(), "EUR");
  for (const char* code : {"", "EU", "EURO", "E1R", "ZZZ", "DEM", "\xE2\x82\xAC"})
    EXPECT_FALSE(find_currency(code)) << code;
  EXPECT_EQ(minor_digits(find_currency("JPY").value()), 0);
  EXPECT_EQ(minor_digits(find_currency("KWD").value()), 3);
  EXPECT_EQ(minor_digits(find_currency("CLF").value()), 4);
  EXPECT_EQ(minor_digits(find_currency("EUR").value()), 2);
}

TEST(Money, EveryAmountIsReadBackAsWritten) {
  EXPECT_TRUE(rc::check([](std::int64_t any) {
    const std::int64_t micro = any % 1'000'000'000'000'001;  // what parsing takes
    for (const char* code : {"USD", "JPY", "KWD", "CLF"})
      RC_ASSERT(parse_micro_units(format_amount(micro, find_currency(code).value())) == micro);
  }));
}

TEST(Money, TextOfAnyKindIsReadOrRefused) {
  EXPECT_TRUE(rc::check([](const std::vector<std::uint8_t>& picks) {
    constexpr std::string_view kAlphabet = "0123456789.,-+' \xC2\xA0\xE2\x88\x92";
    std::string text;
    for (std::uint8_t pick : picks) text += kAlphabet[pick % kAlphabet.size()];
    const auto read = parse_micro_units(text);
    if (read) RC_ASSERT(parse_micro_units(format_amount(*read, Currency{})) == read);
  }));
}

}  // namespace
}  // namespace candor
