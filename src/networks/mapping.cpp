#include "networks/mapping.h"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <stdexcept>

#include "base/ascii.h"
#include "networks/field_table.h"
#include "networks/fingerprint.h"
#include "networks/mapping_table.h"

namespace candor::networks {
namespace {

constexpr std::size_t field_of(ColumnRole role) { return static_cast<std::size_t>(role); }

const date::time_zone* find_zone(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {
    // The date library has no look-up that does not throw.
    return nullptr;
  }
}

class MappedReader {
 public:
  MappedReader(const Mapping& mapping, const ReportOptions& options, const FieldTable& table,
               DecimalMark mark, DayOrder order)
      : mapping_(mapping),
        currency_(options.currency ? options.currency : mapping.currency),
        table_(table),
        mark_(mark),
        order_(order),
        zone_(*find_zone(mapping.zone)) {}

  CommissionRow read(const FieldRow& given, RowReader& reader) {
    CommissionRow row;
    const auto text = [&](ColumnRole role) { return std::string(given[field_of(role)].text); };
    const auto event = moment(given[field_of(ColumnRole::Date)], reader);
    row.event_at_ms = event.at_ms;
    row.precision = event.precision;
    if (const auto at = moment_if_given(given, ColumnRole::ClickDate, reader);
        at && at->precision == TimePrecision::Second)
      row.click_at_ms = at->at_ms;
    if (const auto at = moment_if_given(given, ColumnRole::PostedDate, reader))
      row.posted_at_ms = at->at_ms;
    row.commission_micro = amount(given[field_of(ColumnRole::Commission)], reader);
    row.sale_micro = amount_if_given(given[field_of(ColumnRole::Sale)], reader);
    row.status = status(given[field_of(ColumnRole::Status)], reader);
    row.currency = currency(given, reader);
    if (!text(ColumnRole::Quantity).empty())
      row.quantity = reader.count(given[field_of(ColumnRole::Quantity)], mark_);
    row.sub_id = text(ColumnRole::SubId);
    row.tag = text(ColumnRole::Tag);
    row.product = text(ColumnRole::Product);
    row.merchant = text(ColumnRole::Merchant);
    row.order_id = text(ColumnRole::Order);
    row.referring_url = text(ColumnRole::Page);
    set_identity(row, given, reader);
    return row;
  }

 private:
  RowReader::Moment moment(Cell cell, RowReader& reader) const {
    const auto read = parse_report_moment(cell.text, order_);
    if (!read) {
      reader.fail(cell, "not a date");
      return {};
    }
    if (!read->has_time) return {read->ms, TimePrecision::Day};
    if (read->has_offset) return {read->ms, TimePrecision::Second};
    const date::local_time<std::chrono::milliseconds> local{std::chrono::milliseconds{read->ms}};
    const auto at = zone_.to_sys(local, date::choose::earliest);
    return {at.time_since_epoch().count(), TimePrecision::Second};
  }
  std::optional<RowReader::Moment> moment_if_given(const FieldRow& given, ColumnRole role,
                                                   RowReader& reader) const {
    const Cell cell = given[field_of(role)];
    if (cell.text.empty() || cell.text == "-") return std::nullopt;
    return moment(cell, reader);
  }
  std::int64_t amount(Cell cell, RowReader& reader) const {
    return reader.amount({cell.column, without_currency(cell.text)}, mark_);
  }
  std::int64_t amount_if_given(Cell cell, RowReader& reader) const {
    return cell.text.empty() ? 0 : amount(cell, reader);
  }
  /// Without a column everything counts, as in reports that list what was earned.
  CommissionStatus status(Cell cell, RowReader& reader) const {
    if (!table_.has(field_of(ColumnRole::Status))) return CommissionStatus::Approved;
    const std::string word = ascii::to_lower(cell.text);
    if (const auto own = mapping_.statuses.find(word); own != mapping_.statuses.end())
      return own->second;
    if (const auto usual = usual_status(word)) return *usual;
    reader.fail(cell, "a status that the mapping does not know");
    return CommissionStatus::Pending;
  }
  Currency currency(const FieldRow& given, RowReader& reader) const {
    const Cell cell = given[field_of(ColumnRole::Currency)];
    if (cell.text.empty() && currency_) return *currency_;
    return reader.currency(cell);
  }
  void set_identity(CommissionRow& row, const FieldRow& given, RowReader& reader) {
    if (table_.has(field_of(ColumnRole::Id))) {
      row.identity = reader.required(given[field_of(ColumnRole::Id)]);
      if (!reader.error() && !seen_.insert(row.identity).second)
        reader.fail(given[field_of(ColumnRole::Id)], "an id that another row of the file has");
      return;
    }
    Fingerprint facts(mapping_.name);
    for (std::size_t field = 0; field < kColumnRoleCount; ++field) facts.add(given[field].text);
    row.identity = facts.hex();
    if (!reader.error()) ordinals_.number(row.identity);
  }

