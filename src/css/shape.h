#pragma once
// Internal: clips and transforms that leave nothing of an element in view.
#include <string_view>

#include "css/length.h"

namespace candor::css {

/// clip: rect(...) of at most a pixel's width or height.
bool clips_to_nothing(std::string_view clip, const LengthScale& scale);
/// clip-path: a shape without an area.
bool path_is_empty(std::string_view path, const LengthScale& scale);

struct Shift {
  double x_px = 0;
  double y_px = 0;
  bool to_nothing = false;  ///< scaled to 0
};
Shift read_transform(std::string_view transform, const LengthScale& scale);

}  // namespace candor::css
