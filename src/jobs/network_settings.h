#pragma once
// What the owner configured of the networks' own servers.
#include <map>
#include <string>
#include <vector>

#include "networks/mapping.h"

namespace candor::jobs {

/// An account at a network whose API is asked.
struct PullAccount {
  std::string network;    ///< "awin", "cj" or "impact"
  std::string account;    ///< publisher id (Awin, CJ) or account SID (Impact)
  std::string token;      ///< secret: in no message
  std::string url;        ///< of the API; empty: the network's own
  int first_days = 90;    ///< back from today, the first time
  int overlap_days = 90;  ///< read again each time: sales are amended for months
};

struct NetworkSettings {
  /// By network: what its postbacks call things, where that is none of the names that are known.
  std::map<std::string, std::map<networks::ColumnRole, std::string>> postback_names{};
  std::string clickbank_secret{};  ///< opens ClickBank's notifications; empty: none can be
  std::vector<PullAccount> pulls{};
};

}  // namespace candor::jobs
