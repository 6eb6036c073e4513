#pragma once
// Internal: does an edited page read as the original plus the edits, and nothing else?
#include <span>
#include <string_view>

#include "html/edit.h"
#include "html/token.h"

namespace candor::html {

/// `edits` sorted by place, without overlaps. Walks both pages' tokens once, side by side.
bool reads_as_edited(const Page& before, const Page& after,
                     std::span<const EditList::Intent> edits);

}  // namespace candor::html
