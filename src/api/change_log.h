#pragma once
// Who changed what, and when: one entry for each change that a route made, and for each sign-in.
#include <string>
#include <string_view>

#include "api/router.h"

namespace candor::api {

/// Notes what the route has just done, if it was a change. Which members a change touched is told
/// by the route itself, in the call's note: bodies may hold secrets.
void log_change(const Route& route, const Call& call);

/// For what is no change of a route's: "sign in", "sign in refused".
void log_event(const Call& call, std::string_view who, std::string action, std::string subject);

}  // namespace candor::api
