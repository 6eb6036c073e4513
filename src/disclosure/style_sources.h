#pragma once
// The style sheets a page carries and loads, in the order they hold.
#include <memory>
#include <string>
#include <vector>

#include "css/stylesheet.h"
#include "disclosure/policy.h"

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

}  // namespace candor::disclosure
