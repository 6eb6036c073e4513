#pragma once
// A request that cannot be done, as RFC 9457 problem details. Thrown by route handlers, answered at
// the request's edge.
#include <stdexcept>
#include <string>

namespace candor::api {

class Problem : public std::runtime_error {
 public:
  Problem(int http_status, const std::string& detail, std::string member = {})
      : std::runtime_error(detail), status(http_status), field(std::move(member)) {}
  int status;
  std::string field;      ///< member of the request at fault, or empty
  int retry_after_s = 0;  ///< 0: not said
  std::string kind{};     ///< for programs, where a status alone does not tell; or empty
  std::string next{};     ///< the route that helps, or empty
};

}  // namespace candor::api
