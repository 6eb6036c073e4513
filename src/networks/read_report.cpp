#include "base/ascii.h"
#include "networks/json_records.h"
#include "networks/report_container.h"
#include "networks/report_file.h"
#include "networks/report_layout.h"
#include "networks/xml_records.h"

namespace candor::networks {
namespace {

std::unexpected<ReportError> unknown(std::string message) {
  return std::unexpected(ReportError{ReportError::Kind::UnknownLayout, std::move(message)});
}

Result<ReportSource, ReportError> recognise(std::string_view text, const ReportOptions& options) {
  const std::string_view start = ascii::trim(text.substr(0, 512));
  if (start.starts_with('[') || start.starts_with('{')) {
    auto list = read_json_records(text);
    if (!list) return unknown(list.error());
    return recognise_records(std::move(*list), LayoutForm::Json, options.network);
  }
  if (start.starts_with('<')) {
    auto list = read_xml_records(text);
    if (!list) return unknown(list.error());
    return recognise_records(std::move(*list), LayoutForm::Xml, options.network);
  }
  auto found = recognise_table(text);
  if (!found) return std::unexpected(found.error());
  const ReportLayout* layout = found->layout;
  return ReportSource{layout, std::move(*found), {}};
}

Result<ReportFile, ReportError> read_text(std::string_view text, const ReportOptions& options) {
  const auto source = recognise(text, options);
  if (!source) return std::unexpected(source.error());
  const ReportLayout& layout = *source->layout;
  // The network is compared before the file is read, so that the answer to a wrong one is never a
  // question about its currency.
  if (!options.network.empty() && options.network != layout.network)
    return std::unexpected(ReportError{ReportError::Kind::WrongNetwork,
                                       "this is a report of " + std::string(layout.network) + " (" +
                                           std::string(layout.title) + "), not of " +
                                           options.network});
  return layout.read(*source, options);
}

}  // namespace

std::string_view name_of(LayoutCertainty certainty) {
  switch (certainty) {
    case LayoutCertainty::Seen:
      return "seen";
    case LayoutCertainty::Documented:
      return "documented";
    case LayoutCertainty::Inferred:
      break;
  }
  return "inferred";
}

Result<ReportFile, ReportError> read_report(std::string_view bytes, const ReportOptions& options) {
  const auto texts = open_report(bytes);
  if (!texts) return std::unexpected(texts.error());
  if (texts->size() == 1) return read_text(texts->front().text, options);
  std::vector<ReportPart> parts;
  for (const NamedText& each : *texts) parts.push_back({each.name, read_text(each.text, options)});
  return join_parts(std::move(parts));
}

}  // namespace candor::networks
