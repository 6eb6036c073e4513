#pragma once
// The option --filter NAME=VALUE of reports, as parameters of the API.
#include <string>
#include <vector>

namespace candor::app {

/// Adds "&NAME=VALUE" to a target that has parameters already; values of one name are alternatives.
/// False when a filter is no NAME=VALUE, which stderr then says.
bool add_filters(const std::vector<std::string>& filters, std::string& target);

}  // namespace candor::app
