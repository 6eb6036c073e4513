#pragma once
// A piece of a page, such as an article's content as a content management system keeps it:
// disclosed as the article of a page of its own, and cut out again.
#include <string>
#include <string_view>

#include "disclosure/inject.h"

namespace candor::pages {

struct FragmentPage {
  std::string language{};  ///< of the page it will stand in: "de-DE"; empty: not known
  std::string title{};     ///< of the article, plain text in UTF-8; empty: not known
};

/// The fragment (UTF-8) as the one article of a page, no byte of it changed.
std::string page_of_fragment(std::string_view fragment, const FragmentPage& around);

struct DisclosedFragment {
  std::string content;  ///< the fragment, disclosed
  std::string head;     ///< what its page needs once, in the head or anywhere above the content
};

/// Cuts a page that was made of `fragment` and disclosed; the places of the findings become places
/// of the fragment. Without changes the fragment itself.
DisclosedFragment cut_fragment(disclosure::InjectResult& result, std::string_view fragment,
                               const FragmentPage& around);
/// The same for findings alone.
void move_to_fragment(disclosure::AuditReport& report, const FragmentPage& around);

}  // namespace candor::pages
