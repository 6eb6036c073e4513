#include "networks/report_table.h"

#include <csv.h>

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
void fit(std::vector<std::string>& cells, std::size_t width) {
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

/// Most lines hold nothing that the parser would have to weigh. False when this one may, or has
/// another count of cells.
bool take_simple_line(std::string_view line, char delimiter, std::size_t width,
                      std::vector<std::string>& cells) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  // One at a time: each is a look of the C library at many bytes at once.
  for (const char special : {'"', '\r', '\0'})
    if (line.find(special) != std::string_view::npos) return false;
  cells.reserve(width);
  while (true) {
    const std::size_t end = line.find(delimiter);
    std::string_view cell = line.substr(0, end);
    // As the parser does outside of quotes.
    while (!cell.empty() && (cell.front() == ' ' || cell.front() == '\t')) cell.remove_prefix(1);
    while (!cell.empty() && (cell.back() == ' ' || cell.back() == '\t')) cell.remove_suffix(1);
    cells.emplace_back(cell);
    if (end == std::string_view::npos) break;
    line.remove_prefix(end + 1);
  }
  fit(cells, width);
  return cells.size() == width;
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

Table read_table(std::string_view text, char delimiter, std::size_t width,
                 std::int64_t first_number) {
  Table table;
  CellReader reader(delimiter, 0);
  for (std::int64_t number = first_number; !text.empty(); ++number) {
    const std::string_view before = text;
    std::string_view peeked = text;
    const std::string_view line = take_line(peeked);
    if (ascii::trim(line).empty()) {
      text = peeked;
      continue;
    }
    TableRow row{number, {}};
    if (take_simple_line(line, delimiter, width, row.cells)) {
      table.rows.push_back(std::move(row));
      text = peeked;
      continue;
    }
    row.cells.clear();
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

std::string shown(std::string_view cell) {
  constexpr std::size_t kShownBytes = 200;
  if (cell.size() <= kShownBytes) return std::string(cell);
  std::size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(cell[end]) & 0xC0U) == 0x80) --end;
  return std::string(cell.substr(0, end)) + "...";
}

}  // namespace candor::networks
