#pragma once
// The pages proxy as the configuration and the open site make it.
#include "app/config.h"
#include "app/open_site.h"
#include "http/limits.h"
#include "proxy/origin_front.h"

namespace candor::app {

/// Whose word on a reader's address is believed.
redirect::TrustedProxies trusted_proxies(const Config& config);

/// `site` must outlive the front.
proxy::OriginOptions origin_options(const Config& config, OpenSite& site);

/// What the pages port puts up with in front of an origin.
http::Limits origin_limits(const Config& config);

}  // namespace candor::app