  const Mapping& mapping_;
  std::optional<Currency> currency_;
  const FieldTable& table_;
  DecimalMark mark_;
  DayOrder order_;
  const date::time_zone& zone_;
  std::set<std::string> seen_;
  Ordinals ordinals_;
};

bool has_header(const TableRows& table, const Mapping& mapping) {
  return std::ranges::all_of(mapping.header, [&](const std::string& wanted) {
    return std::ranges::any_of(table.header, [&](const std::string& name) {
      return same_column(plain_column(name), wanted);
    });
  });
}

Result<ReportFile, ReportError> read_by(TableRows table, const Mapping& mapping,
                                        const ReportOptions& options) {
  ReportLayout layout;
  layout.network = mapping.network;
  layout.report = mapping.name;
  layout.title = mapping.name;
  layout.certainty = LayoutCertainty::Inferred;
  layout.identity =
      mapping.columns.contains(ColumnRole::Id) ? RowIdentity::ById : RowIdentity::ByRange;
  std::array<std::string_view, kColumnRoleCount> fields{};
  for (const auto& [role, column] : mapping.columns) fields[field_of(role)] = column;
  const std::string_view text = table.text;
  ReportSource source{&layout,
                      {&layout,
                       table.delimiter,
                       table.header,
                       {},
                       text.substr(table.body_at),
                       table.first_body_number},
                      {}};
  FieldTable rows(source, fields);
  rows.drop_totals_rows(field_of(ColumnRole::Date));
  if (!mapping.columns.contains(ColumnRole::Currency) && !mapping.currency && !options.currency)
    return ask_for_currency(layout);
  const DayOrder order =
      rows.day_order(field_of(ColumnRole::Date), mapping.day_order.value_or(DayOrder::MonthFirst));
  const DecimalMark mark =
      rows.decimal_mark({field_of(ColumnRole::Commission), field_of(ColumnRole::Sale)});
  MappedReader reader(mapping, options, rows, mark, order);
  auto file = read_rows(source, options, rows, [&](const FieldRow& given, RowReader& row_reader) {
    return std::optional(reader.read(given, row_reader));
  });
  file.mapping = mapping.name;
  return file;
}

std::unexpected<ReportError> other_header(const Mapping& mapping) {
  return std::unexpected(ReportError{
      ReportError::Kind::UnknownLayout,
      "the file has not all the columns that the mapping \"" + mapping.name + "\" was made for"});
}

}  // namespace

std::optional<CommissionStatus> usual_status(std::string_view word) {
  using enum CommissionStatus;
  struct Words {
    CommissionStatus status;
    std::string_view words;
  };
  // "unpaid" and "invalid" hold "paid" and "valid": words are compared whole.
  constexpr std::array<Words, 4> kWords{
      {{Pending,
        " pending open new extended unconfirmed unpaid waiting tracked active processing "
        "default mixed hold "},
       {Approved,
        " approved confirmed valid validated locked accepted completed complete payable "},
       {Reversed,
        " declined rejected reversed cancelled canceled void voided invalid returned refunded "
        "denied disapproved expired "},
       {Paid, " paid closed settled "}}};
  const std::string wanted = ' ' + std::string(word) + ' ';
  for (const Words& each : kWords)
    if (each.words.find(wanted) != std::string_view::npos) return each.status;
  return std::nullopt;
}

bool is_mapping_name(std::string_view name) {
  return !name.empty() && name.size() <= 40 && name.front() != '-' &&
         std::ranges::all_of(
             name, [](char c) { return ascii::is_digit(c) || c == '-' || (c >= 'a' && c <= 'z'); });
}

std::vector<MappingFault> faults_of(const Mapping& mapping) {
  std::vector<MappingFault> faults;
  const auto judge_name = [&](std::string_view field, const std::string& name) {
    if (!is_mapping_name(name))
      faults.push_back({std::string(field), '"' + name +
                                                "\" is no name: use lower case letters, digits "
                                                "and '-', at most 40"});
  };
  judge_name("name", mapping.name);
  judge_name("network", mapping.network);
  if (!find_zone(mapping.zone))
    faults.push_back(
        {"zone", '"' + mapping.zone + "\" is no time zone, such as \"Europe/Berlin\""});
  for (ColumnRole role : {ColumnRole::Date, ColumnRole::Commission})
    if (!mapping.columns.contains(role))
      faults.push_back({"columns." + std::string(name_of(role)),
                        "no column is said to be the " + std::string(name_of(role))});
  for (const auto& [role, column] : mapping.columns)
    if (std::ranges::find(mapping.header, column) == mapping.header.end())
      faults.push_back(
          {"columns." + std::string(name_of(role)), "the header has no column \"" + column + '"'});
  return faults;
}

std::optional<std::string> fault_of(const Mapping& mapping) {
  const auto faults = faults_of(mapping);
  return faults.empty() ? std::nullopt : std::optional(faults.front().message);
}

Result<ReportFile, ReportError> read_mapped(std::string_view bytes, const Mapping& mapping,
                                            const ReportOptions& options) {
  if (const auto fault = fault_of(mapping))
    return std::unexpected(ReportError{ReportError::Kind::UnknownLayout, *fault});
  auto table = read_any_table(bytes);
  if (!table) return std::unexpected(table.error());
  if (!has_header(*table, mapping)) return other_header(mapping);
  return read_by(std::move(*table), mapping, options);
}

Result<ReportFile, ReportError> read_report_or_mapped(std::string_view bytes,
                                                      const ReportOptions& options,
                                                      const std::vector<Mapping>& mappings) {
  auto known = read_report(bytes, options);
  if (known || known.error().kind != ReportError::Kind::UnknownLayout || mappings.empty())
    return known;
  auto table = read_any_table(bytes);
  if (!table) return known;
  for (const Mapping& mapping : mappings) {
    if (!options.network.empty() && options.network != mapping.network) continue;
    if (!fault_of(mapping) && has_header(*table, mapping))
      return read_by(std::move(*table), mapping, options);
  }
  return known;
}

}  // namespace candor::networks
