#pragma once
// Which element is the article, and which parts of a page are not content: navigation, footers,
// sidebars.
#include "disclosure/page/outline.h"

namespace candor::disclosure {

/// Chooses `outline.main`, by the owner's selector where it matches, and gives every element its
/// zone.
void assign_zones(const html::Page& page, const html::Encoding& encoding,
                  std::string_view content_selector, Outline& outline);

}  // namespace candor::disclosure
