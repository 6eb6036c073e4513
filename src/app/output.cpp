#include "app/output.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/csv.h"

namespace candor::app {
namespace {

using nlohmann::json;

std::string text_of(const json& row, const std::string& member) {
  const auto found = row.find(member);
  if (found == row.end() || found->is_null()) return {};
  return found->is_string() ? found->get<std::string>()
                            : found->dump(-1, ' ', false, json::error_handler_t::replace);
}

std::size_t width_of(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::ranges::count_if(utf8, [](char c) { return (c & 0xC0) != 0x80; }));
}

/// Begins with a character that breaks the line or turns what follows it around: U+2028 to U+202E,
/// U+2066 to U+2069.
bool turns_text(std::string_view utf8) {
  if (utf8.size() < 3 || utf8[0] != '\xE2') return false;
  const auto last = static_cast<unsigned char>(utf8[2]);
  return (utf8[1] == '\x80' && last >= 0xA8 && last <= 0xAE) ||
         (utf8[1] == '\x81' && last >= 0xA6 && last <= 0xA9);
}

constexpr std::size_t kWidestCell = 60;

std::string cell(const json& row, const std::string& member) {
  std::string text = safe_text(text_of(row, member));
  if (width_of(text) > kWidestCell) {
    std::size_t end = kWidestCell - 1;
    while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
    text = text.substr(0, end) + "…";
  }
  return text;
}

std::string upper(std::string text) {
  for (char& c : text) c = c == '_' ? ' ' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  return text;
}

void print_table(const json& rows, const Columns& columns) {
  std::vector<std::vector<std::string>> lines{{}};
  for (const auto& column : columns) lines[0].push_back(upper(column));
  for (const json& row : rows) {
    lines.emplace_back();
    for (const auto& column : columns) lines.back().push_back(cell(row, column));
  }
  std::vector<std::size_t> widths(columns.size());
  for (const auto& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i)
      widths[i] = std::max(widths[i], width_of(line[i]));
  for (const auto& line : lines) {
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
      text += line[i];
      if (i + 1 < line.size()) text.append(widths[i] - width_of(line[i]) + 2, ' ');
    }
    fmt::print("{}\n", text);
  }
}

void print_csv(const json& rows, const Columns& columns, bool header) {
  const auto print_line = [](const std::vector<std::string>& fields) {
    std::string line;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (i > 0) line += ',';
      report::append_csv_field(line, fields[i]);
    }
    fmt::print("{}\n", line);
  };
  if (header) print_line(columns);
  for (const json& row : rows) {
    std::vector<std::string> fields;
    for (const auto& column : columns) fields.push_back(text_of(row, column));
    print_line(fields);
  }
}

}  // namespace

std::string safe_text(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : '\0');
    if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\x{:02X}", byte);
    } else if (byte == 0xC2 && next >= 0x80 && next < 0xA0) {
      // U+0080 to U+009F: some terminals take U+009B for the start of a command.
      out += fmt::format("\\x{:02X}", next);
      ++i;
    } else if (turns_text(text.substr(i))) {
      const auto last = static_cast<unsigned char>(text[i + 2]);
      out += fmt::format("\\u{:04X}", 0x2000U + ((next & 0x3FU) << 6U) + (last & 0x3FU));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

void print_list(std::string_view format, const std::string& body, const Columns& columns,
                bool header) {
  if (format == "json") {
    fmt::print("{}\n", body);
    return;
  }
  const json parsed = json::parse(body);
  const json& rows = parsed.at("data");
  if (format == "csv") {
    print_csv(rows, columns, header);
  } else {
    print_table(rows, columns);
  }
}

void print_object(std::string_view format, const std::string& body, const Columns& columns) {
  if (format == "json") {
    fmt::print("{}\n", body);
    return;
  }
  const json parsed = json::parse(body);
  if (format == "csv") {
    print_csv(json::array({parsed}), columns, true);
    return;
  }
  for (const auto& column : columns)
    fmt::print("{:<14}{}\n", column, safe_text(text_of(parsed, column)));
}

}  // namespace candor::app
