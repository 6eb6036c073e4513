#pragma once
// The script that pages load to tell of clicks on direct links, and where it and its beacons live:
// below the prefix of links, under a name that no slug can have.
#include <string>
#include <string_view>

#include "http/message.h"

namespace candor::redirect {

/// Behind the prefix: "/go/-/candor.js" and "/go/-/b".
inline constexpr std::string_view kBeaconScriptName = "-/candor.js";
inline constexpr std::string_view kBeaconName = "-/b";

std::string_view beacon_script();

/// "-/candor.js?v=1f2e3d4c": changes with the script, so that it can be cached for good.
std::string beacon_script_reference();

/// The script for a GET or HEAD: to be kept for a year when asked for by its version, else for five
/// minutes. 304 when the reader has it.
http::Response beacon_script_answer(const http::Request& request);

}  // namespace candor::redirect
