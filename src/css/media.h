#pragma once
// Media queries (https://www.w3.org/TR/mediaqueries-4/): whether a sheet's conditional part holds
// for a certain reader.
#include <string_view>

namespace candor::css {

struct Reader {
  bool print = false;
  bool dark = false;   ///< prefers-color-scheme
  bool touch = false;  ///< no mouse
  double width = 1280;
  double height = 800;
};

/// A list of media queries; an empty one always holds, one that cannot be read never.
bool media_hold(std::string_view queries, const Reader& reader);

}  // namespace candor::css
