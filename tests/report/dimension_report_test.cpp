#include "report/dimension_report.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "report/convert.h"
#include "report/sheet.h"
#include "report/svg_chart.h"

namespace candor::report {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

const Currency kEur = find_currency("EUR").value();
const Currency kUsd = find_currency("USD").value();
const Currency kJpy = find_currency("JPY").value();

MoneyPart part(Currency currency, CommissionStatus status, std::int64_t micro, std::int64_t orders,
               int tier) {
  MoneyPart made;
  made.currency = currency;
  made.status = status;
  made.commission_micro = micro;
  made.sale_micro = 20 * micro;
  made.orders = orders;
  made.tier = tier;
  return made;
}

DimensionReport sample() {
  DimensionReport report;
  report.by = Dimension::Article;
  report.from_day = "2026-10-26";
  report.to_day = "2026-11-22";
  report.zone = "Europe/Berlin";
  report.site = "Tom & Jerry's <kitchen>";
  report.compare = Comparison::Previous;
  report.before_from_day = "2026-09-28";
  report.before_to_day = "2026-10-25";

  ReportRow blenders{.id = 3, .key = "/best-blenders", .title = "=HYPERLINK(\"http://x\")"};
  blenders.now.views = 200;
  blenders.now.clicks = blenders.now.viewed_clicks = 24;
  blenders.now.gross_clicks = 31;
  blenders.now.visitor_days = 20;
  add(blenders.now, part(kEur, CommissionStatus::Approved, 62'500'000, 7, 1), true);
  add(blenders.now, part(kEur, CommissionStatus::Pending, 2'999'000, 1, 4), true);
  add(blenders.now, part(kUsd, CommissionStatus::Paid, 4'050'000, 1, 2), true);
  blenders.before.clicks = 16;
  add(blenders.before, part(kEur, CommissionStatus::Paid, 50'000'000, 5, 1), true);

  ReportRow hostile{.id = 4,
                    .key = "/\"><script>alert(1)</script>",
                    .title = "</title><svg onload=alert(2)>'\x01\xE2\x80\xAE"};
  hostile.now.clicks = 3;
  hostile.now.gross_clicks = 3;
  hostile.now.visitor_days = 3;
  add(hostile.now, part(kEur, CommissionStatus::Reversed, 1'000'001, 0, 3), false);
  hostile.before.clicks = 0;
  add(hostile.before, part(kJpy, CommissionStatus::Approved, 120'000'000, 1, 1), false);

  report.rows = {hostile, blenders};
  add(report.unattributed.now, part(kUsd, CommissionStatus::Approved, -4'050'000, -1, 5), true);
  report.total.now.views = 200;
  report.total.now.visitor_days = 21;
  report.imported = {{kEur, {2'999'000, 62'500'000, 1'000'001, 0}},
                     {kUsd, {0, -4'050'000, 0, 4'050'000}}};
  report.data_through = {{"amazon", "2026-11-12", "2026-11-13"}, {"awin", "", "2026-11-14"}};
  finish(report);
  return report;
}

/// Rows of fields, unquoted.
std::vector<std::vector<std::string>> parse_csv(const std::string& csv) {
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (quoted && c == '"' && i + 1 < csv.size() && csv[i + 1] == '"')
      rows.back().back() += csv[++i];
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && c == ',')
      rows.back().emplace_back();
    else if (!quoted && c == '\n')
      rows.push_back(std::vector<std::string>(1));
    else if (quoted || c != '\r')
      rows.back().back() += c;
  }
  rows.pop_back();
  return rows;
}

/// "62.50" as micro-units, "0.125" or "12.5%" as parts per million, "24" as it is; nothing: n/a.
json number_of(const std::string& text, const std::string& key) {
  if (text == "n/a" || text.empty()) return nullptr;
  const bool count = key == "views" || key.ends_with("clicks") || key == "visitor_days" ||
                     key == "orders" || key == "clicks_before";
  if (count) return std::stoll(text);
  const std::int64_t percent = text.ends_with('%') ? 100 : 1;
  const auto value = parse_micro_units(percent > 1 ? text.substr(0, text.size() - 1) : text);
  return value ? json(*value / percent) : json("no number: " + text);
}

