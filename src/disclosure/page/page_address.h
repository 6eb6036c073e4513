#pragma once
// Where a page's hrefs lead, as browsers resolve them: against the page's base element, its own
// address where that is known, and without what a browser drops.
#include <optional>
#include <string>
#include <string_view>

#include "link/url.h"

namespace candor::disclosure {

/// An href's parts.
struct LinkTarget {
  std::string host;        ///< lower case; empty for links relative to a page of unknown host
  std::string path;        ///< begins with '/'
  std::optional<Url> url;  ///< when the host is known
};

class PageAddress {
 public:
  /// `page` is the page's own address, a URL or a path; `base` is what its base element says. Both
  /// may be empty.
  PageAddress(std::string_view page, std::string_view base);

  /// Nothing for addresses that are not http(s), and for relative ones when the page's own folder
  /// is not known. `href` is decoded. A user name in it is passed over, as it says nothing of where
  /// the link leads.
  std::optional<LinkTarget> resolve(std::string_view href) const;

 private:
  std::string origin_;  ///< "https://host:port"; empty: not known
  std::string folder_;  ///< "/blog/"; empty: not known
};

/// An href as a browser reads it: outer blanks off, tabs and line breaks dropped.
std::string as_browsers_read(std::string_view href);

}  // namespace candor::disclosure
