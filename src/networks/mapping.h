#pragma once
// Reports of networks that are not known: a named mapping says which column means what. It is
// guessed from the header and the values, corrected by the owner, and used again for every file
// with the same columns.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "networks/report_date.h"
#include "networks/report_file.h"

namespace candor::networks {

/// What a column may mean. Date and Commission are needed.
enum class ColumnRole : unsigned char {
  Id,
  Date,
  Commission,
  Sale,
  Status,
  Currency,
  SubId,
  Tag,
  Product,
  Merchant,
  Order,
  Page,
  Quantity,
  ClickDate,
  PostedDate
};
inline constexpr int kColumnRoleCount = 15;
std::string_view name_of(ColumnRole role);  ///< "id", "date", ..., as in the file
std::optional<ColumnRole> find_column_role(std::string_view name);

struct Mapping {
  std::string name;                           ///< lower case letters, digits and '-'
  std::string network;                        ///< that its rows are booked under
  std::vector<std::string> header;            ///< plain columns that a file must have
  std::map<ColumnRole, std::string> columns;  ///< plain columns
  std::optional<Currency> currency;           ///< where no column tells it
  std::string zone = "UTC";                   ///< of times without an offset, as in "Europe/Berlin"
  std::optional<DayOrder> day_order;          ///< of dates that fit both; nothing: month first
  std::map<std::string, CommissionStatus> statuses;  ///< words, lower case, beside the usual ones
  friend bool operator==(const Mapping&, const Mapping&) = default;
};

/// A name that is lower case letters, digits and '-', at most 40.
bool is_mapping_name(std::string_view name);

/// What networks call the statuses, in lower case; nothing for a word that none of them uses.
std::optional<CommissionStatus> usual_status(std::string_view word);

struct MappingGuess {
  Mapping mapping;                                 ///< without a name
  std::vector<std::string> header;                 ///< as it stands
  std::vector<std::vector<std::string>> examples;  ///< the first rows
};

/// The error says what is not a table.
Result<MappingGuess, ReportError> guess_mapping(std::string_view bytes);

/// What is still missing or does not fit.
struct MappingFault {
  std::string field;    ///< "name", "zone", "columns.date", ...
  std::string message;  ///< a sentence without a full stop
  friend bool operator==(const MappingFault&, const MappingFault&) = default;
};
/// None when the mapping can be used.
std::vector<MappingFault> faults_of(const Mapping& mapping);
std::optional<std::string> fault_of(const Mapping& mapping);  ///< the first one's message

std::string to_toml(const Mapping& mapping);
/// The error is a sentence.
Result<Mapping, std::string> parse_mapping(std::string_view toml);

/// Reads a table by a mapping. Rows with an id take the place of those before them; without, the
/// file is the whole truth of its days. Errors: UnknownLayout (another header), CurrencyNeeded.
Result<ReportFile, ReportError> read_mapped(std::string_view bytes, const Mapping& mapping,
                                            const ReportOptions& options);

/// read_report, and where the layout is not known the first mapping that has its header (of the
/// options' network, when they name one).
Result<ReportFile, ReportError> read_report_or_mapped(std::string_view bytes,
                                                      const ReportOptions& options,
                                                      const std::vector<Mapping>& mappings);

}  // namespace candor::networks
