#include "revenue/reconcile.h"

#include <gtest/gtest.h>

namespace candor {
namespace {

Currency currency(std::string_view code) { return find_currency(code).value(); }

LedgerLine ledger(const std::string& network, const std::string& account, CommissionStatus status,
                  const std::string& period, std::int64_t micro) {
  return {network, account, currency("EUR"), status, period, micro, micro, 0};
}

TEST(Statement, IsReadByItsHeader) {
  const auto file = read_statement(
      "Period,Amount,Currency,Network,Account\n"
      "2026-03,\"1,250.00\",EUR,awin,\"a \"\"b\"\"\"\n"
      "\n"
      "2026-13,1,EUR,awin,\n"
      "2026-03,1.2.3,EUR,awin,\n"
      "2026-03,1,XQQ,awin,\n"
      "2026-03,1,EUR,,\n");
  ASSERT_TRUE(file.has_value()) << file.error();
  ASSERT_EQ(file->lines.size(), 1u);
  EXPECT_EQ(file->lines[0],
            (StatementLine{"awin", "a \"b\"", currency("EUR"), "2026-03", 1'250'000'000}));
  ASSERT_EQ(file->errors.size(), 4u);
  EXPECT_EQ(file->errors[0].row, 4);
  EXPECT_EQ(file->errors[0].column, "period");
  EXPECT_EQ(file->errors[3].column, "network");
  EXPECT_FALSE(read_statement("network,amount\n").has_value());
}

TEST(Reconcile, SetsApprovedAndPaidBesideTheStatement) {
  using enum CommissionStatus;
  const std::vector<StatementLine> statement{{"awin", "1", currency("EUR"), "2026-03", 60},
                                             {"awin", "1", currency("EUR"), "2026-03", 40},
                                             {"awin", "9", currency("EUR"), "2026-03", 5},
                                             {"cj", "", currency("EUR"), "2026-03", 7}};
  const std::vector<LedgerLine> lines{
      ledger("awin", "1", Approved, "2026-03", 70), ledger("awin", "1", Paid, "2026-03", 20),
      ledger("awin", "1", Pending, "2026-03", 999), ledger("awin", "1", Reversed, "2026-03", 999),
      ledger("awin", "2", Paid, "2026-03", 3),      ledger("awin", "1", Paid, "2026-04", 8),
      ledger("cj", "x", Paid, "2026-03", 4),        ledger("cj", "y", Approved, "2026-03", 3),
      ledger("impact", "1", Paid, "2026-03", 8)};
  const auto found = reconcile(statement, lines);
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[0].statement.micro, 100);
  EXPECT_EQ(found[0].ledger_micro, 90);
  EXPECT_EQ(found[0].difference_micro(), 10);
  EXPECT_EQ(found[1].statement.account, "2");
  EXPECT_FALSE(found[1].stated);
  EXPECT_EQ(found[1].difference_micro(), -3);
  EXPECT_EQ(found[2].statement.account, "9");
  EXPECT_EQ(found[2].difference_micro(), 5);
  EXPECT_EQ(found[3].statement.network, "cj");
  EXPECT_EQ(found[3].difference_micro(), 0);
}

}  // namespace
}  // namespace candor
