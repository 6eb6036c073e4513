#include "networks/report_layout.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "networks/all_layouts.h"
#include "networks/report_table.h"

namespace candor::networks {
namespace {

constexpr std::array<char, 4> kDelimiters{',', '\t', ';', '|'};
constexpr int kHeaderLines = 8;
// Fewer shared columns than this are a coincidence ("date", "id").
constexpr std::size_t kNearColumns = 3;
// Records of one report have the same names; some lack what they have no value for.
constexpr std::size_t kJudgedRecords = 200;

bool is_word_byte(char c) { return c != ' ' && c != '_' && c != '-'; }

std::unexpected<ReportError> refuse(ReportError::Kind kind, std::string message) {
  return std::unexpected(ReportError{kind, std::move(message)});
}

std::string quoted_list(const std::vector<std::string_view>& names) {
  std::string text;
  for (std::string_view name : names) {
    if (!text.empty()) text += ", ";
    text += '"' + std::string(name) + '"';
  }
  return text;
}

constexpr std::string_view kMapIt =
    "; another layout can be read after `candor revenue map FILE` has been told its columns";

/// What is said of a text that no layout fits, `found` of its columns being known.
std::string describe_missing(const ReportLayout* nearest, std::size_t found,
                             const std::vector<std::string_view>& missing,
                             std::string_view columns) {
  if (!nearest || found < std::min(kNearColumns, nearest->columns.size()))
    return "no known report has these " + std::string(columns) +
           "; known are: " + readable_layouts() + std::string(kMapIt);
  return "the nearest known report is " + std::string(nearest->title) + ", but these of its " +
         std::string(columns) + " are missing: " + quoted_list(missing) + std::string(kMapIt);
}

struct Candidate {
  RecognisedTable table;
  std::size_t found = 0;
  bool complete() const { return table.layout && found == table.layout->columns.size(); }
};

bool better(const Candidate& a, const Candidate& b) {
  if (a.complete() != b.complete()) return a.complete();
  return a.found > b.found;
}

/// The layout nearest to one line read with one delimiter.
Candidate judge(std::string_view line, char delimiter) {
  Candidate best;
  best.table.header = read_header_cells(line, delimiter);
  best.table.delimiter = delimiter;
  std::vector<std::string> plain;
  plain.reserve(best.table.header.size());
  for (const std::string& name : best.table.header) plain.push_back(plain_column(name));
  const auto is_there = [&plain](std::string_view wanted) {
    return std::ranges::any_of(plain,
                               [&](const std::string& name) { return same_column(name, wanted); });
  };
  for (const ReportLayout* layout : all_layouts()) {
    if (layout->form != LayoutForm::Table) continue;
    const auto found = static_cast<std::size_t>(std::ranges::count_if(layout->columns, is_there));
    const bool complete = found == layout->columns.size();
    if (complete == best.complete() ? found <= best.found : !complete) continue;
    best.table.layout = layout;
    best.found = found;
  }
  return best;
}

std::vector<std::string_view> missing_paths(const ReportLayout& layout, const RecordList& list) {
  std::vector<std::string_view> missing;
  const std::size_t judged = std::min(list.records.size(), kJudgedRecords);
  for (std::string_view path : layout.columns) {
    const bool is_there = std::any_of(
        list.records.begin(), list.records.begin() + static_cast<std::ptrdiff_t>(judged),
        [path](const Record& record) { return record.values.contains(path); });
    if (!is_there) missing.push_back(path);
  }
  return missing;
}

}  // namespace

std::string plain_column(std::string_view header) {
  header = ascii::trim(header);
  if (header.ends_with(')'))
    if (const std::size_t open = header.rfind('('); open != std::string_view::npos)
      header = ascii::trim(header.substr(0, open));
  return ascii::to_lower(header);
}

bool same_column(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (true) {
    while (i < a.size() && !is_word_byte(a[i])) ++i;
    while (j < b.size() && !is_word_byte(b[j])) ++j;
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (ascii::lower(a[i++]) != ascii::lower(b[j++])) return false;
  }
}

std::optional<std::size_t> RecognisedTable::find_column(std::string_view plain_name) const {
  for (std::size_t i = 0; i < header.size(); ++i)
    if (same_column(plain_column(header[i]), plain_name)) return i;
  return std::nullopt;
}

Result<RecognisedTable, ReportError> recognise_table(std::string_view text) {
  Candidate best;
  std::string_view rest = text;
  for (int number = 1; number <= kHeaderLines && !rest.empty(); ++number) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    for (char delimiter : kDelimiters) {
      if (line.find(delimiter) == std::string_view::npos) continue;
      Candidate candidate = judge(line, delimiter);
      candidate.table.title = text.substr(0, static_cast<std::size_t>(line.data() - text.data()));
      candidate.table.body = rest;
      candidate.table.first_body_number = number + 1;
      if (better(candidate, best)) best = std::move(candidate);
    }
  }
  if (best.complete()) return std::move(best.table);
  std::vector<std::string_view> missing;
  if (best.table.layout)
    for (std::string_view name : best.table.layout->columns)
      if (!best.table.find_column(name)) missing.push_back(name);
  return refuse(ReportError::Kind::UnknownLayout,
                describe_missing(best.table.layout, best.found, missing, "columns"));
}

Result<ReportSource, ReportError> recognise_records(RecordList list, LayoutForm form,
                                                    std::string_view network) {
  for (const ReportLayout* layout : all_layouts())
    if (layout->form == form && layout->fits && layout->fits(list))
      return ReportSource{layout, {}, std::move(list)};
  const bool is_empty = list.records.empty();
  const ReportLayout* nearest = nullptr;
  std::vector<std::string_view> nearest_missing;
  for (const ReportLayout* layout : all_layouts()) {
    if (layout->form != form || (layout->fits && !list.records.empty())) continue;
    // An API answers days without transactions with an empty list, which names no network.
    if (list.records.empty() && layout->network == network)
      return ReportSource{layout, {}, std::move(list)};
    if (list.records.empty()) continue;
    auto missing = missing_paths(*layout, list);
    if (missing.empty()) return ReportSource{layout, {}, std::move(list)};
    const auto found_of = [](const ReportLayout& each, const auto& lacks) {
      return each.columns.size() - lacks.size();
    };
    if (!nearest || found_of(*layout, missing) > found_of(*nearest, nearest_missing)) {
      nearest = layout;
      nearest_missing = std::move(missing);
    }
  }
  if (is_empty) return refuse(ReportError::Kind::Empty, "the report holds no records");
  const std::size_t found = nearest ? nearest->columns.size() - nearest_missing.size() : 0;
  return refuse(ReportError::Kind::UnknownLayout,
                describe_missing(nearest, found, nearest_missing, "names"));
}

std::string readable_layouts() {
  std::string names;
  std::string_view last;
  for (const ReportLayout* layout : all_layouts()) {
    if (layout->title == last) continue;
    if (!names.empty()) names += ", ";
    names += layout->title;
    last = layout->title;
  }
  return names;
}

}  // namespace candor::networks
