#pragma once
// Whether a tag's own markup hides it: the hidden attribute, inline style, well-known classes, and
// classes that the page's own style elements hide.
#include <set>
#include <string>
#include <string_view>

#include "disclosure/page/tag_name.h"
#include "html/token.h"

namespace candor::disclosure {

/// Classes and ids that a page's <style> elements hide by a rule of their own (".d{display:none}"),
/// outside of @media and the like.
struct HiddenNames {
  std::set<std::string, std::less<>> classes;
  std::set<std::string, std::less<>> ids;
};

/// Adds what one <style> element hides.
void read_style_sheet(std::string_view css, HiddenNames& names);

/// One of the classes by which themes hide text from sight ("sr-only").
bool has_screen_reader_class(std::string_view classes);

/// Not shown at all.
bool hides(const html::Page& page, const html::Token& tag, const HiddenNames& names);
/// Shown only after the reader acts: details without open, dialog without open, hidden=until-found.
bool collapses(const html::Page& page, const html::Token& tag, Tag name);

}  // namespace candor::disclosure
