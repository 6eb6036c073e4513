#include "networks/report_table.h"

#include <csv.h>

#include <algorithm>
#include <optional>

#include "base/ascii.h"

namespace candor::networks {
namespace {

// A cell may hold line ends (product names do), but a quote that nobody closes must not make the
// rest of the file one cell.
constexpr std::size_t kMaxRecordLines = 20;

extern "C" {
static void candor_take_cell(void* data, std::size_t size, void* cells) {
  static_cast<std::vector<std::string>*>(cells)->emplace_back(static_cast<const char*>(data), size);
}
static void candor_take_row_end(int, void*) {}
}

enum class LineEnd : unsigned char { Row, InsideQuotes, Broken };

/// libcsv's parser, fed a line at a time.
class CellReader {
 public:
  /// `options` is 0 (a quote within a cell is part of it) or CSV_STRICT (it breaks the row).
  CellReader(char delimiter, unsigned char options) {
    csv_init(&parser_, options);
    csv_set_delim(&parser_, static_cast<unsigned char>(delimiter));
  }
  ~CellReader() { csv_free(&parser_); }
  CellReader(const CellReader&) = delete;
  CellReader& operator=(const CellReader&) = delete;

  /// Adds the line's cells.
  LineEnd add_line(std::string_view line, std::vector<std::string>& cells) {
    if (!add(line, cells)) return LineEnd::Broken;
    const std::size_t before = cells.size();
    if (!add("\n", cells)) return LineEnd::Broken;
    // The line's end finishes its last cell, unless it is inside of quotes.
    return cells.size() > before ? LineEnd::Row : LineEnd::InsideQuotes;
  }
  /// Ends a row inside of quotes, or a broken one, with the cells so far.
  void finish(std::vector<std::string>& cells) {
    csv_fini(&parser_, candor_take_cell, candor_take_row_end, &cells);
  }

 private:
  bool add(std::string_view bytes, std::vector<std::string>& cells) {
    return csv_parse(&parser_, bytes.data(), bytes.size(), candor_take_cell, candor_take_row_end,
                     &cells) == bytes.size();
  }

