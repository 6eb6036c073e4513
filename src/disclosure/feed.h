#pragma once
// Feeds: every item that holds paid links is disclosed on its own, since it is read on its own.
#include <string_view>

#include "disclosure/audit.h"
#include "disclosure/feed/feed_parts.h"
#include "disclosure/inject.h"
#include "disclosure/wording/policy.h"

namespace candor::disclosure {

/// The descriptions and contents of RSS 2.0 and Atom items with their disclosure, labels and rel;
/// every other byte stays. Scripts and stylesheets never go in. The output is read again, and must
/// be the input's items with what went into them, else the input goes out.
InjectResult inject_feed(std::string_view feed, const Policy& policy);

/// Each item as rule CD602 asks; the places are those of the feed.
AuditReport audit_feed(std::string_view feed, const Policy& policy);

}  // namespace candor::disclosure
