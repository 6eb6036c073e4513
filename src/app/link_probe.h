#pragma once
// How links are looked at from this machine: over HTTP, by libcurl, as robots.txt allows, and never
// at an address that is not public unless the owner says so.
#include "app/config.h"
#include "jobs/link_checks.h"

namespace candor::app {

/// Without a probe when the owner wants no links looked after. What it gives is used by one thread
/// at a time.
jobs::LinkCheckSettings link_check_settings(const Config& config);

}  // namespace candor::app
