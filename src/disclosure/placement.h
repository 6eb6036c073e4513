#pragma once
// Where markup can go without a browser reading the page around it differently.
#include <cstddef>
#include <optional>

#include "disclosure/page_facts.h"

namespace candor::disclosure {

/// The token border for the disclosure block: directly behind the title and byline of the content
/// when that is before its first paid link, else the first safe border before that link. Nothing
/// when there is none.
std::optional<std::size_t> block_place(const PageFacts& facts);

/// The token border for a label at the end of the link's text, inside the link. Nothing when the
/// link's end tag is missing or tangled with other elements.
std::optional<std::size_t> label_place(const PageFacts& facts, const PageLink& link);

}  // namespace candor::disclosure
