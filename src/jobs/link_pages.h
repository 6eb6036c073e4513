#pragma once
// The pages behind a link that may be asked for: of its own destination, of its rules' and of its
// fallback.
#include <cstdint>
#include <string>
#include <vector>

#include "jobs/link_checks.h"
#include "link/link.h"

namespace candor::jobs {

struct LinkPage {
  std::string url;
  std::string of{};  ///< empty: the link's own destination; "rule 2 (Germany)", "the fallback"
};

struct LinkPages {
  std::vector<LinkPage> pages;  ///< each URL once, the link's own first
  std::string why;              ///< no page may be asked, when there are none
};

/// Rules whose time is over are left out; a fallback that is another link is that link's matter.
LinkPages pages_of(const LinkCheckSettings& settings, const Link& link, std::int64_t now_ms);

/// Empty: ours to ask. Else whose host it is, of which a request would be a click.
std::string network_at(const Url& url, const std::vector<disclosure::Programme>& programmes);

}  // namespace candor::jobs
