#pragma once
// What the rules look at: a page's tokens, outline, paid links, and every text that says something
// about them.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "disclosure/page/outline.h"
#include "disclosure/page/page_looks.h"
#include "disclosure/page/paid_links.h"
#include "disclosure/wording/policy.h"
#include "disclosure/wording/wording.h"
#include "html/encoding.h"
#include "html/token.h"

namespace candor::disclosure {

inline constexpr std::size_t kPageLimit = std::size_t{8} << 20;

/// A block of text that the classifier finds something in.
struct Candidate {
  std::uint32_t block = 0;
  Wording wording;
  ByteRange range;
  Zone zone = Zone::Content;
  bool shown = true;         ///< neither hidden nor collapsed
  bool hidden = false;       ///< not shown at all; else, when not shown, behind a click
  bool holds_link = false;   ///< a paid link stands in it: an ad word there labels that link
  bool is_heading = false;   ///< in a heading
  bool mostly_link = false;  ///< more than half of it is link text
};

struct PageFacts {
  std::string_view bytes;
  html::Encoding encoding;
  html::Page page;
  Outline outline;
  PageLinks links;
  std::vector<Candidate> candidates;  ///< in page order
  PageLooks looks;
  std::vector<std::string> not_evaluated;
  std::optional<std::size_t> first_content_link;  ///< index in links.paid
  std::optional<std::size_t> last_content_link;

  std::size_t offset_of(const PageLink& link) const { return page.tokens[link.token].range.begin; }
  const std::string& text_of(const Candidate& candidate) const {
    return outline.blocks[candidate.block].text;
  }
};

/// `bytes` must outlive the facts. Pages over the limit or in an encoding that is not
/// ASCII-compatible come back without tokens, the reason in `not_evaluated`. `earlier` are the
/// facts of the page this one was made of: its style sheets need not be read again.
PageFacts facts_of(std::string_view bytes, const Policy& policy,
                   const PageFacts* earlier = nullptr);

/// Says that this page's links are paid, by itself: an explanation, or an ad word that is about
/// links; Amazon's own sentence when every content link is Amazon's.
bool is_adequate(const PageFacts& facts, const Candidate& candidate);
/// Adequate, shown, outside footer, sidebar and navigation, and before the first content link.
bool is_effective(const PageFacts& facts, const Candidate& candidate);

/// Text of a link and what stands directly around it, folded.
struct Surroundings {
  std::string before;
  std::string inside;      ///< in the block the text begins in
  std::string inside_end;  ///< in the block it ends in; often the same
  std::string behind;
  bool follows_link = false;  ///< `before` begins at another link's end
};
Surroundings surroundings_of(const PageFacts& facts, const PageLink& link);

/// The innermost element that holds the byte; kNoElement outside of all.
std::uint32_t element_at(const PageFacts& facts, std::size_t offset);

/// A link's text and what stands directly around it, folded, as a label's reader sees it.
std::string label_text(const PageFacts& facts, const PageLink& link);
/// Whether a link carries a label ("(paid link)") in its text, directly before or directly behind.
bool is_labelled(const PageFacts& facts, const PageLink& link, std::string_view label);
/// Any label word of any template, or a hashtag, stands in the text.
bool holds_label(std::string_view text);
/// The same for any label word of any template, and hashtags.
bool is_labelled(const PageFacts& facts, const PageLink& link);
/// Whether such a label stands before the link's text.
bool is_labelled_before(const PageFacts& facts, const PageLink& link);

}  // namespace candor::disclosure
