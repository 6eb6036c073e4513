#pragma once
// One object of a JSON or XML report as flat text. Numbers stay the text that they were, so that an
// amount never passes through floating point.
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace candor::networks {

/// "commissionAmount.amount" -> "62.50"; members of lists by index ("parts.0.id"); null is absent.
struct Record {
  std::map<std::string, std::string, std::less<>> values;

  /// Empty when there is none.
  std::string_view find(std::string_view path) const {
    const auto at = values.find(path);
    return at == values.end() ? std::string_view() : std::string_view(at->second);
  }
};

struct RecordList {
  std::vector<Record> records;
  Record rest;  ///< what stands outside of the records: counts, pages
};

}  // namespace candor::networks
