#pragma once
// Where markup can go without a browser reading the page around it differently.
#include <cstddef>
#include <optional>
#include <vector>

#include "disclosure/page/page_facts.h"

namespace candor::disclosure {

/// The token border for the disclosure block: directly behind the title and byline of the content,
/// and behind the target of a link that skips to the content, when that is before its first paid
/// link, else the first safe border before that link. Nothing
/// when there is none.
std::optional<std::size_t> block_place(const PageFacts& facts);

/// Where readers who jump inside the page ("Jump to recipe") pass the block by and meet paid links
/// before anything else: borders behind the jump's target. `block` is where the block stands.
std::vector<std::size_t> repeat_places(const PageFacts& facts, std::size_t block);

/// The token border in front of the text of the content's title. Nothing when it has none in view.
std::optional<std::size_t> title_place(const PageFacts& facts);

/// The token border at the end of the page's footer, else of its body.
std::optional<std::size_t> footer_place(const PageFacts& facts);

}  // namespace candor::disclosure
