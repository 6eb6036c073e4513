// What a new site has done of its first steps, read off what really happened.
#include <nlohmann/json.hpp>

#include "api/routes.h"
#include "base/rfc3339.h"

namespace candor::api {
namespace {

using nlohmann::json;

json step(const char* id, bool done, std::optional<std::int64_t> at_ms) {
  return {{"id", id}, {"done", done}, {"at", at_ms ? json(format_rfc3339(*at_ms)) : json()}};
}

/// The newest click that a filter finds.
std::optional<std::int64_t> newest_click(const Site& site, store::ClickFilter filter) {
  filter.limit = 1;
  const auto clicks = site.store.list_clicks(filter);
  if (clicks.empty()) return std::nullopt;
  return at_ms(clicks.front().id);
}

/// A link whose click comes by a redirect; null when there is none among the first.
json redirected_link(const Site& site) {
  constexpr std::size_t kLookedAt = 200;
  for (const Link& link : site.store.list_links_after(LinkId{}, kLookedAt))
    if (link.state == LinkState::Active) return link.slug;
  return nullptr;
}

std::optional<std::int64_t> newest_audit(const Site& site) {
  std::optional<std::int64_t> newest;
  for (const store::Article& article : site.store.list_articles())
    if (!article.verdict.empty()) newest = std::max(newest.value_or(0), article.seen_at_ms);
  return newest;
}

}  // namespace

http::Response setup_steps(Call& call) {
  const Site& site = call.site;
  const auto links = site.store.list_links_after(LinkId{}, 1);
  const auto page = newest_audit(site);
  const auto test = newest_click(site, {.net_only = false, .verdict = Verdict::Test});
  const auto any = newest_click(site, {.net_only = false});
  const auto imports = site.store.list_imports(1);
  const auto backup = site.store.last_done("nightly", "backup");
  json steps = json::array();
  steps.push_back(step("link", !links.empty(),
                       links.empty() ? std::nullopt : std::optional(links.front().created_at_ms)));
  steps.push_back(step("page", page.has_value(), page));
  steps.push_back(step("click", any.has_value(), test ? test : any));
  steps.push_back(
      step("import", !imports.empty(),
           imports.empty() ? std::nullopt : std::optional(imports.front().imported_at_ms)));
  steps.push_back(
      step("backup", backup.has_value(), backup ? backup->finished_at_ms : std::nullopt));
  return json_response({{"schema", "candor.setup/1"},
                        {"steps", std::move(steps)},
                        {"test_link", redirected_link(site)},
                        {"test_seen_at", test ? json(format_rfc3339(*test)) : json()}});
}

}  // namespace candor::api
