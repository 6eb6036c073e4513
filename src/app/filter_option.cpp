#include "app/filter_option.h"

#include <fmt/format.h>

#include <map>

#include "link/url.h"

namespace candor::app {

bool add_filters(const std::vector<std::string>& filters, std::string& target) {
  std::map<std::string, std::string> values_of;
  for (const std::string& filter : filters) {
    const std::size_t sign = filter.find('=');
    if (sign == std::string::npos || sign == 0) {
      fmt::print(stderr, "candor: --filter {} is no NAME=VALUE, as in network=awin\n", filter);
      return false;
    }
    std::string& values = values_of[filter.substr(0, sign)];
    values += (values.empty() ? "" : "|") + filter.substr(sign + 1);
  }
  for (const auto& [name, values] : values_of)
    target += "&" + percent_encode(name) + "=" + percent_encode(values);
  return true;
}

}  // namespace candor::app
