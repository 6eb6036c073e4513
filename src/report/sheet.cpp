#include "report/sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "report/text_width.h"

namespace candor::report {
namespace {

constexpr std::int64_t kMillion = 1'000'000;

Cell text_cell(std::string_view text) {
  return {.kind = CellKind::Text, .value = 0, .currency = {}, .text = std::string(text)};
}
Cell count_cell(std::int64_t value) { return {.kind = CellKind::Count, .value = value}; }
Cell count_cell(std::optional<std::int64_t> value) {
  return value ? count_cell(*value) : Cell{.kind = CellKind::None};
}
Cell share_cell(std::optional<std::int64_t> ppm) {
  return ppm ? Cell{.kind = CellKind::Share, .value = *ppm} : Cell{.kind = CellKind::None};
}
Cell money_cell(std::optional<std::int64_t> micro, Currency currency) {
  if (!micro) return {.kind = CellKind::None};
  return {.kind = CellKind::Money, .value = *micro, .currency = currency};
}

/// One column: what it is, and how a line's cell of it is found. `line`: null in a row without
/// money.
struct Maker {
  ColumnInfo info;
  Cell (*make)(const ReportRow& row, const MoneyLine* line);
};

Cell earned_before(const ReportRow& row, const MoneyLine* line) {
  if (!line) return {};
  const MoneyLine* before = row.before.find(line->currency);
  return money_cell(before ? before->earned_micro() : 0, line->currency);
}

Cell earned_change(const ReportRow& row, const MoneyLine* line) {
  if (!line) return {};
  const MoneyLine* before = row.before.find(line->currency);
  return share_cell(change_ppm(line->earned_micro(), before ? before->earned_micro() : 0));
}

template <CommissionStatus status>
Cell amount(const ReportRow&, const MoneyLine* line) {
  return line ? money_cell(line->of(status), line->currency) : Cell{};
}

template <int tier>
Cell tier_share(const ReportRow&, const MoneyLine* line) {
  return line ? share_cell(line->tier_ppm(tier)) : Cell{};
}

std::vector<Maker> count_columns() {
  return {
      {{"views", "Views", "views", "Views by people, as the pages told; n/a where not known.", true,
        true},
       [](const ReportRow& row, const MoneyLine*) { return count_cell(row.now.views); }},
      {{"clicks", "Clicks", "clicks", "Clicks by people, not repeated.", true, true},
       [](const ReportRow& row, const MoneyLine*) { return count_cell(row.now.clicks); }},
      {{"gross_clicks", "Gross", "clicks", "All clicks: programs, repeats and previews too.", true,
        true},
       [](const ReportRow& row, const MoneyLine*) { return count_cell(row.now.gross_clicks); }},
      {{"visitor_days", "Visitor-days", "visitor-days (estimate)",
        "Readers with a human click, counted each day and added: an estimate of people. Rows may "
        "share readers, so they do not add up to the total.",
        true, true},
       [](const ReportRow& row, const MoneyLine*) { return count_cell(row.now.visitor_days); }},
      {{"ctr", "CTR", "clicks per view", "Human clicks per view, on days since views are counted.",
        true, true},
       [](const ReportRow& row, const MoneyLine*) { return share_cell(row.now.ctr_ppm()); }},
      {{"conversion", "Conv.", "orders per click", "Orders of all currencies per human click.",
        true, true},
       [](const ReportRow& row, const MoneyLine*) { return share_cell(row.now.conversion_ppm()); }},
  };
}

std::vector<Maker> money_columns() {
  return {
      {{"currency", "Currency", "ISO 4217", "Each currency has a line of its own.", true},
       [](const ReportRow&, const MoneyLine* line) {
         return line ? text_cell(line->currency.text()) : Cell{};
       }},
      {{"orders", "Orders", "orders",
        "Orders or items, as the network counts; returned ones are taken off.", true},
       [](const ReportRow&, const MoneyLine* line) {
         return line ? count_cell(line->orders) : Cell{};
       }},
      {{"pending", "Pending", "money", "Commission the network may still refuse.", false},
       amount<CommissionStatus::Pending>},
      {{"approved", "Approved", "money", "Commission the network agreed to.", false},
       amount<CommissionStatus::Approved>},
      {{"reversed", "Reversed", "money", "Commission the network took back; not in earned.", true},
       amount<CommissionStatus::Reversed>},
      {{"paid", "Paid", "money", "Commission the network paid out.", false},
       amount<CommissionStatus::Paid>},
      {{"earned", "Earned", "money", "Pending + approved + paid.", true},
       [](const ReportRow&, const MoneyLine* line) {
         return line ? money_cell(line->earned_micro(), line->currency) : Cell{};
       }},
      {{"epc", "EPC", "money per click", "Earned per human click.", true},
       [](const ReportRow& row, const MoneyLine* line) {
         return line ? money_cell(row.now.epc_micro(line->currency), line->currency) : Cell{};
       }},
      {{"rpm", "RPM", "money per 1,000 views",
        "Earned per 1,000 views, on days since views are counted.", true},
       [](const ReportRow& row, const MoneyLine* line) {
         return line ? money_cell(row.now.rpm_micro(line->currency), line->currency) : Cell{};
       }},
      {{"aov", "AOV", "money per order", "Order value of what is not reversed, per order.", false},
       [](const ReportRow&, const MoneyLine* line) {
         return line ? money_cell(line->aov_micro(), line->currency) : Cell{};
       }},
      {{"effective_rate", "Rate", "of order value", "Earned per order value.", false},
       [](const ReportRow&, const MoneyLine* line) {
         return line ? share_cell(line->effective_rate_ppm()) : Cell{};
       }},
      {{"reversal_rate", "Reversals", "of booked commission",
        "Commission reversed or returned, of all that was ever booked in these days.", true},
       [](const ReportRow&, const MoneyLine* line) {
         return line ? share_cell(line->reversal_rate_ppm()) : Cell{};
       }},
  };
}

std::vector<Maker> tier_columns() {
  return {
      {{"share_token", "Token", "of earned", "Earned by evidence: our click token came back.",
        false},
       tier_share<1>},
      {{"share_label", "Label", "of earned", "A label or the referring page named the article.",
        false},
       tier_share<2>},
      {{"share_tag", "Tag", "of earned", "The tracking id belongs to one article.", false},
       tier_share<3>},
      {{"share_modelled", "Modelled", "of earned",
        "MODELLED: divided over the clicks in the programme's window.", true},
       tier_share<4>},
      {{"share_unattributed", "Unattributed", "of earned", "No evidence: nobody is credited.",
        true},
       tier_share<5>},
  };
}

std::vector<Maker> comparison_columns() {
  return {
      {{"clicks_before", "Clicks before", "clicks", "Human clicks in the compared days.", false,
        true},
       [](const ReportRow& row, const MoneyLine*) { return count_cell(row.before.clicks); }},
      {{"clicks_change", "Clicks +/-", "of before", "Change of human clicks; n/a from nothing.",
        true, true},
       [](const ReportRow& row, const MoneyLine*) {
         return share_cell(change_ppm(row.now.clicks, row.before.clicks));
       }},
      {{"earned_before", "Earned before", "money", "Earned in the compared days.", true},
       earned_before},
      {{"earned_change", "Earned +/-", "of before", "Change of earned; n/a from nothing.", true},
       earned_change},
  };
}

std::string dimension_heading(Dimension by) {
  std::string heading(name_of(by));
  heading[0] = static_cast<char>(heading[0] - 'a' + 'A');
  return heading;
}

std::vector<Maker> makers_of(const DimensionReport& report) {
  std::vector<Maker> makers{
      {{std::string(name_of(report.by)), dimension_heading(report.by), "", "", true, true},
       [](const ReportRow& row, const MoneyLine*) { return text_cell(row.key); }}};
  if (report.by == Dimension::Article || report.by == Dimension::Link)
    makers.push_back({{"title", "Title", "", "", false, true},
                      [](const ReportRow& row, const MoneyLine*) { return text_cell(row.title); }});
  for (auto part : {count_columns, money_columns, tier_columns})
    for (Maker& maker : part()) makers.push_back(std::move(maker));
  if (report.compare != Comparison::None)
    for (Maker& maker : comparison_columns()) makers.push_back(std::move(maker));
  return makers;
}

/// One line a currency that the row has now or had before; one without money when it has none.
void add_lines(const ReportRow& row, const std::vector<Maker>& makers, Sheet& sheet) {
  const auto add = [&](const MoneyLine* money, bool continues) {
    SheetLine line{.cells = {}, .continues = continues};
    for (const Maker& maker : makers) line.cells.push_back(maker.make(row, money));
    sheet.lines.push_back(std::move(line));
  };
  std::vector<MoneyLine> lines = row.now.money;
  for (const MoneyLine& before : row.before.money)
    if (!row.now.find(before.currency)) lines.push_back({.currency = before.currency});
  std::ranges::sort(lines, {}, &MoneyLine::currency);
  if (lines.empty()) add(nullptr, false);
  for (std::size_t i = 0; i < lines.size(); ++i) add(&lines[i], i > 0);
}

/// A part per million as a decimal with up to six places, trailing zeros off.
std::string decimals(std::int64_t value, std::int64_t whole, int places) {
  const bool negative = value < 0;
  const std::int64_t size = negative ? -value : value;
  std::string text =
      fmt::format("{}{}.{:0{}}", negative ? "-" : "", size / whole, size % whole, places);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string plain_text(const Cell& cell) {
  switch (cell.kind) {
    case CellKind::Text:
      return cell.text;
    case CellKind::Count:
      return std::to_string(cell.value);
    case CellKind::Money:
      return format_amount(cell.value, cell.currency);
    case CellKind::None:
      return "n/a";
    case CellKind::Share:
    case CellKind::Blank:
      return {};
  }
  return {};
}

}  // namespace

Sheet sheet_of(const DimensionReport& report) {
  const std::vector<Maker> makers = makers_of(report);
  Sheet sheet;
  for (const Maker& maker : makers) sheet.columns.push_back(maker.info);
  for (const ReportRow& row : report.rows) add_lines(row, makers, sheet);
  sheet.summary_from = sheet.lines.size();
  if (is_told_by_click(report.by)) add_lines(report.unattributed, makers, sheet);
  add_lines(report.total, makers, sheet);
  return sheet;
}

std::string text_of(const Cell& cell) {
  constexpr std::int64_t kPercent = 10'000;
  constexpr int kPlaces = 4;
  return cell.kind == CellKind::Share ? decimals(cell.value, kPercent, kPlaces) + "%"
                                      : plain_text(cell);
}

std::string decimal_of(const Cell& cell) {
  constexpr int kPlaces = 6;
  return cell.kind == CellKind::Share ? decimals(cell.value, kMillion, kPlaces) : plain_text(cell);
}

std::string title_of(const DimensionReport& report) {
  std::string text = fmt::format("Revenue by {}, {} to {} ({})", name_of(report.by),
                                 report.from_day, report.to_day, report.zone);
  for (const ReportFilter& filter : report.filters)
    text += fmt::format(", {} {}", name_of(filter.dimension),
                        printable(fmt::format("{}", fmt::join(filter.values, " or "))));
  if (!report.as_of.empty()) text += ", money as known on " + report.as_of;
  return text;
}

std::string comparison_text(const DimensionReport& report) {
  if (report.compare == Comparison::None) return {};
  return fmt::format(
      "Compared with {} to {}, the same weekdays {}.", report.before_from_day, report.before_to_day,
      report.compare == Comparison::Year ? "364 days before" : "of the weeks before");
}

std::string completeness_text(const DimensionReport& report) {
  std::string text;
  for (const DataThrough& each : report.data_through) {
    if (!text.empty()) text += "; ";
    text +=
        each.day.empty()
            ? fmt::format("{}: no commissions (imported {})", each.network, each.imported_on)
            : fmt::format("{} through {} (imported {})", each.network, each.day, each.imported_on);
  }
  return text.empty() ? "no network's report was imported" : text;
}

std::vector<std::string> balance_texts(const DimensionReport& report) {
  std::vector<std::string> texts;
  for (const BalanceLine& line : report.balance) {
    const auto amount_of = [&](std::int64_t micro) { return format_amount(micro, line.currency); };
    const std::string left_out =
        report.filters.empty() ? "" : " + left out " + amount_of(line.left_out_micro);
    texts.push_back(fmt::format(
        "{}, all statuses: attributed {} + unattributed {}{} = imported {}{}", line.currency.text(),
        amount_of(line.attributed_micro), amount_of(line.unattributed_micro), left_out,
        amount_of(line.imported_micro), report.balanced ? "" : "?"));
  }
  if (!report.balanced)
    texts.emplace_back(
        "DOES NOT BALANCE: attributed + unattributed differs from what was imported.");
  std::ranges::move(conversion_texts(report.conversion), std::back_inserter(texts));
  return texts;
}

}  // namespace candor::report
