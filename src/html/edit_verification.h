#pragma once
// Internal: does an edited page read as the original plus the edits, and nothing else?

#include <span>

#include "html/edit.h"
#include "html/token.h"

namespace candor::html {

/// `edits` sorted by place, without overlaps. Walks both pages' tokens once, side by side.
bool reads_as_edited(const Page& before, const Page& after, const EditList::Ordered& edits);

/// Whether `other`, a tag of the output, has the attributes of `token` as `edits` (all those of the
/// tag) leave them. `output` holds the attributes of `other`.
bool has_edited_attributes(const Page& before, const Token& token, const Page& output,
                           const Token& other, std::span<const EditList::Intent* const> edits);

}  // namespace candor::html
