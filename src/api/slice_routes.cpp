// Clicks counted by whatever is asked, and what retention does to their rows.
#include <algorithm>
#include <array>
#include <mutex>
#include <nlohmann/json.hpp>
#include <ranges>
#include <stdexcept>

#include "api/members.h"
#include "api/problem.h"
#include "api/routes.h"
#include "jobs/retention.h"

namespace candor::api {
namespace {

using nlohmann::json;
using rollup::SliceDimension;

constexpr std::int64_t kDefaultRows = 1'000;
constexpr std::int64_t kMostRows = 100'000;

std::string dimension_names() {
  std::string names;
  for (std::size_t n = 0; n < rollup::kSliceDimensionCount; ++n)
    names += (n == 0 ? "" : ", ") + std::string(name_of(static_cast<SliceDimension>(n)));
  return names;
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  for (const auto part : std::views::split(text, separator))
    parts.emplace_back(part.begin(), part.end());
  if (parts.empty()) parts.emplace_back();
  return parts;
}

std::vector<SliceDimension> read_by(const Call& call) {
  const std::string text = call.query_value("by");
  if (text.empty())
    throw Problem(422, "by names what to count by: " + dimension_names() + ".", "by");
  std::vector<SliceDimension> by;
  for (const std::string& name : split(text, ',')) {
    const auto dimension = rollup::find_slice_dimension(name);
    if (!dimension)
      throw Problem(422, "\"" + name + "\" is nothing to count by: " + dimension_names() + ".",
                    "by");
    if (std::ranges::find(by, *dimension) != by.end())
      throw Problem(422, "\"" + name + "\" is named twice.", "by");
    by.push_back(*dimension);
  }
  if (by.size() > rollup::kMostSliceDimensions)
    throw Problem(422, "At most " + std::to_string(rollup::kMostSliceDimensions) + " at once.",
                  "by");
  return by;
}

/// A parameter with a dimension's name; texts with | between them: any of these.
void read_filters(const Call& call, store::SliceQuestion& question) {
  constexpr auto kOthers =
      std::to_array<std::string_view>({"by", "from", "to", "limit", "visitors", "format"});
  for (const auto& [name, text] : call.query) {
    if (std::ranges::find(kOthers, name) != kOthers.end()) continue;
    const auto dimension = rollup::find_slice_dimension(name);
    if (!dimension)
      throw Problem(422, "There is no \"" + name + "\" to filter by: " + dimension_names() + ".",
                    name);
    std::vector<std::string> texts = split(text, '|');
    for (const std::string& each : texts)
      if (rollup::is_plain(*dimension) && !rollup::parse_value(*dimension, each))
        throw Problem(422, "\"" + each + "\" is no " + name + ".", name);
    question.filters.emplace_back(*dimension, std::move(texts));
  }
}

/// Time goes on from the first row; all else begins with what has most clicks.
void put_in_order(const store::SliceQuestion& question, std::vector<store::ClickSliceRow>& rows) {
  if (question.by.front() <= SliceDimension::Month) {
    std::ranges::stable_sort(rows, {}, &store::ClickSliceRow::keys);
    return;
  }
  std::ranges::sort(rows, [](const store::ClickSliceRow& a, const store::ClickSliceRow& b) {
    if (a.clicks != b.clicks) return a.clicks > b.clicks;
    if (a.gross_clicks != b.gross_clicks) return a.gross_clicks > b.gross_clicks;
    return a.keys < b.keys;
  });
}

json row_json(const store::SliceQuestion& question, const store::ClickSliceRow& row) {
  json out = json::object();
  for (std::size_t n = 0; n < question.by.size(); ++n)
    out[std::string(name_of(question.by[n]))] = row.keys[n];
  out["clicks"] = row.clicks;
  out["gross_clicks"] = row.gross_clicks;
  if (row.visitor_days) out["visitor_days"] = *row.visitor_days;
  return out;
}

}  // namespace

http::Response slice_clicks(Call& call) {
  store::SliceQuestion question;
  question.by = read_by(call);
  read_filters(call, question);
  const DayRange range = day_range(call);
  question.from = range.from;
  question.to = range.to;
  question.visitors = call.query_value("visitors") == "1";
  const auto limit = static_cast<std::size_t>(call.query_number("limit", kDefaultRows, kMostRows));
  std::vector<store::ClickSliceRow> rows;
  try {
    rows = call.site.store.slice_clicks(question, call.site.zone);
  } catch (const std::length_error&) {
    throw Problem(422, "That makes too many different rows: ask for fewer at once.", "by");
  }
  put_in_order(question, rows);
  std::int64_t clicks = 0;
  std::int64_t gross = 0;
  json data = json::array();
  for (const store::ClickSliceRow& row : rows) {
    clicks += row.clicks;
    gross += row.gross_clicks;
    if (data.size() < limit) data.push_back(row_json(question, row));
  }
  const bool countries =
      std::ranges::find(question.by, SliceDimension::Country) != question.by.end();
  const bool credits = countries && call.site.place_credits != nullptr;
  return json_response({{"schema", "candor.click.slices/1"},
                        {"from", rollup::format_day(range.from)},
                        {"to", rollup::format_day(range.to)},
                        {"data", std::move(data)},
                        {"rows", rows.size()},
                        {"total", {{"clicks", clicks}, {"gross_clicks", gross}}},
                        {"credits", credits ? json(call.site.place_credits()) : json::array()}});
}

http::Response run_retention(Call& call) {
  const json body = read_body(call, "A run", {"dry_run"});
  const bool dry_run = flag_member(body, "dry_run");
  std::unique_lock lock(call.site.nightly_mutex, std::try_to_lock);
  if (!lock)
    throw Problem(503, "The nightly job or an import is running already. Try again in a moment.");
  const jobs::RetentionReport report =
      jobs::run_retention(call.site.store, call.site.zone, call.site.clock, call.site.random,
                          call.site.nightly.retention, dry_run);
  return json_response({{"schema", "candor.retention/1"},
                        {"dry_run", dry_run},
                        {"closed_days", report.closed_days},
                        {"packed_days", report.packed_days},
                        {"packed_clicks", report.packed_clicks},
                        {"bytes", report.bytes},
                        {"refused", report.refused}});
}

}  // namespace candor::api
