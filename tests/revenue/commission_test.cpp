#include "revenue/commission.h"

#include <gtest/gtest.h>

namespace candor {
namespace {

TEST(Commission, StatusNamesAreFoundAgain) {
  for (int i = 0; i < kCommissionStatusCount; ++i) {
    const auto status = static_cast<CommissionStatus>(i);
    EXPECT_EQ(find_commission_status(name_of(status)), status);
  }
  EXPECT_EQ(name_of(CommissionStatus::Reversed), "reversed");
  EXPECT_FALSE(find_commission_status("Paid"));
}

}  // namespace
}  // namespace candor
