#pragma once
// WHATWG tokenization (https://html.spec.whatwg.org/multipage/parsing.html#tokenization, read
// 2026-11) over one buffer, with the tree builder's feedback on text states simulated. Linear in
// the page; never fails.
#include <string_view>

#include "html/token.h"

namespace candor::html {

struct TokenizeLimits {
  std::size_t depth = 512;  ///< open elements tracked; deeper ones are not (as browsers cap theirs)
  std::size_t attributes_per_tag =
      1024;  ///< further ones are passed over, their bytes still belong to the tag
};

/// `bytes` must be in an ASCII-compatible encoding (see encoding.h).
Page tokenize(std::string_view bytes, TokenizeLimits limits = {});

}  // namespace candor::html
