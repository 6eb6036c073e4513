#pragma once
// Internal: verifying an edited page without reading it all again: what lies between the edits has
// the same bytes, so it reads the same once the reader's state is the same.
#include <string_view>

#include "html/edit.h"
#include "html/token.h"

namespace candor::html {

/// True when `output` surely reads as the page plus `edits` (sorted, sound) and nothing else. False
/// only says that it takes a reading of the whole output to know.
bool resynchronises(const Page& before, std::string_view output, const EditList::Ordered& edits);

}  // namespace candor::html
