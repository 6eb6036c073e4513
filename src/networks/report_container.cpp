#include "networks/report_container.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "networks/archive.h"
#include "networks/report_text.h"
#include "networks/workbook.h"

namespace candor::networks {
namespace {

std::unexpected<ReportError> fail(ReportError::Kind kind, std::string message) {
  return std::unexpected(ReportError{kind, std::move(message)});
}

bool may_be_a_report(std::string_view name) {
  constexpr std::array<std::string_view, 6> kEnds{".csv", ".tsv", ".txt", ".psv", ".json", ".xml"};
  const std::string lower = ascii::to_lower(name);
  return !lower.starts_with("__macosx/") &&
         std::ranges::any_of(kEnds, [&](std::string_view end) { return lower.ends_with(end); });
}

/// Adds the sheets; what is no text is left out.
std::optional<ReportError> add_sheets(const std::vector<ArchiveFile>& parts,
                                      std::vector<NamedText>& texts) {
  auto sheets = read_workbook(parts);
  if (!sheets) return ReportError{ReportError::Kind::NotText, sheets.error()};
  for (Sheet& sheet : *sheets)
    if (!ascii::trim(sheet.text).empty())
      texts.push_back({std::move(sheet.name), std::move(sheet.text)});
  return std::nullopt;
}

std::optional<ReportError> add_file(ArchiveFile& file, std::vector<NamedText>& texts) {
  if (is_zip(file.bytes)) {
    const auto parts = unpack_zip(file.bytes);
    return parts && is_workbook(*parts) ? add_sheets(*parts, texts) : std::nullopt;
  }
  if (!may_be_a_report(file.name)) return std::nullopt;
  auto text = decode_report_text(file.bytes);
  if (text) texts.push_back({std::move(file.name), std::move(*text)});
  return std::nullopt;
}

bool only_counts(const ReportFile& file) { return file.rows.empty() && !file.totals.empty(); }

/// What the owner can answer, and what is wrong with the whole.
bool stops_everything(const ReportError& error) {
  using enum ReportError::Kind;
  return error.kind == CurrencyNeeded || error.kind == RangeNeeded || error.kind == WrongNetwork;
}

/// Commissions first, then the same money summed up, then counts.
int rank_of(const ReportFile& file) {
  if (only_counts(file)) return 2;
  return file.aggregate_of.empty() ? 0 : 1;
}

}  // namespace

Result<std::vector<NamedText>, ReportError> open_report(std::string_view bytes) {
  std::vector<NamedText> texts;
  if (!is_zip(bytes)) {
    auto text = decode_report_text(bytes);
    if (!text) return std::unexpected(text.error());
    texts.push_back({"", std::move(*text)});
    return texts;
  }
  auto files = unpack_zip(bytes);
  if (!files) return fail(ReportError::Kind::NotText, files.error());
  if (is_workbook(*files)) {
    if (const auto error = add_sheets(*files, texts)) return std::unexpected(*error);
  } else {
    for (ArchiveFile& file : *files)
      if (const auto error = add_file(file, texts)) return std::unexpected(*error);
  }
  if (texts.empty()) return fail(ReportError::Kind::Empty, "the archive holds no report");
  return texts;
}

Result<ReportFile, ReportError> join_parts(std::vector<ReportPart> parts) {
  for (const ReportPart& part : parts)
    if (!part.file && stops_everything(part.file.error()))
      return fail(part.file.error().kind, part.name + ": " + part.file.error().message);
  ReportPart* main = nullptr;
  for (ReportPart& part : parts)
    if (part.file && (!main || rank_of(*part.file) < rank_of(*main->file))) main = &part;
  if (!main)
    return fail(parts.front().file.error().kind,
                parts.front().name + ": " + parts.front().file.error().message);
  for (ReportPart& part : parts) {
    if (&part == main) continue;
    if (!part.file) {
      main->file->errors.push_back({1, "", part.file.error().message, part.name});
    } else if (rank_of(*part.file) < 2 && rank_of(*part.file) == rank_of(*main->file)) {
      return fail(ReportError::Kind::UnknownLayout,
                  "the archive holds several reports of commissions (" + main->name + ", " +
                      part.name + "): unpack it and import each");
    } else {
      std::ranges::move(part.file->totals, std::back_inserter(main->file->totals));
    }
  }
  return std::move(main->file);
}

}  // namespace candor::networks
