#pragma once
// Awin's transaction CSV with the columns that matter, for sales on one day.
#include <string>
#include <string_view>
#include <vector>

namespace candor {

struct AwinSale {
  std::string_view id;
  std::string_view status;      ///< "pending", "approved", "declined"
  std::string_view commission;  ///< "3.14"; the sale is ten times a unit
  std::string_view click_ref;
  std::string_view date{};  ///< empty: that of the report
};

inline void append_awin_sale(std::string& text, const AwinSale& sale, std::string_view date) {
  text.append(sale.id).append(",7052,10.00,").append(sale.commission).append(",");
  text.append(sale.date.empty() ? date : sale.date);
  text.append(",").append(sale.status).append(",,").append(sale.click_ref);
  text.append(",Commission group transaction,Example Site,,,,,,no,,,,,,,,,GB,,no,,,,,,,,,,,\n");
}

inline std::string awin_report(const std::vector<AwinSale>& sales,
                               std::string_view date = "2026-11-17 10:00:00") {
  std::string text =
      "id,advertiser_id,sale_amount,commission,date,commission_status,validation_date,click_ref,"
      "type,site_name,URL,decline_reason,clickThroughTime,voucher_code_used,lapse_time,amended,"
      "amend_reason,old_sale_amount,old_commission,different_currency,click_device,"
      "transaction_device,publisher_url,transaction_parts,customer_country,custom_parameters,"
      "paid_to_publisher,payment_status,payment_id,transaction_query_id,click_ref2,click_ref3,"
      "click_ref4,click_ref5,click_ref6,voucher_code,commission_sharing_publisher_id,"
      "commission_sharing_publisher\n";
  for (const AwinSale& sale : sales) append_awin_sale(text, sale, date);
  return text;
}

}  // namespace candor
