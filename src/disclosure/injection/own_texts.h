#pragma once
// Owners' own texts: what is wrong with them, and which of their disclaimers a page gets.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "disclosure/wording/choices.h"

namespace candor::disclosure {

/// Why a page with these texts would not be disclosed: "top: does not say that anyone is paid".
std::optional<std::string> fault_in(const OwnTexts& texts);

/// Why this cannot be the statement of a page, or nothing.
std::optional<std::string> fault_in_statement(std::string_view text);

std::vector<const Disclaimer*> disclaimers_for(const Choices& choices,
                                               std::string_view article_path,
                                               std::string_view page_language);

}  // namespace candor::disclosure
