#pragma once
// WHATWG tokenization (https://html.spec.whatwg.org/multipage/parsing.html#tokenization, read
// 2026-11) over one buffer, with the tree builder's feedback on text states simulated as of a
// browser that runs scripts (noscript is raw text). Linear in the page; never fails.
#include <string_view>

#include "html/token.h"

namespace candor::html {

/// `bytes` must be in an ASCII-compatible encoding (see encoding.h).
Page tokenize(std::string_view bytes, TokenizeLimits limits = {});

}  // namespace candor::html
