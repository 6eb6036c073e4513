#include "click/country.h"

#include <gtest/gtest.h>

#include "click/device.h"

namespace candor {
namespace {

TEST(Country, IsTwoLettersOfEitherCase) {
  EXPECT_EQ(Country::parse("de")->text(), "DE");
  EXPECT_EQ(Country::parse("DE"), Country::parse("De"));
  for (const char* wrong : {"", "D", "DEU", "D1", "--", "\xC3\x96"})
    EXPECT_FALSE(Country::parse(wrong)) << wrong;
}

TEST(Country, SurvivesItsCode) {
  const Country germany = *Country::parse("DE");
  EXPECT_EQ(germany.code(), 'D' * 256 + 'E');
  EXPECT_EQ(Country::from_code(germany.code()), germany);
  EXPECT_FALSE(Country::from_code(0));
  EXPECT_FALSE(Country::from_code(7)) << "no letters";
  EXPECT_EQ(Country{}.text(), "");
}

TEST(DeviceNames, AreFoundAgain) {
  for (int i = 0; i < kDeviceCount; ++i)
    EXPECT_EQ(find_device(name_of(static_cast<Device>(i))), static_cast<Device>(i));
  for (int i = 0; i < kOsCount; ++i)
    EXPECT_EQ(find_os(name_of(static_cast<Os>(i))), static_cast<Os>(i));
  EXPECT_FALSE(find_device("phone"));
  EXPECT_FALSE(find_os(""));
}

}  // namespace
}  // namespace candor
