#include "report/revision_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "report/csv.h"
#include "report/text_table.h"
#include "report/text_width.h"

namespace candor::report {
namespace {

using Json = nlohmann::ordered_json;

Json number_or_null(std::optional<std::int64_t> value) {
  return value ? Json(*value) : Json(nullptr);
}

Json side_json(const RevisionSide& side) {
  Json json;
  json["from"] = side.from_day.empty() ? Json(nullptr) : Json(side.from_day);
  json["to"] = side.to_day.empty() ? Json(nullptr) : Json(side.to_day);
  json["days"] = side.days;
  json["views"] = number_or_null(side.figures.views);
  json["clicks"] = side.figures.clicks;
  json["money"] = Json::array();
  for (const MoneyLine& line : side.figures.money)
    json["money"].push_back({{"currency", std::string(line.currency.text())},
                             {"earned_micro", line.earned_micro()},
                             {"rpm_micro", number_or_null(side.figures.rpm_micro(line.currency))}});
  return json;
}

std::string_view name_of(RevisionKind kind) { return kind == RevisionKind::Page ? "page" : "link"; }

std::string count_text(std::optional<std::int64_t> count) {
  return count ? std::to_string(*count) : "n/a";
}

/// One currency of one side; no currency: a side without money.
struct Line {
  const RevisionRow& row;
  const RevisionSide& side;
  std::string_view which;
  const MoneyLine* money;

  std::string earned() const {
    return money ? format_amount(money->earned_micro(), money->currency) : "";
  }
  std::string rpm() const {
    if (!money) return side.figures.views ? "" : "n/a";
    const auto micro = side.figures.rpm_micro(money->currency);
    return micro ? format_amount(*micro, money->currency) : "n/a";
  }
  std::string currency() const { return money ? std::string(money->currency.text()) : ""; }
};

std::vector<Line> lines_of(const RevisionReport& report) {
  std::vector<Line> lines;
  for (const RevisionRow& row : report.rows)
    for (const bool after : {false, true}) {
      const RevisionSide& side = after ? row.after : row.before;
      const std::string_view which = after ? "after" : "before";
      if (side.figures.money.empty()) lines.push_back({row, side, which, nullptr});
      for (const MoneyLine& money : side.figures.money) lines.push_back({row, side, which, &money});
    }
  return lines;
}

}  // namespace

std::string to_json(const RevisionReport& report) {
  Json json;
  json["schema"] = "candor.report.revisions/1";
  json["path"] = report.path;
  json["title"] = report.title;
  json["zone"] = report.zone;
  json["demo"] = report.demo;
  json["days"] = report.days;
  json["views_since"] = report.views_since.empty() ? Json(nullptr) : Json(report.views_since);
  json["data"] = Json::array();
  for (const RevisionRow& row : report.rows)
    json["data"].push_back({{"kind", name_of(row.kind)},
                            {"day", row.day},
                            {"at_ms", row.at_ms},
                            {"what", row.what},
                            {"others", row.others},
                            {"before", side_json(row.before)},
                            {"after", side_json(row.after)}});
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string to_csv(const RevisionReport& report) {
  std::string csv = "day,kind,what,side,days,views,clicks,currency,earned,rpm\r\n";
  for (const Line& line : lines_of(report)) {
    csv += fmt::format("{},{},", line.row.day, name_of(line.row.kind));
    append_csv_field(csv, line.row.what);
    csv += fmt::format(",{},{},{},{},{},{},{}\r\n", line.which, line.side.days,
                       count_text(line.side.figures.views), line.side.figures.clicks,
                       line.currency(), line.earned(), line.rpm());
  }
  return csv;
}

std::string to_table(const RevisionReport& report) {
  std::string out =
      fmt::format("Changes of {}, {} days before and after each ({}){}\n\n", printable(report.path),
                  report.days, report.zone, report.demo ? " - DEMO DATA" : "");
  if (report.rows.empty()) return out + "No change is known.\n";
  std::vector<std::vector<std::string>> rows{
      {"Day", "Change", "Side", "Days", "Views", "Clicks", "Earned", "RPM", "Currency"}};
  const RevisionRow* last = nullptr;
  for (const Line& line : lines_of(report)) {
    const bool first = &line.row != last;
    last = &line.row;
    const std::string others = line.row.others > 0 ? fmt::format(" (+{})", line.row.others) : "";
    rows.push_back({first ? line.row.day : "", first ? printable(line.row.what) + others : "",
                    std::string(line.which), std::to_string(line.side.days),
                    count_text(line.side.figures.views), std::to_string(line.side.figures.clicks),
                    line.earned(), line.rpm(), line.currency()});
  }
  out += text_table(rows, {false, false, false, true, true, true, true, true, false}, rows.size());
  return out +
         "\nEarned (money): pending + approved + paid. RPM (money per 1,000 views): n/a where "
         "views "
         "are not known.\nThe day of the change itself is on neither side; (+1): another change "
         "lies within the days.\n";
}

}  // namespace candor::report
