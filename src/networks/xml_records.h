#pragma once
// The elements of an XML report as flat records of text.
#include <string>
#include <string_view>

#include "base/result.h"
#include "networks/record.h"

namespace candor::networks {

/// The records are the children of the outermost element; their elements and attributes are values
/// by path ("shipping.country"). The error is a sentence.
Result<RecordList, std::string> read_xml_records(std::string_view text);

}  // namespace candor::networks
