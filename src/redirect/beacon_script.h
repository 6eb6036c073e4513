#pragma once
// What pages load from the front: the script that tells of clicks on direct links, and the
// stylesheet of disclosures. They and the beacons live below the prefix of links, under names that
// no slug can have.
#include <string>
#include <string_view>

#include "http/message.h"

namespace candor::redirect {

/// Behind the prefix: "/go/-/candor.js", "/go/-/candor.css" and "/go/-/b".
inline constexpr std::string_view kBeaconScriptName = "-/candor.js";
inline constexpr std::string_view kStylesheetName = "-/candor.css";
inline constexpr std::string_view kBeaconName = "-/b";

std::string_view beacon_script();

/// "-/candor.js?v=1f2e3d4c": changes with the script, so that it can be cached for good.
std::string beacon_script_reference();

std::string_view stylesheet();
/// "-/candor.css?v=1f2e3d4c"
std::string stylesheet_reference();

/// The script or the stylesheet for a GET or HEAD: to be kept for a year when asked for by its
/// version, else for five minutes. 304 when the reader has it.
http::Response beacon_script_answer(const http::Request& request);
http::Response stylesheet_answer(const http::Request& request);

}  // namespace candor::redirect
