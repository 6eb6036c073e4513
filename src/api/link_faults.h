#pragma once
// What keeps a stored link from sending readers where its owner meant, although each of its members
// is sound: it leads back to the site's own links, or its fallbacks lead nowhere.
#include <string>
#include <vector>

#include "api/site.h"
#include "link/link.h"
#include "link/url.h"

namespace candor::api {

/// True for a URL below the site's own link prefix, on one of its hosts or on the same host with or
/// without "www.": a redirect to it would come back to us.
bool leads_back(const Site& site, const Url& url);

/// One sentence a fault; mostly none.
std::vector<std::string> link_faults(const Site& site, const Link& link);

}  // namespace candor::api
