#pragma once
// Internal: tokenization that does not begin as a page does, but inside an element or in a given
// state of the standard's tokenizer.
#include <optional>
#include <string_view>

#include "html/token.h"

namespace candor::html {

enum class Namespace : std::uint8_t { Html, Svg, MathMl };

/// The element a fragment stands in (WHATWG 13.4).
struct FragmentContext {
  Namespace space = Namespace::Html;
  std::string_view name;  ///< lower case
};

struct StartState {
  TextMode mode = TextMode::Data;
  std::string_view last_start_tag;  ///< lower case; decides which end tag ends the mode
  /// False: start tags never switch the text mode and CDATA is never allowed, as in a tokenizer
  /// without a tree builder.
  bool tree_feedback = true;
  bool cdata_allowed = false;  ///< without tree feedback: CDATA sections are recognised
  std::optional<FragmentContext> fragment;  ///< sets mode and last_start_tag too
};

Page tokenize_from(std::string_view bytes, const StartState& start, TokenizeLimits limits = {});

/// Reads the one tag that begins at `at` ("<" and a letter), without a tree builder. What `into`
/// held is dropped; its limits count.
void read_start_tag(std::string_view bytes, std::size_t at, Page& into);

}  // namespace candor::html
