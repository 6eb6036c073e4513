#pragma once
// A link's rules as JSON: how owners write them, the API shows them and the store keeps them.
//
//   {"rules": [{"name": "Germany", "country": ["DE", "AT"], "country_not": ["CH"],
//               "device": ["mobile"], "os": ["ios"], "language": ["de"],
//               "schedule": {"from": "2026-12-01T00:00:00Z", "until": "2026-12-24T12:00:00Z",
//                            "weekdays": ["sat", "sun"], "hours": "22:00-06:00"},
//               "query": [{"name": "src", "equals": "mail"}],
//               "destination": "https://shop.example/de"},
//              {"split": [{"destination": "https://a.example/", "weight": 70},
//                         {"destination": "https://b.example/", "weight": 30}]}],
//    "pass_query": ["coupon"],
//    "utm": {"source": "blog", "content": "{article}"}}
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "link/targeting.h"

namespace candor {

/// Reads a moment as UTC milliseconds. The API's reader also takes times on the site's clocks.
using ReadInstant = std::function<std::optional<std::int64_t>(std::string_view)>;

/// The error names the member at fault by its path: "rules[1].country[0]". Unknown members are
/// errors; destinations are sound http or https URLs (see url.h).
Result<Targeting, LinkError> parse_targeting(std::string_view json, const ReadInstant& instant);
/// With moments in UTC only, as format_targeting writes them.
Result<Targeting, LinkError> parse_targeting(std::string_view json);

/// What parse_targeting reads back as the same; empty when there is nothing to keep.
std::string format_targeting(const Targeting& targeting);

/// The path of a rule's n-th target, both from 0: "rules[0].destination",
/// "rules[0].split[1].destination".
std::string path_of_target(const TargetingRule& rule, std::size_t rule_index, std::size_t target);

}  // namespace candor
