#pragma once
// A network's report file, read: commissions in our words, and the rows that could not be read
// beside them.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "revenue/commission.h"

namespace candor::networks {

struct ReportFile {
  std::string network;  ///< "amazon", "awin"
  std::string report;   ///< "fee-earnings", "transactions"
  std::vector<CommissionRow> rows;
  std::vector<RowError> errors;
};

struct ReportError {
  enum class Kind : unsigned char {
    UnknownLayout,
    WrongNetwork,
    CurrencyNeeded,
    NotText,
    Empty
  } kind;
  std::string message;  ///< what is wrong and what to do; names the nearest layout
};

struct ReportOptions {
  std::string network;               ///< expected network; empty: sniffed from the file
  std::optional<Currency> currency;  ///< for files that carry none (Awin's CSV)
  std::string account;
};

/// Recognises the layout (BOM, UTF-16, delimiter, title line) and reads it. Pure: same bytes, same
/// answer.
Result<ReportFile, ReportError> read_report(std::string_view bytes, const ReportOptions& options);

}  // namespace candor::networks
