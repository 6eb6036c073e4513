#include "networks/workbook.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <set>

#include "base/ascii.h"

namespace candor::networks {
namespace {

constexpr std::size_t kMaxColumns = 512;
constexpr std::size_t kMaxSheets = 32;
// A document in memory is about ten times its text.
constexpr std::size_t kMaxPartBytes = 64UL * 1024 * 1024;
constexpr std::size_t kMaxRows = 1'048'576;  // a sheet has no more
constexpr const char* kDamaged = "the Excel workbook is damaged or too large: save it as CSV";

const ArchiveFile* find_file(const std::vector<ArchiveFile>& files, std::string_view name) {
  const auto at = std::ranges::find(files, name, &ArchiveFile::name);
  return at == files.end() ? nullptr : &*at;
}

bool load(pugi::xml_document& document, const ArchiveFile& file) {
  return file.bytes.size() <= kMaxPartBytes &&
         bool(document.load_buffer(file.bytes.data(), file.bytes.size(),
                                   pugi::parse_default | pugi::parse_ws_pcdata_single));
}

std::string_view local(const char* name) {
  const std::string_view whole = name;
  const std::size_t colon = whole.rfind(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

/// All text runs below a node, phonetic guides left out.
void add_text(const pugi::xml_node& node, std::string& out) {
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = local(child.name());
    if (name == "t") {
      out += child.text().get();
    } else if (name == "r" || name == "is") {
      add_text(child, out);
    }
  }
}

std::optional<std::vector<std::string>> read_shared_strings(const std::vector<ArchiveFile>& files) {
  std::vector<std::string> strings;
  const ArchiveFile* file = find_file(files, "xl/sharedStrings.xml");
  if (!file) return strings;
  pugi::xml_document document;
  if (!load(document, *file)) return std::nullopt;
  for (const pugi::xml_node& item : document.document_element().children())
    if (local(item.name()) == "si") add_text(item, strings.emplace_back());
  return strings;
}

bool shows_a_date(unsigned format, const std::string& code) {
  if ((format >= 14 && format <= 22) || (format >= 45 && format <= 47)) return true;
  bool quoted = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (code[i] == '\\') {
      ++i;
    } else if (code[i] == '"') {
      quoted = !quoted;
    } else if (code[i] == '[') {
      i = std::min(code.find(']', i), code.size() - 1);
    } else if (!quoted && std::string_view("dDyYhHsS").find(code[i]) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

/// The numbers of the cell styles that show a date.
std::set<unsigned> read_date_styles(const std::vector<ArchiveFile>& files) {
  std::set<unsigned> styles;
  const ArchiveFile* file = find_file(files, "xl/styles.xml");
  pugi::xml_document document;
  if (!file || !load(document, *file)) return styles;
  std::map<unsigned, std::string> codes;
  unsigned number = 0;
  for (const pugi::xml_node& part : document.document_element().children()) {
    if (local(part.name()) == "numFmts")
      for (const pugi::xml_node& format : part.children())
        codes[format.attribute("numFmtId").as_uint()] = format.attribute("formatCode").value();
    if (local(part.name()) != "cellXfs") continue;
    for (const pugi::xml_node& style : part.children()) {
      const unsigned format = style.attribute("numFmtId").as_uint();
      if (shows_a_date(format, codes[format])) styles.insert(number);
      ++number;
    }
  }
  return styles;
}

/// Days since 1899-12-30 and a fraction of a day, as decimal text: 46083.4244444444 is
/// 2026-03-02 10:11:12. Rounded to the second.
std::optional<std::string> date_of(const std::string& serial) {
  constexpr std::size_t kFraction = 9;
  const std::size_t point = std::min(serial.find('.'), serial.size());
  std::int64_t days = 0;
  const auto [end, error] = std::from_chars(serial.data(), serial.data() + point, days);
  if (error != std::errc() || end != serial.data() + point || days < 1 || days > 200'000)
    return std::nullopt;
  std::string digits = point < serial.size() ? serial.substr(point + 1, kFraction) : "";
  digits.append(kFraction - digits.size(), '0');
  std::int64_t billionths = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), billionths);
  const std::int64_t seconds = (billionths * 86'400 + 500'000'000) / 1'000'000'000;
  using namespace std::chrono;
  const sys_seconds time =
      sys_days{year{1899} / December / 30} + hours{24 * days} + std::chrono::seconds{seconds};
  const auto day = floor<std::chrono::days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  std::string out = text.data();
  if (seconds == 0) return out;
  std::snprintf(text.data(), text.size(), " %02d:%02d:%02d",
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return out + text.data();
}

struct Parts {
  std::vector<std::string> strings;
  std::set<unsigned> date_styles;
};

std::string cell_text(const pugi::xml_node& cell, const Parts& parts) {
  const std::string_view type = cell.attribute("t").value();
  std::string value;
  for (const pugi::xml_node& child : cell.children()) {
    if (local(child.name()) == "v") value = child.text().get();
    if (local(child.name()) == "is") add_text(child, value);
  }
  if (type == "s") {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), index);
    return error == std::errc() && index < parts.strings.size() ? parts.strings[index] : "";
  }
  if (type == "b") return value == "1" ? "true" : "false";
  if (!type.empty() && type != "n") return value;
  std::string number = tidy_number(value);
  if (parts.date_styles.contains(cell.attribute("s").as_uint()))
    if (auto date = date_of(number)) return std::move(*date);
  return number;
}

/// Column of "BC12", from 0.
std::optional<std::size_t> column_of(std::string_view reference) {
  std::size_t column = 0;
  std::size_t i = 0;
  for (; i < reference.size() && ascii::is_alpha(reference[i]) && i < 3; ++i)
    column = column * 26 + static_cast<std::size_t>(ascii::lower(reference[i]) - 'a') + 1;
  return i == 0 ? std::nullopt : std::optional(column - 1);
}

/// A cell as RFC 4180 writes it; line ends become blanks, so that a row stays a line.
void add_cell(std::string& text, std::string_view cell) {
  const bool quote = cell.find_first_of(",\"") != std::string_view::npos;
  if (quote) text += '"';
  for (char c : cell) {
    if (c == '"') text += '"';
    text += c == '\n' || c == '\r' ? ' ' : c;
  }
  if (quote) text += '"';
}

void add_row(std::string& text, const pugi::xml_node& row, const Parts& parts) {
  std::size_t next = 0;
  for (const pugi::xml_node& cell : row.children()) {
    if (local(cell.name()) != "c") continue;
    const std::size_t column = column_of(cell.attribute("r").value()).value_or(next);
    if (column < next || column >= kMaxColumns) continue;
    if (next > 0) text += ',';
    for (std::size_t gap = next; gap < column; ++gap) text += ',';
    add_cell(text, cell_text(cell, parts));
    next = column + 1;
  }
  text += '\n';
}

Result<std::string, std::string> read_sheet(const ArchiveFile& file, const Parts& parts) {
  pugi::xml_document document;
  if (!load(document, file)) return std::unexpected(kDamaged);
  std::string text;
  std::size_t line = 0;
  for (const pugi::xml_node& part : document.document_element().children()) {
    if (local(part.name()) != "sheetData") continue;
    for (const pugi::xml_node& row : part.children()) {
      if (local(row.name()) != "row") continue;
      const std::size_t number = row.attribute("r").as_uint(static_cast<unsigned>(line + 1));
      if (number > kMaxRows) return std::unexpected(kDamaged);
      for (; line + 1 < number; ++line) text += '\n';
      add_row(text, row, parts);
      ++line;
      // Long texts may be shared by many cells.
      if (text.size() > kMaxUnpackedBytes)
        return std::unexpected("the Excel workbook holds more than 256 MB: save it as CSV");
    }
  }
  return text;
}

/// Where each relation of the workbook points to.
std::map<std::string, std::string> read_relations(const std::vector<ArchiveFile>& files) {
  std::map<std::string, std::string> targets;
  const ArchiveFile* file = find_file(files, "xl/_rels/workbook.xml.rels");
  pugi::xml_document document;
  if (!file || !load(document, *file)) return targets;
  for (const pugi::xml_node& relation : document.document_element().children()) {
    const std::string target = relation.attribute("Target").value();
    targets[relation.attribute("Id").value()] =
        target.starts_with('/') ? target.substr(1) : "xl/" + target;
  }
  return targets;
}

}  // namespace

bool is_workbook(const std::vector<ArchiveFile>& files) {
  return find_file(files, "xl/workbook.xml") != nullptr;
}

Result<std::vector<Sheet>, std::string> read_workbook(const std::vector<ArchiveFile>& files) {
  const ArchiveFile* workbook = find_file(files, "xl/workbook.xml");
  pugi::xml_document document;
  auto strings = read_shared_strings(files);
  if (!workbook || !strings || !load(document, *workbook)) return std::unexpected(kDamaged);
  const Parts parts{std::move(*strings), read_date_styles(files)};
  const auto targets = read_relations(files);
  std::vector<Sheet> sheets;
  for (const pugi::xml_node& part : document.document_element().children()) {
    if (local(part.name()) != "sheets") continue;
    for (const pugi::xml_node& sheet : part.children()) {
      const auto target = targets.find(sheet.attribute("r:id").value());
      const ArchiveFile* file =
          target == targets.end() ? nullptr : find_file(files, target->second);
      if (!file || sheets.size() == kMaxSheets) return std::unexpected(kDamaged);
      auto text = read_sheet(*file, parts);
      if (!text) return std::unexpected(text.error());
      sheets.push_back({sheet.attribute("name").value(), std::move(*text)});
    }
  }
  return sheets;
}

}  // namespace candor::networks
