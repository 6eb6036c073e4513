#pragma once
// Markup this module has put into a page before: blocks, link labels, the beacon script and the
// link to the stylesheet, known by their data-candor attribute and by holding nothing but text, and
// the beacon attributes and words of rel of links. An owner's element that carries the attribute
// around other content is left alone.
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_range.h"
#include "disclosure/page/paid_links.h"
#include "html/token.h"

namespace candor::disclosure {

/// What an element or attribute of ours is.
inline constexpr std::string_view kDisclosureMark = "disclosure";
inline constexpr std::string_view kFooterMark = "footer";
inline constexpr std::string_view kDisclaimerMark = "disclaimer";
/// The slug and placement of a direct link whose clicks are told by beacon: "slug/placement".
inline constexpr std::string_view kBeaconMark = "data-candor-link";
inline constexpr std::string_view kPingPath = "/-/b?";  ///< in the ping of such a link

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

}  // namespace candor::disclosure
