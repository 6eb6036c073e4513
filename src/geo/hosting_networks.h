#pragma once
// Which networks are of servers: known by their number, or by what their holder calls itself.
#include <cstdint>
#include <string_view>

#include "click/click.h"

namespace candor::geo {

/// DataCentre when the number is one of a hosting company's, or the organisation's name has a word
/// of the trade ("Example Hosting Ltd"); else Reader. Networks that stand between readers and us
/// (relays and VPNs for the public: Cloudflare, Akamai, Fastly, M247, Datacamp) are Reader: people
/// come from there. Unknown when neither is known.
AsnClass class_of(std::uint32_t number, std::string_view organisation);

}  // namespace candor::geo
