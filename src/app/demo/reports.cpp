#include "app/demo/reports.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "base/rfc3339.h"
#include "link/url.h"

namespace candor::app::demo {
namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;
constexpr std::string_view kAwinHeader =
    "id,advertiser_id,sale_amount,commission,date,commission_status,validation_date,click_ref,type,"
    "site_name,URL,"
    "decline_reason,clickThroughTime,voucher_code_used,lapse_time,amended,amend_reason,old_sale_"
    "amount,old_commission,"
    "different_currency,click_device,transaction_device,publisher_url,transaction_parts,customer_"
    "country,"
    "custom_parameters,paid_to_publisher,payment_status,payment_id,transaction_query_id,click_ref2,"
    "click_ref3,"
    "click_ref4,click_ref5,click_ref6,voucher_code,commission_sharing_publisher_id,commission_"
    "sharing_publisher\n";

/// "2026-11-23 02:30:44"
std::string sql_time(std::int64_t at_ms) {
  std::string text = format_rfc3339(at_ms).substr(0, 19);
  text[10] = ' ';
  return text;
}

std::string cents(std::int64_t amount) {
  return fmt::format("{}{}.{:02}", amount < 0 ? "-" : "", std::abs(amount) / 100,
                     std::abs(amount) % 100);
}

std::string awin_row(std::int64_t id, const Click& click, const std::string& reference,
                     const std::string& page, Dice& dice, std::int64_t now_ms) {
  const auto sale = static_cast<std::int64_t>(1200 + dice.below(9000));
  const std::int64_t commission = sale * static_cast<std::int64_t>(4 + dice.below(7)) / 100;
  const std::int64_t clicked = at_ms(click.id);
  const std::int64_t bought =
      std::min(now_ms, clicked + static_cast<std::int64_t>(dice.below(6 * 3600 * 1000)));
  const bool settled = now_ms - bought > 35 * kDayMs;
  const bool declined = settled && dice.chance(12);
  const bool paid = settled && !declined && now_ms - bought > 70 * kDayMs;
  return fmt::format(
      "{},7052,{},{},{},{},{},{},Commission group transaction,The Nourished "
      "Fork,,{},{},,{},no,,,,,,,{},,US,,{},,,,,,,,,,,\n",
      id, cents(sale), cents(commission), sql_time(bought),
      declined  ? "declined"
      : settled ? "approved"
                : "pending",
      settled ? sql_time(bought + 30 * kDayMs) : "", reference, declined ? "Returned" : "",
      sql_time(clicked), (bought - clicked) / 1000, page, paid ? "yes" : "no");
}

std::string tag_of(const std::string& href) {
  const auto url = parse_url(href);
  if (!url) return {};
  for (const auto& [name, value] : parse_query(url->query))
    if (name == "tag") return value;
  return {};
}

std::string product_of(const std::string& href) {
  const auto at = href.find("/dp/");
  return at == std::string::npos ? "B0DEMO0000" : href.substr(at + 4, 10);
}

}  // namespace

std::string make_awin_report(const std::vector<Click>& clicks,
                             const std::vector<Placement>& placements, const ClickTokenKey& key,
                             Dice& dice, std::int64_t now_ms) {
  std::map<std::int64_t, const Placement*> awin;
  for (const Placement& each : placements)
    if (each.network == "awin" && each.link) awin.emplace(each.link.value, &each);
  std::string out(kAwinHeader);
  std::int64_t id = 910000001;
  for (const Click& click : clicks) {
    if (click.verdict != Verdict::Human || !awin.contains(click.link.value) || !dice.chance(7))
      continue;
    const auto evidence = dice.below(100);
    const std::string reference = evidence < 84 ? make_click_token(click.id, key) : "";
    const std::string page = evidence >= 84 && evidence < 94
                                 ? "https://nourished.example" + awin[click.link.value]->path
                                 : "";
    out += awin_row(id++, click, reference, page, dice, now_ms);
  }
  return out;
}

std::string make_amazon_report(const std::vector<Placement>& placements, Dice& dice,
                               std::int64_t now_ms, int days) {
  std::vector<const Placement*> amazon;
  for (const Placement& each : placements)
    if (each.network == "amazon") amazon.push_back(&each);
  std::string out = fmt::format(
      "Fee-Earnings reports from {} to {}\nCategory,Name,ASIN,Seller,Tracking ID,Date "
      "Shipped,Price($),Items Shipped,"
      "Returns,Revenue($),Ad Fees($),Device Type Group\n",
      format_rfc3339(now_ms - days * kDayMs).substr(0, 10), format_rfc3339(now_ms).substr(0, 10));
  if (amazon.empty()) return out;
  for (int day = 0; day < days; ++day) {
    const std::string date = format_rfc3339(now_ms - (days - day) * kDayMs).substr(0, 10);
    for (auto orders = dice.below(5); orders > 0; --orders) {
      const Placement& place = *amazon[static_cast<std::size_t>(dice.below(amazon.size()))];
      const auto price = static_cast<std::int64_t>(899 + dice.below(7000));
      const bool returned = dice.chance(6);
      const std::int64_t revenue = returned ? -price : price;
      out +=
          fmt::format("Kitchen,Demo product,{},Amazon,{},{} 00:00:00,{},{},{},{},{},PHONE\n",
                      product_of(place.href), tag_of(place.href), date, cents(price),
                      returned ? 0 : 1, returned ? 1 : 0, cents(revenue), cents(revenue * 4 / 100));
    }
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> find_article_tags(
    const std::vector<Placement>& placements) {
  std::map<std::string, std::set<std::string>> articles;
  for (const Placement& each : placements)
    if (each.network == "amazon")
      if (const std::string tag = tag_of(each.href); !tag.empty()) articles[tag].insert(each.path);
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& [tag, paths] : articles)
    if (paths.size() == 1) out.emplace_back(tag, *paths.begin());
  return out;
}

}  // namespace candor::app::demo
