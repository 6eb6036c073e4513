#include "app/origin_options.h"

#include <fmt/format.h>

#include <cstdint>
#include <exception>
#include <fstream>
#include <iterator>
#include <string_view>

#include "candor_version.h"

namespace candor::app {
namespace {

constexpr std::string_view kUnix = "unix:";

/// FNV-1a: the same in every run, which std::hash need not be.
std::uint64_t fingerprint(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3;
  }
  return hash;
}

/// Whatever of the configuration may change a page is in its file.
std::string rules_of(const Config& config) {
  std::ifstream in(config.file, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  return fmt::format("{:016x}", fingerprint(std::string(kVersion) + '\n' + text));
}

disclosure::InjectResult edit(pages::PageProcessor& pages, std::string_view page,
                              const proxy::PageContext& context) {
  if (context.feed) return pages.disclose_feed(page);
  const pages::PageAsk ask{.path = context.path, .stylesheet = context.stylesheet};
  if (!context.record) return pages.disclose(page, ask);
  try {
    return pages.inject(page, ask);
  } catch (const std::exception&) {
    // A store that takes no writing (a full disk) must not take the disclosure from the readers.
    return pages.disclose(page, ask);
  }
}

}  // namespace

redirect::TrustedProxies trusted_proxies(const Config& config) {
  return redirect::TrustedProxies(config.trusted_proxies, config.forwarded_header);
}

proxy::OriginOptions origin_options(const Config& config, OpenSite& site) {
  proxy::OriginOptions options;
  const std::string& origin = config.pages_origin;
  if (origin.starts_with(kUnix)) {
    options.url = "http://localhost";
    options.unix_socket_path = origin.substr(kUnix.size());
  } else {
    options.url = origin;
  }
  options.public_url = config.site.url;
  options.site_hosts = config.site.hosts;
  options.proxies = trusted_proxies(config);
  options.timeouts.first_byte = options.timeouts.idle = config.pages_origin_timeout;
  options.leave_alone = config.pages_leave_alone;
  options.edit = [&site](std::string_view page, const proxy::PageContext& context) {
    return edit(site.pages(), page, context);
  };
  options.rules = [&site, rules = rules_of(config)] {
    return fmt::format("{}-{}", rules, site.store().link_epoch());
  };
  return options;
}

http::Limits origin_limits(const Config& config) {
  http::Limits limits;
  limits.head_bytes = std::size_t{32} << 10;  // sites with plugins bring cookies
  limits.body_bytes = config.pages_upload_bytes;
  limits.body_deadline = std::chrono::seconds{30};   // for each 16 KiB
  limits.write_deadline = std::chrono::seconds{30};  // likewise
  return limits;
}

}  // namespace candor::app
