#include "networks/postback.h"

#include <gmock/gmock.h>

namespace candor::networks {
namespace {

CommissionRow read(std::string_view network, const PostbackValues& values,
                   const PostbackOptions& options = {}) {
  const auto row = read_postback(network, values, options);
  EXPECT_TRUE(row.has_value()) << row.error().name << ": " << row.error().message;
  return row.value_or(std::optional<CommissionRow>(CommissionRow{})).value();
}

std::string fault(std::string_view network, const PostbackValues& values,
                  const PostbackOptions& options = {}) {
  const auto row = read_postback(network, values, options);
  EXPECT_FALSE(row.has_value());
  return row ? std::string() : row.error().name;
}

TEST(Postback, AwinIsReadAsItsTransactionsAre) {
  const PostbackValues values{{"transactionId", "244231459"},
                              {"transactionDate", "2026-11-06 18:35:28"},
                              {"transactionCurrency", "GBP"},
                              {"transactionAmount", "33.7"},
                              {"commission", "0.67"},
                              {"merchantId", "2678"},
                              {"clickRef", ""},
                              {"clickRef2", "k0123456789abcdef"},
                              {"clickThroughTime", "2026-11-06 07:15:24"}};
  const CommissionRow row = read("awin", values, {.account = "9", .currency = {}});
  EXPECT_EQ(row.identity, "244231459");
  EXPECT_EQ(row.account, "9");
  EXPECT_EQ(row.status, CommissionStatus::Pending);
  EXPECT_EQ(row.commission_micro, 670'000);
  EXPECT_EQ(row.sale_micro, 33'700'000);
  EXPECT_EQ(row.currency.text(), "GBP");
  EXPECT_EQ(row.sub_id, "k0123456789abcdef");
  EXPECT_EQ(row.merchant, "2678");
  EXPECT_EQ(row.event_at_ms, 1'793'990'128'000);
  EXPECT_EQ(row.click_at_ms, 1'793'949'324'000);
}

TEST(Postback, ImpactsReversedActionIsWhatItWasMeantToPay) {
  const CommissionRow row = read("impact", {{"action_id", "7.2.3"},
                                            {"status", "REVERSED"},
                                            {"event_date", "2026-11-06T18:35:28-05:00"},
                                            {"payout", "0"},
                                            {"intended_payout", "12.3456"},
                                            {"amount", "0"},
                                            {"intended_amount", "100"},
                                            {"currency", "USD"},
                                            {"sub_id_1", "{SubId1}"},
                                            {"shared_id", "spring"}});
  EXPECT_EQ(row.status, CommissionStatus::Reversed);
  EXPECT_EQ(row.commission_micro, 12'345'600);
  EXPECT_EQ(row.sale_micro, 100'000'000);
  EXPECT_EQ(row.sub_id, "spring") << "a macro without a value is none";
}

bool is_no_commission(const PostbackValues& values) {
  const auto row = read_postback("clickbank", values, {});
  return row.has_value() && !row->has_value();
}

TEST(Postback, ClickBanksRefundTakesItsSaleBack) {
  const PostbackValues sale{{"receipt", "ABC12345"},
                            {"transactionType", "SALE"},
                            {"transactionTime", "2026-11-06T13:47:51-06:00"},
                            {"totalAccountAmount", "21.50"},
                            {"totalOrderAmount", "47.00"},
                            {"currency", "USD"},
                            {"vendor", "acme"},
                            {"lineItems.0.itemNo", "1"},
                            {"trackingCodes.0", "kettle"}};
  const CommissionRow sold = read("clickbank", sale);
  EXPECT_EQ(sold.identity, "ABC12345/SALE/1");
  EXPECT_EQ(sold.status, CommissionStatus::Approved);
  EXPECT_EQ(sold.commission_micro, 21'500'000);
  EXPECT_EQ(sold.sub_id, "kettle");
  PostbackValues refund = sale;
  refund["transactionType"] = "RFND";
  const CommissionRow back = read("clickbank", refund);
  EXPECT_EQ(back.identity, "ABC12345/RFND/1");
  EXPECT_EQ(back.parent, sold.parent);
  EXPECT_EQ(back.commission_micro, -21'500'000);
  EXPECT_EQ(back.quantity, -1);
  EXPECT_EQ(back.posted_at_ms, back.event_at_ms) << "it was taken back then";
  refund["transactionType"] = "TEST";
  EXPECT_TRUE(is_no_commission(refund));
  refund["transactionType"] = "CANCEL-REBILL";
  EXPECT_TRUE(is_no_commission(refund));
}

TEST(Postback, AnyOtherNetworkTakesTheGeneralNamesOrTheOwners) {
  const PostbackValues values{{"id", "t1"},     {"date", "1793990128"}, {"commission", "1.5"},
                              {"sub-id", "k1"}, {"Status", "Approved"}, {"currency", "EUR"}};
  const CommissionRow row = read("acme", values);
  EXPECT_EQ(row.identity, "t1");
  EXPECT_EQ(row.event_at_ms, 1'793'990'128'000);
  EXPECT_EQ(row.status, CommissionStatus::Approved);
  EXPECT_EQ(row.sub_id, "k1");
  PostbackOptions options;
  options.currency = find_currency("EUR");
  options.names = {{ColumnRole::Id, "tid"}, {ColumnRole::Commission, "payout"}};
  const CommissionRow own = read(
      "acme", {{"tid", "t2"}, {"payout", "2"}, {"date", "1793990128123"}, {"id", "no"}}, options);
  EXPECT_EQ(own.identity, "t2");
  EXPECT_EQ(own.commission_micro, 2'000'000);
  EXPECT_EQ(own.event_at_ms, 1'793'990'128'123);
}

TEST(Postback, WhatIsMissingOrWrongIsNamed) {
  const PostbackValues good{
      {"id", "t1"}, {"date", "2026-11-06"}, {"commission", "1.5"}, {"currency", "EUR"}};
  const auto with = [&](const char* name, const char* text) {
    PostbackValues values = good;
    values[name] = text;
    return fault("acme", values);
  };
  EXPECT_EQ(with("id", ""), "id");
  EXPECT_EQ(with("id", "{id}"), "id");
  EXPECT_EQ(with("date", ""), "date");
  EXPECT_EQ(with("date", "yesterday"), "date");
  EXPECT_EQ(with("commission", ""), "commission");
  EXPECT_EQ(with("commission", "lots"), "commission");
  EXPECT_EQ(with("currency", "EURO"), "currency");
  EXPECT_EQ(with("currency", ""), "currency");
  EXPECT_EQ(with("status", "odd"), "status");
  EXPECT_EQ(with("sale", "1,2,3"), "sale");
  EXPECT_EQ(fault("acme", {}), "id");
}

TEST(Postback, TheAddressNamesEachMacroOfTheNetwork) {
  const std::string awin = postback_query(postback_layout("awin"));
  EXPECT_TRUE(awin.starts_with("transactionId=!!!transactionId!!!&")) << awin;
  const std::string impact = postback_query(postback_layout("impact"));
  EXPECT_THAT(impact, testing::HasSubstr("&intended_payout={IntendedPayout}&"));
  EXPECT_TRUE(postback_query(postback_layout("clickbank")).empty());
  EXPECT_THAT(postback_query(postback_layout("acme")), testing::HasSubstr("id={id}&"));
}

}  // namespace
}  // namespace candor::networks
