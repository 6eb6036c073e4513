#include "networks/report_layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "networks/report_fixture.h"

namespace candor::networks {
namespace {

using ::testing::HasSubstr;

TEST(ReportLayout, PlainNamesHaveNoCaseSpaceOrCurrency) {
  EXPECT_EQ(plain_column(" Ad Fees($) "), "ad fees");
  EXPECT_EQ(plain_column("Price(Rs.)"), "price");
  EXPECT_EQ(plain_column("Member ID (U1)"), "member id");
  EXPECT_EQ(plain_column("()"), "");
}

TEST(ReportLayout, TheHeaderIsFoundBehindTitleAndBlankLines) {
  const std::string text = "\n\n" + load_fixture("amazon_fee_earnings_us.csv");
  const auto found = recognise_table(text);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->first_body_number, 5);
  EXPECT_EQ(found->delimiter, ',');
  EXPECT_EQ(found->header.size(), 12U);
  EXPECT_THAT(found->body, testing::StartsWith("Kitchen,"));
}

TEST(ReportLayout, TextWithoutKnownColumnsNamesTheKnownReports) {
  const auto refused = recognise_table("name,amount\nx,1\n");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ReportError::Kind::UnknownLayout);
  EXPECT_THAT(refused.error().message, HasSubstr("Amazon Fee-Earnings, Awin transactions"));
}

TEST(ReportLayout, ColumnsMayStandInAnotherOrder) {
  const auto file = read_report(
      "Ad Fees($),Revenue($),Returns,Items Shipped,Price($),Date Shipped,Tracking ID,Seller,ASIN,"
      "Name,Category,Device Type Group,Note\n"
      "4.05,89.99,0,1,89.99,2026-03-02,candor-20,Amazon,B0,Blender,Kitchen,DESKTOP,\n",
      {});
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->rows.at(0).commission_micro, 4'050'000);
  EXPECT_EQ(file->rows.at(0).tag, "candor-20");
}

}  // namespace
}  // namespace candor::networks
