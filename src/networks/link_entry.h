#pragma once
// A stored link made ready for redirecting: destination, rules and fallback, each with the place
// where its network takes a click's token.
#include <optional>
#include <span>
#include <string_view>

#include "link/link.h"
#include "link/link_table.h"
#include "networks/link_pattern.h"

namespace candor::networks {

/// True when the URL leads to Amazon, also by way of another network's link: no click's token may
/// go there.
bool leads_to_amazon(const Url& url);

/// True when a click's token would go to Amazon in the place its owner gave it: in the URL itself
/// or in what `utm` adds to it.
bool gives_amazon_a_token(const Url& url, std::span<const QueryParameter> utm);

/// The network that a URL surely belongs to, else the owner's word.
std::string_view network_of(const LinkPatterns& patterns, const Url& url, std::string_view chosen);

/// Nothing when the stored link is not sound (a hand-edited row must not become a header).
/// `human_clicks` is the count for its cap.
std::optional<LinkEntry> make_link_entry(const LinkPatterns& patterns, const Link& link,
                                         std::int64_t human_clicks = 0);

}  // namespace candor::networks
