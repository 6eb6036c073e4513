#pragma once
// Where else on its own host a page leads: what a crawl without a sitemap goes by.
#include <string>
#include <string_view>
#include <vector>

namespace candor::crawl {

/// Absolute addresses of the page's links (<a>, <area>) that a reader of the site may follow: of
/// its own scheme, host and port, without fragments, in page order, each once. Not those marked
/// nofollow, sponsored or download, and none below a folder where sites keep their redirects to
/// shops (/go/, /recommends/, /out/, ...): asking for such a link would count as a click.
std::vector<std::string> page_links(std::string_view page, const std::string& page_url);

/// The address as seen from the page; as it is when it leads nowhere.
std::string absolute(std::string_view address, const std::string& page_url);

/// Whether the path lies below such a folder.
bool is_redirect_path(std::string_view path);

}  // namespace candor::crawl