/// What the JSON says of a cell; `money`: null for a row without.
json json_value(const json& row, const json& money, const std::string& key) {
  if (key == "views" || key.ends_with("clicks") || key == "visitor_days") return row.at(key);
  if (key == "ctr" || key == "conversion") return row.at(key + "_ppm");
  if (key == "clicks_before") return row.at("before").at("clicks");
  if (key == "clicks_change") return row.at("change").at("clicks_ppm");
  if (money.is_null()) return nullptr;
  if (key == "orders") return money.at("orders");
  if (key.starts_with("share_")) return money.at("tiers").at(key.substr(6)).at("share_ppm");
  if (key == "effective_rate" || key == "reversal_rate") return money.at(key + "_ppm");
  const auto earned = [&](const json& lines, const char* member) -> json {
    for (const json& line : lines)
      if (line.at("currency") == money.at("currency")) return line.at(member);
    return nullptr;
  };
  if (key == "earned_before") {
    const json before = earned(row.at("before").at("money"), "earned_micro");
    return before.is_null() ? json(0) : before;
  }
  if (key == "earned_change") return earned(row.at("change").at("earned"), "change_ppm");
  return money.at(key + "_micro");
}

json money_of(const json& row, const std::string& currency) {
  for (const json& line : row.at("money"))
    if (line.at("currency") == currency) return line;
  return nullptr;
}

void expect_same_numbers(const DimensionReport& report, std::size_t least_compared) {
  const json document = json::parse(to_json(report));
  const auto csv = parse_csv(to_csv(report));
  const std::string html = to_html(report);
  const std::string table = to_table(report);
  const Sheet sheet = sheet_of(report);
  ASSERT_EQ(csv.size(), sheet.lines.size() + 1);

  json rows = document.at("data");
  rows.push_back(document.at("unattributed"));
  rows.push_back(document.at("total"));
  std::size_t row = 0;
  std::size_t compared = 0;
  for (std::size_t n = 0; n < sheet.lines.size(); ++n) {
    if (n > 0 && !sheet.lines[n].continues) ++row;
    std::string html_line;
    std::string currency;
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
      const std::string key = csv[0][i];
      EXPECT_EQ(key, sheet.columns[i].key);
      const std::string text = text_of(sheet.lines[n].cells[i]);
      html_line += (i == 0                          ? "<th scope=\"row\">"
                    : sheet.columns[i].unit.empty() ? "<td class=\"text\">"
                                                    : "<td>") +
                   escape_markup(text) + (i == 0 ? "</th>" : "</td>");
      if (key == "currency") currency = csv[n + 1][i];
    }
    EXPECT_THAT(html, HasSubstr(html_line));
    const json money = money_of(rows.at(row), currency);
    for (std::size_t i = 2; i < sheet.columns.size(); ++i) {
      const std::string key = csv[0][i];
      if (key == "currency" || (money.is_null() && !currency.empty())) continue;
      const json expected = json_value(rows.at(row), money, key);
      EXPECT_EQ(number_of(csv[n + 1][i], key), expected) << key << " of " << csv[n + 1][0];
      EXPECT_EQ(number_of(text_of(sheet.lines[n].cells[i]), key), expected) << key;
      if (sheet.columns[i].brief && !expected.is_null()) {
        EXPECT_THAT(table, HasSubstr(text_of(sheet.lines[n].cells[i])));
      }
      ++compared;
    }
  }
  EXPECT_EQ(row + 1, rows.size());
  EXPECT_GT(compared, least_compared);
}

TEST(DimensionReport, EveryFormatSaysTheSameNumbers) { expect_same_numbers(sample(), 150); }

TEST(DimensionReport, EveryFormatSaysTheSameNumbersInOneCurrency) {
  const RateTable rates({{7, 20'000, kUsd, 1'100'000}, {8, 19'998, kJpy, 161'234'567}});
  PartConverter converter(rates, kEur);
  DimensionReport report = sample();
  report.rows.clear();
  report.unattributed = {};
  report.total = {};
  report.balance.clear();
  report.conversion = {.currency = kEur,
                       .rates = {{7, "2024-10-04", kUsd, 1'100'000}},
                       .unconverted = {{kJpy, "2024-09-01", "2024-09-01", 9'000'000}}};
  std::vector<MoneyPart> parts{part(kEur, CommissionStatus::Paid, 1'000'001, 1, 1),
                               part(kUsd, CommissionStatus::Approved, 3'333'333, 2, 4),
                               part(kUsd, CommissionStatus::Approved, -1, 0, 4),
                               part(kJpy, CommissionStatus::Pending, 500'000'000, 1, 2),
                               part(kJpy, CommissionStatus::Pending, 9'000'000, 1, 5)};
  for (MoneyPart& each : parts) each.day = 20'000;
  parts.back().day = 19'967;  // no rate within ten days
  ReportRow row{.id = 3, .key = "/pans", .title = "Pans"};
  row.now.clicks = 9;
  for (const MoneyPart& each : parts)
    add(each.tier == 5 ? report.unattributed.now : row.now, converter.convert(each), true);
  report.rows = {row};
  report.imported = converter.convert_imported(
      {{kEur, {0, 0, 0, 1'000'001}}, {kJpy, {509'000'000, 0, 0, 0}}, {kUsd, {0, 3'333'332, 0, 0}}});
  finish(report);
  EXPECT_TRUE(report.balanced);
  EXPECT_EQ(report.main_currency(), kEur);
  expect_same_numbers(report, 60);
  const json document = json::parse(to_json(report));
  EXPECT_EQ(document.at("conversion").at("rates").at(0).at("id"), 7);
  // 1.000001 + 3.333332 / 1.1 + 500 / 161.234567, each rounded once
  EXPECT_EQ(document.at("data").at(0).at("money").at(0).at("earned_micro"),
            1'000'001 + 3'030'302 + 3'101'072);
  EXPECT_EQ(document.at("unattributed").at("money").at(0).at("currency"), "JPY");
  for (const std::string& text : {to_table(report), to_html(report)})
    EXPECT_THAT(text, HasSubstr("NOT CONVERTED, in lines of its own: 9 JPY of all statuses"));
}

