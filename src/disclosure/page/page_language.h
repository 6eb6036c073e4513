#pragma once
// The language readers of a page know: by its text, which a forgotten lang attribute does not
// change.
#include <string>

#include "disclosure/page/page_facts.h"

namespace candor::disclosure {

/// What the page's text is written in, as sure as two detectors make it; empty when they are not.
std::string language_of_text(const PageFacts& facts);

/// What its disclosure is to be written in: as the page says it is, unless its text is in another
/// language that there are texts in. May be empty.
std::string language_for_texts(const PageFacts& facts);

}  // namespace candor::disclosure
