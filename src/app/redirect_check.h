#pragma once
// candor doctor --url: the way of a reader's request to the redirect front and back, through
// whatever stands in between.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "click/probe_book.h"
#include "fetch/client.h"

namespace candor::app {

class ApiClient;

enum class Health : std::uint8_t { Ok, Look, Bad };

struct Finding {
  std::string check;
  Health health = Health::Ok;
  std::string message;
};

/// What a trip brought. All three requests are alike, but for the last one's X-Forwarded-For, which
/// is made up.
struct RedirectTrip {
  std::string url;
  std::string referer;                   ///< sent with each request
  std::string forged_address;            ///< of the last request
  std::vector<fetch::Response> answers;  ///< one a request
  std::vector<ProbeSighting> seen;       ///< what arrived at the front, in order
};

/// What the trip says of caches, the referring page, the reader's address and the scheme.
std::vector<Finding> judge_redirect(const RedirectTrip& trip);

/// Makes the trip with a key of the running daemon, so that none of it counts as a click, and
/// judges it. Where the redirect leads to is never asked for. Throws std::invalid_argument when the
/// URL is none, is not below `go_prefix` or is of a host that is neither in `hosts` nor this
/// machine, and what the client throws.
std::vector<Finding> check_redirect(const std::string& url, const std::string& go_prefix,
                                    const std::vector<std::string>& hosts, ApiClient& client);

}  // namespace candor::app
