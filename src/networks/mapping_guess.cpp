#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "networks/field_table.h"
#include "networks/mapping.h"
#include "networks/mapping_table.h"

namespace candor::networks {
namespace {

struct RoleNames {
  ColumnRole role;
  std::string_view names;  ///< separated by commas, the surest first
};

/// How networks call things, in the order in which roles choose their column.
constexpr std::array<RoleNames, kColumnRoleCount> kRoleNames{{
    {ColumnRole::ClickDate, "click date,click time,clicked at,date of click,click timestamp"},
    {ColumnRole::PostedDate,
     "posting date,process date,last updated,updated at,modified date,validation date"},
    {ColumnRole::Commission,
     "commission,commission amount,earnings,total earnings,publisher commission,payout,"
     "affiliate commission,your commission,total commission,ad fees,revenue share,earned,provision,"
     "revenue"},
    {ColumnRole::Sale,
     "sale amount,order value,order amount,sale value,sales,basket value,transaction value,"
     "purchase amount,order total,amount,sale,value,turnover,revenue"},
    {ColumnRole::Id,
     "transaction id,commission id,conversion id,action id,event id,sale id,id,trans id"},
    {ColumnRole::Order, "order id,order number,order ref,order reference,order"},
    {ColumnRole::Date,
     "transaction date,event date,sale date,order date,conversion date,date,action date,"
     "transaction time,conversion time,created at,created,timestamp,datum,time"},
    {ColumnRole::Status,
     "status,commission status,transaction status,state,order status,action status"},
    {ColumnRole::Currency, "currency,currency code,commission currency,payout currency"},
    {ColumnRole::SubId,
     "sub id,sub id 1,subid1,click ref,clickref,sid,u1,s1,aff sub,custom id,tracking code,"
     "publisher reference,epi,sub,click id"},
    {ColumnRole::Tag, "tracking id,tag,campaign tag"},
    {ColumnRole::Merchant,
     "merchant,advertiser,merchant name,advertiser name,brand,program,programme,program name,"
     "campaign,campaign name,store,shop,offer"},
    {ColumnRole::Product, "product,product id,sku,asin,item,item id,product name,item name"},
    {ColumnRole::Page, "referring url,referrer,referer,publisher url,source url,page,landing page"},
    {ColumnRole::Quantity, "quantity,qty,items,item count,units,number of items"},
}};

bool is_amount(std::string_view text) {
  return parse_micro_units(text, DecimalMark::Point) || parse_micro_units(text, DecimalMark::Comma);
}

/// Whether the column's values can be what the role says: none of them speaks against it.
bool fits(ColumnRole role, const TableRows& table, std::size_t column) {
  const auto every = [&](auto&& test) {
    return std::ranges::all_of(table.rows.rows, [&](const TableRow& row) {
      const std::string_view text = ascii::trim(row.cells[column]);
      return text.empty() || text == "-" || test(without_currency(text));
    });
  };
  switch (role) {
    case ColumnRole::Commission:
    case ColumnRole::Sale:
    case ColumnRole::Quantity:
      return every(is_amount);
    case ColumnRole::Date:
    case ColumnRole::ClickDate:
    case ColumnRole::PostedDate:
      return every([](std::string_view text) {
        return parse_report_moment(text, DayOrder::MonthFirst) ||
               parse_report_moment(text, DayOrder::DayFirst);
      });
    case ColumnRole::Currency:
      return every([](std::string_view text) { return find_currency(text).has_value(); });
    default:
      return true;
  }
}

std::optional<std::size_t> choose(const RoleNames& given, const TableRows& table,
                                  const std::vector<bool>& taken) {
  std::string_view names = given.names;
  while (!names.empty()) {
    const std::size_t comma = names.find(',');
    const std::string_view name = names.substr(0, comma);
    for (std::size_t i = 0; i < table.header.size(); ++i)
      if (!taken[i] && same_column(plain_column(table.header[i]), name) &&
          fits(given.role, table, i))
        return i;
    names.remove_prefix(comma == std::string_view::npos ? names.size() : comma + 1);
  }
  return std::nullopt;
}

/// "USD" of "Payout (USD)", or of a sign in the values.
std::optional<Currency> currency_told(const TableRows& table, std::size_t column) {
  const std::string_view header = table.header[column];
  if (const std::size_t open = header.rfind('('); open != std::string_view::npos)
    if (const auto code = find_currency(header.substr(open + 1, 3))) return code;
  for (const TableRow& row : table.rows.rows)
    if (const auto sign = currency_sign(ascii::trim(row.cells[column]))) return sign;
  return std::nullopt;
}

}  // namespace

Result<MappingGuess, ReportError> guess_mapping(std::string_view bytes) {
  auto table = read_any_table(bytes);
  if (!table) return std::unexpected(table.error());
  MappingGuess guess;
  guess.header = table->header;
  for (const std::string& name : table->header) guess.mapping.header.push_back(plain_column(name));
  std::vector<bool> taken(table->header.size());
  for (const RoleNames& each : kRoleNames) {
    const auto column = choose(each, *table, taken);
    if (!column) continue;
    taken[*column] = true;
    guess.mapping.columns[each.role] = guess.mapping.header[*column];
    if (each.role == ColumnRole::Commission)
      guess.mapping.currency = currency_told(*table, *column);
    if (each.role == ColumnRole::Date) {
      std::vector<std::string_view> dates;
      for (const TableRow& row : table->rows.rows) dates.emplace_back(row.cells[*column]);
      guess.mapping.day_order = sniff_day_order(dates);
    }
  }
  if (guess.mapping.columns.contains(ColumnRole::Currency)) guess.mapping.currency.reset();
  constexpr std::size_t kExamples = 3;
  for (const TableRow& row : table->rows.rows)
    if (guess.examples.size() < kExamples) guess.examples.push_back(row.cells);
  return guess;
}

}  // namespace candor::networks