  csv_parser parser_{};
};

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

std::vector<std::string> split_plainly(std::string_view line, char delimiter) {
  std::vector<std::string> cells;
  while (true) {
    const std::size_t end = line.find(delimiter);
    cells.emplace_back(line.substr(0, end));
    if (end == std::string_view::npos) return cells;
    line.remove_prefix(end + 1);
  }
}

/// Spreadsheets add empty cells at the end of rows.
template <class Cells>
void fit(Cells& cells, std::size_t width) {
  while (cells.size() > width && cells.back().empty()) cells.pop_back();
}

/// Reads the quoted record over several lines that starts at the front of `text`, and takes it off.
/// Strictly: a quote left open finds its end in some later row, but hardly where one may stand.
bool take_long_record(std::string_view& text, char delimiter, std::size_t width,
                      std::vector<std::string>& cells) {
  CellReader strict(delimiter, CSV_STRICT);
  std::string_view rest = text;
  for (std::size_t lines = 0; lines < kMaxRecordLines && !rest.empty(); ++lines) {
    const LineEnd end = strict.add_line(take_line(rest), cells);
    if (end == LineEnd::InsideQuotes) continue;
    fit(cells, width);
    if (end == LineEnd::Broken || cells.size() != width) return false;
    text = rest;
    return true;
  }
  return false;
}

/// A backslash before a quote replaced by a quote, which is how the parser knows an escaped one.
std::string with_doubled_quotes(std::string_view line) {
  std::string out(line);
  for (std::size_t at = 0; (at = out.find("\\\"", at)) != std::string::npos; at += 2) out[at] = '"';
  return out;
}

/// Reads the record at the front of `text` and takes its lines off; after an error, only its first
/// line. The error is a reason.
std::optional<std::string> take_record(CellReader& reader, std::string_view& text, char delimiter,
                                       std::size_t width, std::vector<std::string>& cells) {
  const std::string_view record = text;
  const std::string_view first = take_line(text);
  const bool is_row = reader.add_line(first, cells) == LineEnd::Row;
  if (!is_row) reader.finish(cells);
  fit(cells, width);
  if (is_row && cells.size() == width) return std::nullopt;
  const std::size_t count = cells.size();
  // Some escape a quote with a backslash: "27\", wide".
  if (first.find("\\\"") != std::string_view::npos) {
    cells = read_header_cells(with_doubled_quotes(first), delimiter);
    fit(cells, width);
    if (cells.size() == width) return std::nullopt;
  }
  if (is_row)
    return "the row has " + std::to_string(count) + " cells, the header " + std::to_string(width);
  // Amazon writes some files without any quoting, so that a quote is part of a name.
  cells = split_plainly(first, delimiter);
  fit(cells, width);
  if (cells.size() == width) return std::nullopt;
  cells.clear();
  std::string_view rest = record;
  if (!take_long_record(rest, delimiter, width, cells)) return "a quoted cell is not closed";
  text = rest;
  return std::nullopt;
}

/// A cell between quotes that holds no other, and the delimiter behind it; nothing for what the
/// parser would have to weigh.
std::optional<std::string_view> take_quoted(std::string_view& line, char delimiter, bool& is_last) {
  const std::size_t end = line.find('"', 1);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view cell = line.substr(1, end - 1);
  is_last = end + 1 == line.size();
  if (!is_last && line[end + 1] != delimiter) return std::nullopt;
  line.remove_prefix(is_last ? line.size() : end + 2);
  return cell;
}

std::string_view take_plain(std::string_view& line, char delimiter, bool& is_last) {
  const std::size_t end = line.find(delimiter);
  std::string_view cell = line.substr(0, end);
  is_last = end == std::string_view::npos;
  line.remove_prefix(is_last ? line.size() : end + 1);
  // As the parser does outside of quotes.
  while (!cell.empty() && (cell.front() == ' ' || cell.front() == '\t')) cell.remove_prefix(1);
  while (!cell.empty() && (cell.back() == ' ' || cell.back() == '\t')) cell.remove_suffix(1);
  return cell;
}

/// Whether cut_line() can cut the line; most are so plain that their delimiters tell.
bool can_be_cut(std::string_view line, char delimiter, std::size_t width,
                std::vector<std::string_view>& cells) {
  const bool is_plain = line.find('"') == std::string_view::npos &&
                        line.find('\r') == std::string_view::npos &&
                        line.find('\0') == std::string_view::npos;
  if (is_plain && static_cast<std::size_t>(std::ranges::count(line, delimiter)) + 1 == width)
    return true;
  return cut_line(line, delimiter, width, cells);
}

bool holds_zero_byte(const std::vector<std::string>& cells) {
  for (const std::string& cell : cells)
    if (cell.find('\0') != std::string::npos) return true;
  return false;
}

}  // namespace

std::vector<std::string> read_header_cells(std::string_view line, char delimiter) {
  CellReader reader(delimiter, 0);
  std::vector<std::string> cells;
  if (reader.add_line(line, cells) != LineEnd::Row) reader.finish(cells);
  return cells;
}

bool cut_line(std::string_view line, char delimiter, std::size_t width,
              std::vector<std::string_view>& cells) {
  cells.clear();
  if (line.ends_with('\r')) line.remove_suffix(1);
  // One at a time: each is a look of the C library at many bytes at once.
  for (const char special : {'\r', '\0'})
    if (line.find(special) != std::string_view::npos) return false;
  const bool has_quotes = line.find('"') != std::string_view::npos;
  for (bool is_last = false; !is_last;) {
    if (has_quotes && line.starts_with('"')) {
      const auto cell = take_quoted(line, delimiter, is_last);
      if (!cell) return false;
      cells.push_back(*cell);
    } else {
      cells.push_back(take_plain(line, delimiter, is_last));
      if (has_quotes && cells.back().find('"') != std::string_view::npos) return false;
    }
  }
  fit(cells, width);
  return cells.size() == width;
}

TextTable find_rows(std::string_view text, char delimiter, std::size_t width,
                    std::int64_t first_number) {
  TextTable table;
  CellReader reader(delimiter, 0);
  std::vector<std::string_view> cut;
  for (std::int64_t number = first_number; !text.empty(); ++number) {
    const std::string_view before = text;
    std::string_view peeked = text;
    const std::string_view line = take_line(peeked);
    if (ascii::trim(line).empty()) {
      text = peeked;
      continue;
    }
    if (can_be_cut(line, delimiter, width, cut)) {
      table.rows.push_back({number, line, {}});
      text = peeked;
      continue;
    }
    TextRow row{number, line, {}};
    std::optional<std::string> reason = take_record(reader, text, delimiter, width, row.cells);
    if (!reason && holds_zero_byte(row.cells)) reason = "a cell holds a zero byte";
    if (reason)
      table.errors.push_back(
          {number, "", std::move(*reason), shown(before.substr(0, line.size()))});
    else
      table.rows.push_back(std::move(row));
  }
  return table;
}

Table read_table(std::string_view text, char delimiter, std::size_t width,
                 std::int64_t first_number) {
  TextTable found = find_rows(text, delimiter, width, first_number);
  Table table;
  table.errors = std::move(found.errors);
  table.rows.reserve(found.rows.size());
  std::vector<std::string_view> cut;
  for (TextRow& row : found.rows) {
    TableRow& made = table.rows.emplace_back(TableRow{row.number, std::move(row.cells)});
    if (!made.cells.empty()) continue;
    cut_line(row.line, delimiter, width, cut);
    made.cells.assign(cut.begin(), cut.end());
  }
  return table;
}

std::string shown(std::string_view cell) {
  constexpr std::size_t kShownBytes = 200;
  if (cell.size() <= kShownBytes) return std::string(cell);
  std::size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(cell[end]) & 0xC0U) == 0x80) --end;
  return std::string(cell.substr(0, end)) + "...";
}

}  // namespace candor::networks
