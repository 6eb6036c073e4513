#include "rollup/click_block.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <random>

namespace candor::rollup {
namespace {

class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
  void fill(std::span<std::byte> out) override {
    for (std::byte& byte : out) byte = static_cast<std::byte>(engine_());
  }

 private:
  std::mt19937_64 engine_;
};

/// Clicks of one day as a busy site has them, every column with what its table may hold.
ClickRows make_rows(std::size_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  ClickRows rows;
  std::int64_t ms = 190'000'000'000;
  for (std::size_t n = 0; n < count; ++n) {
    ms += static_cast<std::int64_t>(random() % 1'200);
    const auto low = static_cast<std::int64_t>((random() % 2) << 12 | n % 4096);
    std::int64_t id = ms << 22 | low;
    if (n > 0) id = std::max(id, rows.of(ClickColumn::Id).back() + 1);
    rows.of(ClickColumn::Id).push_back(id);
    rows.of(ClickColumn::Visitor).push_back(static_cast<std::int64_t>(random() % 50'000));
    const auto some = [&](ClickColumn column, std::uint64_t limit) {
      rows.of(column).push_back(static_cast<std::int64_t>(random() % limit));
    };
    some(ClickColumn::Link, 20'000);
    some(ClickColumn::Article, 2'000);
    some(ClickColumn::Placement, 30);
    some(ClickColumn::Verdict, 3);
    some(ClickColumn::Reason, 5);
    some(ClickColumn::Referrer, 3'000);
    some(ClickColumn::UserAgent, 500);
    some(ClickColumn::Country, 60);
    some(ClickColumn::Device, 5);
    some(ClickColumn::Os, 8);
    some(ClickColumn::AsnClass, 3);
    some(ClickColumn::Language, 20);
    some(ClickColumn::Variant, 2);
    some(ClickColumn::Kind, 2);
    rows.of(ClickColumn::SkewMs).push_back(random() % 1000 == 0 ? -3'600'000 : 0);
  }
  return rows;
}

std::size_t bytes_of(const PackedClicks& packed) {
  std::size_t bytes = 0;
  for (const std::string& column : packed) bytes += column.size();
  return bytes;
}

TEST(PackedColumn, AnyValuesComeBackAsTheyWere) {
  EXPECT_TRUE(rc::check("read(pack(values)) == values", [] {
    const auto values =
        *rc::gen::container<std::vector<std::int64_t>>(rc::gen::arbitrary<std::int64_t>());
    const auto place = *rc::gen::arbitrary<std::uint64_t>();
    const std::string bytes = pack_codes(values, place);
    RC_ASSERT(PackedColumn::open(bytes, place).value().read().value() == values);
  }));
}

TEST(PackedColumn, EveryWidthComesBack) {
  std::mt19937_64 random(7);
  for (unsigned width = 0; width <= 32; ++width) {
    std::vector<std::int64_t> values;
    for (int n = 0; n < 200; ++n)
      values.push_back(static_cast<std::int64_t>(random() & ((std::uint64_t{1} << width) - 1)));
    values.push_back((std::int64_t{1} << width) - 1);
    const std::string bytes = pack_ordinals(values, width);
    EXPECT_EQ(PackedColumn::open(bytes, width).value().read().value(), values) << width;
  }
}

TEST(PackedColumn, AscendingIdsComeBackWhateverTheirGaps) {
  EXPECT_TRUE(rc::check("ids", [] {
    auto values = *rc::gen::container<std::vector<std::int64_t>>(
        rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 53));
    std::ranges::sort(values);
    const std::string bytes = pack_ascending(values, 5);
    RC_ASSERT(PackedColumn::open(bytes, 5).value().read().value() == values);
  }));
}

TEST(PackedColumn, WhatCannotBePackedIsRefused) {
  EXPECT_THROW(pack_ordinals(std::vector<std::int64_t>{-1}, 0), std::logic_error);
  EXPECT_THROW(pack_ordinals(std::vector<std::int64_t>{std::int64_t{1} << 32}, 0),
               std::logic_error);
  EXPECT_THROW(pack_ascending(std::vector<std::int64_t>{2, 1}, 0), std::logic_error);
  EXPECT_THROW(pack_ascending(std::vector<std::int64_t>{-2, 1}, 0), std::logic_error);
}

TEST(PackedColumn, EveryChangedBitIsDamage) {
  const std::vector<std::int64_t> values{5, 7, 7, -3, 5, 1'000'000, 5, 5};
  for (const std::string& whole :
       {pack_codes(values, 3), pack_ordinals(std::vector<std::int64_t>{1, 2, 9}, 3),
        pack_ascending(std::vector<std::int64_t>{1, 2, 1 << 23}, 3)})
    for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
      std::string bytes = whole;
      bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
      EXPECT_FALSE(PackedColumn::open(bytes, 3)) << bit;
    }
}

TEST(PackedColumn, ACutOrMovedColumnIsDamage) {
  const std::string whole = pack_codes(std::vector<std::int64_t>{1, 2, 3, 4}, 3);
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_FALSE(PackedColumn::open(whole.substr(0, length), 3)) << length;
  EXPECT_FALSE(PackedColumn::open(whole + '\0', 3));
  EXPECT_FALSE(PackedColumn::open(whole, 4));
}

TEST(ClickBlock, ClicksComeBackAsTheyWere) {
  for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{63}, std::size_t{64},
                                  std::size_t{65}, std::size_t{10'000}, kMostBlockClicks}) {
    const ClickRows rows = make_rows(count, count);
    EXPECT_EQ(unpack_clicks(pack_clicks(rows, 9), 9).value(), rows) << count;
  }
  EXPECT_TRUE(rc::check("unpack(pack(rows)) == rows", [] {
    const ClickRows rows =
        make_rows(*rc::gen::inRange<std::size_t>(0, 300), *rc::gen::arbitrary<std::uint64_t>());
    const auto block = *rc::gen::arbitrary<std::uint64_t>();
    RC_ASSERT(unpack_clicks(pack_clicks(rows, block), block).value() == rows);
  }));
}

TEST(ClickBlock, ABusyDaysClickTakesLessThanTwentyBytes) {
  const PackedClicks packed = pack_clicks(make_rows(kMostBlockClicks, 1), 1);
  EXPECT_LT(bytes_of(packed), 20 * kMostBlockClicks);
}

TEST(ClickBlock, DamageNamesItsColumn) {
  PackedClicks packed = pack_clicks(make_rows(100, 2), 4);
  std::swap(packed[static_cast<std::size_t>(ClickColumn::Device)],
            packed[static_cast<std::size_t>(ClickColumn::Os)]);
  const auto unpacked = unpack_clicks(packed, 4);
  ASSERT_FALSE(unpacked);
  EXPECT_NE(unpacked.error().find("column device is damaged"), std::string::npos);
  EXPECT_FALSE(unpack_clicks(pack_clicks(make_rows(100, 2), 4), 5));
}

TEST(ClickBlock, ColumnsOfDifferentLengthsAreNoBlock) {
  PackedClicks packed = pack_clicks(make_rows(100, 2), 4);
  packed[static_cast<std::size_t>(ClickColumn::Kind)] =
      pack_clicks(make_rows(101, 2), 4)[static_cast<std::size_t>(ClickColumn::Kind)];
  EXPECT_FALSE(unpack_clicks(packed, 4));
  EXPECT_THROW(pack_clicks(make_rows(kMostBlockClicks + 1, 1), 1), std::logic_error);
}

TEST(VisitorOrdinals, EqualVisitorsStayEqualAndOrdinalsHaveNoGaps) {
  EXPECT_TRUE(rc::check("a bijection onto 1..n", [] {
    const auto keys =
        *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(-40, 40));
    SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
    const VisitorOrdinals ordinals(keys, random);
    std::map<std::int64_t, std::int64_t> seen;
    for (const std::int64_t key : keys) {
      const std::int64_t ordinal = ordinals.find(key).value();
      RC_ASSERT(ordinal == ordinals.find(key).value());
      RC_ASSERT((key == 0) == (ordinal == 0));
      if (key != 0) seen[ordinal] = key;
    }
    RC_ASSERT(seen.size() == ordinals.size());
    RC_ASSERT(seen.empty() || (seen.begin()->first == 1 &&
                               seen.rbegin()->first == static_cast<std::int64_t>(seen.size())));
  }));
}

TEST(VisitorOrdinals, TheirOrderSaysNothingOfTheKeys) {
  std::vector<std::int64_t> keys(1'000);
  for (std::size_t n = 0; n < keys.size(); ++n) keys[n] = static_cast<std::int64_t>(n) + 1;
  SeededRandom one(1);
  SeededRandom two(2);
  const VisitorOrdinals first(keys, one);
  const VisitorOrdinals second(keys, two);
  int alike = 0;
  int in_order = 0;
  for (const std::int64_t key : keys) {
    if (first.find(key).value() == second.find(key).value()) ++alike;
    if (first.find(key).value() == key) ++in_order;
  }
  EXPECT_LT(alike, 20);
  EXPECT_LT(in_order, 20);
  EXPECT_FALSE(first.find(5'000));
}

}  // namespace
}  // namespace candor::rollup
