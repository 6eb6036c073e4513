#pragma once
// How a page's disclosures and paid links look to a reader: hidden or not, how large, how far apart
// from their background. Only what rules ask about is looked at.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "disclosure/wording/policy.h"

namespace candor::disclosure {

struct PageFacts;
struct PageStyles;

/// How a disclosure is seen. Where something cannot be known, nothing is said of it.
struct Look {
  std::string hidden_by;           ///< "display: none"; empty: it is shown
  std::optional<double> contrast;  ///< of text and background, 1 to 21
  bool contrast_in_dark = false;   ///< that is what readers of the dark page get
  std::string colours;             ///< "#9CA3AF on #FFFFFF"
  std::optional<double> font_px;
  std::string gone_in;        ///< "print", "a window of 390 px": where it is not shown, too
  std::string ad_block_name;  ///< a class or id by which ad blockers hide it
};

/// How a paid link is seen.
struct LinkLook {
  std::string painted_label;  ///< text that only ::before or ::after puts in, when there is some
  bool label_hidden = false;  ///< its label stands in the page but is not shown
  /// Of its text and the text around it, when nothing else tells them apart.
  std::optional<double> contrast_with_text;
};

struct PageLooks {
  std::vector<Look> candidates;        ///< beside PageFacts::candidates; empty: nothing was asked
  std::vector<LinkLook> links;         ///< beside PageFacts::links.paid
  std::optional<double> body_font_px;  ///< of most of the article's text
  std::vector<std::string> unread;     ///< style sheets that could not be read
  std::shared_ptr<const PageStyles> styles;  ///< nothing: not asked for
};

/// Looks at a page's candidates and paid links, once the facts have them: what style sheets hide is
/// no longer `shown`, and what could not be evaluated is noted. A page without paid links, or that
/// says nothing of them, costs nothing. `earlier` are the styles of the page it was made of, if
/// any.
void look_at_page(PageFacts& facts, const Policy& policy,
                  std::shared_ptr<const PageStyles> earlier);

}  // namespace candor::disclosure
