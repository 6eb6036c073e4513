#pragma once
// The style sheets a page carries and loads, in the order they hold.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "css/stylesheet.h"
#include "disclosure/wording/policy.h"

namespace candor::disclosure {

struct PageFacts;

/// A sheet as the page has it.
struct StyleSource {
  std::string text;
  std::string media;  ///< of the element that loads it
  std::string base;   ///< its address; empty: it stands in the page

  friend bool operator==(const StyleSource&, const StyleSource&) = default;
};

struct PageStyles {
  std::vector<StyleSource> sources;
  css::StyleSheets sheets;          ///< with what the sources import
  std::vector<std::string> unread;  ///< addresses of sheets that could not be read
};

/// The page's own sheets and, as far as the policy gives them, loaded ones. `earlier` comes back
/// when it has the same sources: an edited page is styled like the page it was made of.
std::shared_ptr<const PageStyles> styles_of(const PageFacts& facts, const Policy& policy,
                                            std::shared_ptr<const PageStyles> earlier);

/// The addresses under which the policy is asked for the sheets that a page loads, and for those
/// that sheets import which the policy gives; each once, in order. They do not hang on what the
/// page says, as what an audit asks for does.
std::vector<std::string> style_addresses(std::string_view page, const Policy& policy);

}  // namespace candor::disclosure
