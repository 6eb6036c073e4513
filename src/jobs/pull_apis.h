#pragma once
// How each network's API is asked, and where it says that there is more.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "fetch/client.h"
#include "jobs/network_settings.h"
#include "networks/record.h"

namespace candor::jobs {

/// A stretch of time that one round of requests asks for, in UTC milliseconds, half open.
struct PullSpan {
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
};

struct PullApi {
  std::string_view network;
  std::string_view url;  ///< where the network has it
  int most_days = 31;    ///< of one request
  int per_minute = 0;    ///< requests; 0: not told
  /// The first requests of a stretch.
  std::vector<fetch::Request> (*first)(const PullAccount&, const std::string& url, PullSpan);
  /// The request for the page after this answer's, nothing at the end; an error when the answer
  /// says that it failed, or where the next page is cannot be.
  Result<std::optional<fetch::Request>, std::string> (*next)(const PullAccount&,
                                                             const std::string& url, PullSpan,
                                                             const networks::Record& rest);
};

/// Null when the network cannot be asked.
const PullApi* find_pull_api(std::string_view network);

}  // namespace candor::jobs
