#pragma once
// How links are looked at from this machine: over HTTP, by libcurl, as robots.txt allows, and never
// at an address that is not public unless the owner says so.
#include <functional>

#include "app/config.h"
#include "jobs/link_checks.h"

namespace candor::app {

/// Without a probe when the owner wants no links looked after; none by night with demo data. Once
/// `stopped` says so, requests and pauses end within a second.
jobs::LinkCheckSettings link_check_settings(const Config& config, std::function<bool()> stopped);

}  // namespace candor::app
