#pragma once
// What the API remembers, between requests and in memory only, of those who ask.
#include <mutex>

#include "api/idempotency.h"
#include "api/login_throttle.h"
#include "api/password_desk.h"
#include "api/rate_limits.h"
#include "api/reset_desk.h"

namespace candor::api {

struct Gatekeeper {
  LoginThrottle logins;
  PasswordDesk passwords;
  RateLimits rates;
  PendingKeys pending;
  ResetDesk resets;
  std::mutex link_edits;  ///< held from looking at a link's version to changing it
};

}  // namespace candor::api
