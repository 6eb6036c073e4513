#pragma once
// Internal: which encoding a charset label means (https://encoding.spec.whatwg.org/#names).
#include <string_view>

namespace candor::html {

/// The encoding's WHATWG name, or empty when the label is none.
std::string_view find_encoding(std::string_view label);

}  // namespace candor::html