TEST(DimensionReport, TheNumbersAreTheOnesCountedByHand) {
  const DimensionReport report = sample();
  EXPECT_EQ(report.main_currency(), kEur);
  EXPECT_EQ(report.rows.at(0).key, "/best-blenders");
  const json total = json::parse(to_json(report)).at("total");
  EXPECT_EQ(total.at("clicks"), 27);
  EXPECT_EQ(total.at("orders"), 8);
  EXPECT_EQ(total.at("money").at(0).at("earned_micro"), 65'499'000);
  EXPECT_EQ(total.at("money").at(0).at("epc_micro"), 2'425'889);
  EXPECT_EQ(total.at("money").at(0).at("rpm_micro"), 327'495'000);
  EXPECT_EQ(total.at("money").at(0).at("reversal_rate_ppm"), 15'038);
  EXPECT_EQ(total.at("money").at(1).at("earned_micro"), 0);
  EXPECT_EQ(total.at("before").at("clicks"), 16);
  EXPECT_EQ(total.at("change").at("clicks_ppm"), 687'500);
  EXPECT_EQ(total.at("change").at("earned").at(0).at("change_ppm"), 309'980);
  EXPECT_THAT(to_csv(report),
              HasSubstr("/best-blenders,\"'=HYPERLINK(\"\"http://x\"\")\",200,24,31,20,0.12,"
                        "0.375,EUR,8,2.999,62.50,0.00,0.00,65.499,2.729125,327.495,163.7475,0.05,"
                        "0,0.954213,0,0,0.045787,0,16,0.5,50.00,0.30998"));
}

TEST(DimensionReport, WhatIsNotKnownIsNotZero) {
  const auto csv = parse_csv(to_csv(sample()));
  const auto cell = [&](std::size_t line, std::string_view key) {
    for (std::size_t i = 0; i < csv[0].size(); ++i)
      if (csv[0][i] == key) return csv[line][i];
    return std::string("no such column");
  };
  EXPECT_EQ(cell(3, "article"), "/\"><script>alert(1)</script>");
  EXPECT_EQ(cell(3, "views"), "n/a");
  EXPECT_EQ(cell(3, "ctr"), "n/a");
  EXPECT_EQ(cell(3, "rpm"), "n/a");
  EXPECT_EQ(cell(3, "share_modelled"), "n/a") << "nothing is earned";
  EXPECT_EQ(cell(3, "clicks_change"), "n/a") << "there was nothing before";
}

TEST(DimensionReport, AttributedAndUnattributedAreWhatWasImported) {
  DimensionReport report = sample();
  EXPECT_TRUE(report.balanced);
  EXPECT_THAT(
      balance_texts(report),
      testing::Contains("USD, all statuses: attributed 4.05 + unattributed -4.05 = imported 0.00"));
  report = sample();
  DimensionReport again = report;
  again.total = {};
  again.imported[0].micro_by_status[1] += 1;
  finish(again);
  EXPECT_FALSE(again.balanced);
  EXPECT_THAT(to_table(again), HasSubstr("DOES NOT BALANCE"));
  EXPECT_THAT(to_html(again), HasSubstr("DOES NOT BALANCE"));
  EXPECT_THAT(to_json(again), HasSubstr("\"balanced\":false"));
}

TEST(DimensionReport, UnattributedMoneyOfANetworkStaysInItsRow) {
  DimensionReport report;
  report.by = Dimension::Network;
  ReportRow awin{.key = "awin"};
  add(awin.now, part(kEur, CommissionStatus::Approved, 3, 1, 1), false);
  add(awin.now, part(kEur, CommissionStatus::Approved, 1, 1, 5), false);
  add(report.unattributed.now, part(kEur, CommissionStatus::Approved, 1, 1, 5), false);
  report.rows = {awin};
  report.imported = {{kEur, {0, 4, 0, 0}}};
  finish(report);
  EXPECT_TRUE(report.balanced);
  ASSERT_EQ(report.balance.size(), 1u);
  EXPECT_EQ(report.balance[0].attributed_micro, 3);
  EXPECT_EQ(report.balance[0].unattributed_micro, 1);
  EXPECT_THAT(to_csv(report), Not(HasSubstr("(unattributed)")));
}

TEST(DimensionReport, DefinitionsUnitsAndCompletenessStandInEveryReport) {
  const DimensionReport report = sample();
  for (const std::string& text : {to_table(report), to_html(report)}) {
    EXPECT_THAT(text, HasSubstr("amazon through 2026-11-12 (imported 2026-11-13); awin: no "
                                "commissions (imported 2026-11-14)"));
    EXPECT_THAT(text, HasSubstr("EPC (money per click)"));
    EXPECT_THAT(text, HasSubstr("estimate of people"));
    EXPECT_THAT(text, HasSubstr("2026-09-28 to 2026-10-25"));
  }
  const json document = json::parse(to_json(report));
  EXPECT_EQ(document.at("data_through").at(0).at("day"), "2026-11-12");
  EXPECT_GT(document.at("definitions").size(), 20u);
}

TEST(DimensionReport, AnHtmlReportIsOnePageWithoutScriptOrAddress) {
  const std::string html = to_html(sample());
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("<svg onload")));
  EXPECT_THAT(html, Not(HasSubstr("</title><svg")));
  EXPECT_THAT(html, Not(HasSubstr("src=")));
  EXPECT_THAT(html, Not(HasSubstr("href=")));
  EXPECT_THAT(html, Not(HasSubstr("url(")));
  EXPECT_EQ(html.find('\x01'), std::string::npos);
  EXPECT_THAT(html, Not(HasSubstr("\xE2\x80\xAE")));
  EXPECT_THAT(html, HasSubstr("Tom &amp; Jerry&#39;s &lt;kitchen&gt;"));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
  EXPECT_THAT(html, HasSubstr("<svg viewBox=\"0 0 960"));
  EXPECT_THAT(html, HasSubstr("role=\"img\" aria-labelledby=\"earned-t earned-d\""));
  EXPECT_THAT(html, HasSubstr("<figcaption>Earned by article, EUR</figcaption>"));
  EXPECT_THAT(html, HasSubstr("@media print"));
}

TEST(SvgChart, AxesEndAtRoundNumbersAndNegativeBarsHang) {
  EXPECT_EQ(round_up(0), 1);
  EXPECT_EQ(round_up(1), 1);
  EXPECT_EQ(round_up(11), 20);
  EXPECT_EQ(round_up(50), 60);
  EXPECT_EQ(round_up(81), 100);
  EXPECT_EQ(round_up(INT64_MAX), INT64_MAX);
  Chart chart;
  chart.id = "a";
  chart.title = "Days";
  chart.text_of = [](std::int64_t value) { return std::to_string(value); };
  EXPECT_THAT(column_chart(chart), HasSubstr("No data."));
  chart.bars = {{.label = "x", .value = 100}, {.label = "y", .value = -100}};
  const std::string svg = column_chart(chart);
  // Zero is in the middle of the plot's 200, which begin at 28.
  EXPECT_THAT(svg, HasSubstr("y=\"28\" width=\"344\" height=\"100\"><title>x: 100</title>"));
  EXPECT_THAT(svg, HasSubstr("y=\"128\" width=\"344\" height=\"100\"><title>y: -100</title>"));
  chart.bars[0].value = INT64_MAX;
  chart.bars[1].value = INT64_MIN + 1;
  EXPECT_THAT(ranking_chart(chart), HasSubstr("9223372036854775807"));
}

TEST(DimensionReport, ComparedDaysKeepTheirWeekdays) {
  EXPECT_EQ(shift_days(Comparison::None, 28), 0);
  EXPECT_EQ(shift_days(Comparison::Previous, 28), 28);
  EXPECT_EQ(shift_days(Comparison::Previous, 30), 35);
  EXPECT_EQ(shift_days(Comparison::Previous, 1), 7);
  EXPECT_EQ(shift_days(Comparison::Year, 30), 364);
}

TEST(DimensionReport, NamesAreFoundAgain) {
  for (int n = 0; n < kDimensionCount; ++n) {
    const auto dimension = static_cast<Dimension>(n);
    EXPECT_EQ(find_dimension(name_of(dimension)), dimension);
  }
  EXPECT_EQ(find_dimension("moon"), std::nullopt);
  EXPECT_EQ(find_comparison("year"), Comparison::Year);
  EXPECT_EQ(find_comparison("eon"), std::nullopt);
}

}  // namespace
}  // namespace candor::report
