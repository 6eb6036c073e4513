#include "base/ascii.h"
#include "networks/amazon.h"
#include "networks/awin.h"
#include "networks/report_file.h"
#include "networks/report_layout.h"
#include "networks/report_text.h"

namespace candor::networks {
namespace {

ReportFile only_named(std::string_view network, std::string_view report) {
  ReportFile file;
  file.network = network;
  file.report = report;
  return file;
}

Result<ReportFile, ReportError> read_text(std::string_view text, const ReportOptions& options) {
  const std::string_view start = ascii::trim(text.substr(0, 512));
  if (start.starts_with('[') || start.starts_with('{')) return read_awin_json(text, options);
  const auto found = recognise_table(text);
  if (!found) return std::unexpected(found.error());
  // The network is compared before the file is read, so that the answer to a wrong one is never a
  // question about its currency.
  const std::string_view network = found->layout->network;
  if (!options.network.empty() && options.network != network)
    return only_named(found->layout->network, found->layout->report);
  return network == "amazon" ? read_amazon_fee_earnings(*found, options)
                             : read_awin_csv(*found, options);
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
  const auto text = decode_report_text(bytes);
  if (!text) return std::unexpected(text.error());
  Result<ReportFile, ReportError> file = read_text(*text, options);
  if (file && !options.network.empty() && file->network != options.network)
    return std::unexpected(ReportError{ReportError::Kind::WrongNetwork,
                                       "this is a report of " + file->network + " (" +
                                           file->report + "), not of " + options.network});
  return file;
}

}  // namespace candor::networks
