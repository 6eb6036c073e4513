#pragma once
// What a page carries so that clicks on its direct links are counted: one script, and marks on the
// links.
#include <cstddef>
#include <optional>
#include <string>

#include "disclosure/page/page_facts.h"
#include "disclosure/wording/policy.h"

namespace candor::disclosure {

/// Whether pages of this policy carry beacons at all.
bool has_beacon(const Policy& policy);

/// The script's element; ASCII.
std::string beacon_script(const Policy& policy);

/// The token border for the script: in front of the end of the head, else where a disclosure could
/// stand. Nothing when there is none.
std::optional<std::size_t> beacon_script_place(const PageFacts& facts);

/// "slug/placement", the value of kBeaconMark.
std::string beacon_mark(std::string_view slug, int placement);
/// The value of the link's ping attribute.
std::string beacon_ping(const Policy& policy, std::string_view slug, int placement);

}  // namespace candor::disclosure
