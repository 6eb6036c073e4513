#pragma once
// The objects of a JSON list as flat records of text. Numbers stay the text that they were, so that
// an amount never passes through floating point.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace candor::networks {

/// "commissionAmount.amount" -> "62.50"; members of lists by index ("parts.0.id"); null is absent.
struct JsonRecord {
  std::map<std::string, std::string, std::less<>> values;

  /// Empty when there is none.
  std::string_view find(std::string_view path) const;
};

/// One record per element of the outermost list; an element that is no object is an empty record.
/// The error is a sentence.
Result<std::vector<JsonRecord>, std::string> read_json_records(std::string_view text);

}  // namespace candor::networks
