#pragma once
// Which element is the article, and which parts of a page are not content: navigation, footers,
// sidebars.
#include "disclosure/outline.h"

namespace candor::disclosure {

/// Chooses `outline.main` and gives every element its zone.
void assign_zones(const html::Page& page, Outline& outline);

}  // namespace candor::disclosure
