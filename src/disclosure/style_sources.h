#pragma once
// The style sheets a page carries and loads, in the order they hold.
#include <string>
#include <string_view>
#include <vector>

#include "css/stylesheet.h"
#include "disclosure/policy.h"

namespace candor::disclosure {

struct PageFacts;

/// Adds the page's own and, as far as the policy gives them, loaded sheets. Returns the addresses
/// of those that could not be read.
std::vector<std::string> read_style_sources(const PageFacts& facts, const Policy& policy,
                                            css::StyleSheets& sheets);

}  // namespace candor::disclosure
