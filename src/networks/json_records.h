#pragma once
// The objects of a JSON report as flat records of text.
#include <string>
#include <string_view>

#include "base/result.h"
#include "networks/record.h"

namespace candor::networks {

/// The records are the elements of the outermost list, else of the first list of objects that only
/// objects enclose ("data.publisherCommissions.records"). An element that is no object is an empty
/// record. The error is a sentence.
Result<RecordList, std::string> read_json_records(std::string_view text);

/// One JSON object as one record, its lists too. The error is a sentence.
Result<Record, std::string> read_json_values(std::string_view text);

}  // namespace candor::networks
