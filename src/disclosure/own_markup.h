#pragma once
// Markup this module has put into a page before: blocks, link labels, the beacon script and the
// link to the stylesheet, known by their data-candor attribute and by holding nothing but text, and
// the beacon attributes and words of rel of links. An owner's element that carries the attribute
// around other content is left alone.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_range.h"
#include "disclosure/page_texts.h"
#include "disclosure/paid_links.h"
#include "html/token.h"

namespace candor::disclosure {

/// Ranges of whole elements of ours, and of attributes of ours with the blank in front of them, in
/// page order, none beyond `certain_until`.
std::vector<ByteRange> own_markup_in(const html::Page& page);

/// The words of a link's rel that are ours and no owner's claim that it pays.
inline constexpr std::string_view kRelMark = "data-candor-added";

/// Of tags that are not among the links that pay: the words of rel that we put there, and the mark
/// that says so. In page order, none beyond `certain_until`.
std::vector<ByteRange> own_rel_in(const html::Page& page, const std::vector<PageLink>& paid);

std::string without(std::string_view bytes, const std::vector<ByteRange>& ranges);

/// Whether `after` reads as `before` without the ranges: no tag appeared or vanished where they
/// were.
bool reads_as_without(const html::Page& before, const html::Page& after,
                      const std::vector<ByteRange>& ranges);

/// What of a link its label stands at.
enum class LabelSide : std::uint8_t { Begin, End };

inline constexpr std::string_view kDisclosureMark = "disclosure";
inline constexpr std::string_view kFooterMark = "footer";
inline constexpr std::string_view kDisclaimerMark = "disclaimer";

/// All are ASCII. A block without a locale is in the page's language.
std::string block_markup(std::string_view mark, std::string_view locale,
                         const std::vector<Paragraph>& paragraphs);
std::string title_label_markup(std::string_view text);
std::string stylesheet_markup(std::string_view url);
std::string label_markup(const std::vector<std::string>& labels, LabelSide side);

}  // namespace candor::disclosure
