#pragma once
// The API's lists as people read them: an aligned table or CSV. JSON goes out as the API wrote it.
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace candor::app {

/// One column: the member it shows; its name is the CSV header and, in capitals, the table's.
using Columns = std::vector<std::string>;

/// Prints `body` (an object with "data") in the chosen format to stdout. `header` false leaves out
/// the CSV header.
void print_list(std::string_view format, const std::string& body, const Columns& columns,
                bool header = true);

/// Prints one object: "member  value" lines, CSV of one row, or the JSON itself.
void print_object(std::string_view format, const std::string& body, const Columns& columns);

/// Text for a terminal: control characters shown as \xNN, so that no stored text can steer it.
std::string safe_text(std::string_view text);

}  // namespace candor::app
