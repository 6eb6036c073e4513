#include "sqlite/commission_rows.h"

#include <algorithm>

namespace candor::sqlite {

Currency read_currency(Row& row) {
  Currency currency;
  const std::string code = row.text();
  std::copy_n(code.begin(), std::min(code.size(), currency.code.size()), currency.code.begin());
  return currency;
}

CommissionStatus read_status(Row& row) {
  const std::int64_t number = row.integer();
  return number >= 0 && number < kCommissionStatusCount ? static_cast<CommissionStatus>(number)
                                                        : CommissionStatus::Pending;
}

CommissionRow read_commission_row(Row& row) {
  CommissionRow commission;
  commission.account = row.text();
  commission.identity = row.text();
  commission.event_at_ms = row.integer();
  commission.click_at_ms = row.optional_integer();
  commission.precision = row.number<TimePrecision>();
  commission.status = read_status(row);
  commission.currency = read_currency(row);
  commission.sale_micro = row.integer();
  commission.commission_micro = row.integer();
  commission.quantity = row.integer();
  commission.sub_id = row.text();
  commission.tag = row.text();
  commission.product = row.text();
  commission.merchant = row.text();
  commission.referring_url = row.text();
  commission.posted_at_ms = row.optional_integer();
  commission.order_id = row.text();
  commission.parent = row.text();
  return commission;
}

void set_observation(Query& query, const CommissionRow& row) {
  query.set(":event_at_ms", row.event_at_ms)
      .set(":click_at_ms", row.click_at_ms)
      .set(":precision", static_cast<std::int64_t>(row.precision))
      .set(":status", static_cast<std::int64_t>(row.status))
      .set(":currency", row.currency.text())
      .set(":sale_micro", row.sale_micro)
      .set(":commission_micro", row.commission_micro)
      .set(":quantity", row.quantity)
      .set_view(":sub_id", row.sub_id)
      .set_view(":tag", row.tag)
      .set_view(":product", row.product)
      .set_view(":merchant", row.merchant)
      .set_view(":referring_url", row.referring_url)
      .set(":posted_at_ms", row.posted_at_ms)
      .set_view(":order_id", row.order_id)
      .set_view(":parent", row.parent);
}

}  // namespace candor::sqlite
