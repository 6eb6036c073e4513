#include "app/config_origin.h"

#include <fmt/format.h>

#include <string_view>

#include "app/config_section.h"
#include "link/url.h"

namespace candor::app {
namespace {

constexpr std::string_view kUnix = "unix:";

void check_origin(Section& section, const Config& config) {
  const std::string& origin = config.pages_origin;
  if (!config.pages_root.empty())
    section.fail_key("origin", "beside pages.root: pages come from a folder or from an origin");
  if (origin.starts_with(kUnix)) {
    if (!origin.substr(kUnix.size()).starts_with('/'))
      section.fail_key("origin", "names a socket by its whole path: \"unix:/run/site.sock\"");
    return;
  }
  const auto url = parse_url(origin);
  if (!url || (url->scheme != "http" && url->scheme != "https") || url->path != "/" ||
      url->has_query || url->has_fragment || origin.find('@') != std::string::npos)
    section.fail_key("origin",
                     fmt::format("\"{}\" is no server, as in \"http://127.0.0.1:8083\" or "
                                 "\"unix:/run/site.sock\"",
                                 origin));
  const std::string address = url->host + ':' + url->port;
  if (address == config.pages_listen)
    section.fail_key("origin", "is where the pages front itself listens");
}

}  // namespace

void read_origin(Section& section, Config& config) {
  config.pages_origin = section.text("origin", "");
  if (!config.pages_origin.empty()) check_origin(section, config);
  config.pages_leave_alone = section.texts("leave_alone", config.pages_leave_alone);
  for (const std::string& path : config.pages_leave_alone)
    if (!path.starts_with('/'))
      section.fail_key("leave_alone", fmt::format("\"{}\" is no path; it begins with '/'", path));
  config.pages_upload_bytes = static_cast<std::size_t>(section.number("upload_mb", 512, 0, 1 << 20))
                              << 20;
  config.pages_origin_timeout =
      std::chrono::seconds(section.number("origin_timeout_s", 60, 1, 3600));
}

}  // namespace candor::app
