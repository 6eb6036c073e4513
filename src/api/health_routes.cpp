// Where links lead, as the last look at each found it, and a look now.
#include <nlohmann/json.hpp>

#include "api/link_health.h"
#include "api/members.h"
#include "api/problem.h"
#include "api/routes.h"
#include "base/rfc3339.h"
#include "jobs/link_checks.h"

namespace candor::api {

using nlohmann::json;

json health_json(const std::optional<store::LinkCheck>& check) {
  if (!check) return nullptr;
  return {{"state", check->health},
          {"status", check->status == 0 ? json(nullptr) : json(check->status)},
          {"url", check->url.empty() ? json(nullptr) : json(check->url)},
          {"detail", check->detail},
          {"checked_at", format_rfc3339(check->checked_at_ms)},
          {"failing_since", check->failing_since_ms ? json(format_rfc3339(*check->failing_since_ms))
                                                    : json(nullptr)},
          {"failures", check->failures}};
}

http::Response check_link(Call& call) {
  refuse_members(call, "A look at a link");
  const std::string& slug = call.path.find("slug")->second;
  const auto link = call.site.store.find_link(std::string_view(slug));
  if (!link)
    throw Problem(404, "There is no link \"" + slug + "\". List them: candor link list --all");
  const jobs::LinkCheckSettings& settings = call.site.nightly.link_checks;
  if (!settings.probe)
    throw Problem(409, "Links are not looked after: candor.toml says check = false in [links].");
  const store::LinkCheck check =
      jobs::check_link_now(call.site.store, settings, *link, to_ms(call.site.clock.now()));
  if (call.site.store.jobs_stopped())
    throw Problem(503, "Candor is stopping. Try again in a moment.");
  call.site.store.record_link_checks({check});
  json body = health_json(check);
  body["schema"] = "candor.link.check/1";
  body["slug"] = link->slug;
  return json_response(body);
}

}  // namespace candor::api
