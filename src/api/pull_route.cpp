// Asking the networks' APIs now, as the nightly job does.
#include <mutex>
#include <nlohmann/json.hpp>

#include "api/members.h"
#include "api/money_json.h"
#include "api/problem.h"
#include "api/routes.h"
#include "jobs/attribute.h"
#include "store/errors.h"

namespace candor::api {

using nlohmann::json;

http::Response pull_revenue(Call& call) {
  refuse_members(call, "A pull");
  const std::string network = call.query_value("network");
  if (!network.empty() && !jobs::can_pull(network))
    throw Problem(422,
                  "\"" + network + "\" cannot be asked; those that can are awin, cj and impact.",
                  "network");
  if (!call.site.nightly.pull)
    throw Problem(422, "No network's API is configured. Give candor.toml a [revenue.pull.awin].");
  const std::unique_lock lock(call.site.nightly_mutex, std::try_to_lock);
  if (!lock)
    throw Problem(503, "The nightly job or an import is under way. Ask again in a minute.");
  json data = json::array();
  for (const jobs::PullResult& result : call.site.nightly.pull(network)) {
    json imports = json::array();
    for (const store::Import& import : result.imports) imports.push_back(import_json(import));
    data.push_back({{"network", result.network},
                    {"account", result.account},
                    {"failed", result.failed},
                    {"message", result.message},
                    {"row_count", result.row_count},
                    {"request_count", result.request_count},
                    {"imports", std::move(imports)}});
  }
  if (data.empty())
    throw Problem(422,
                  "No account at " + network + " is configured: [revenue.pull." + network + "].",
                  "network");
  try {
    jobs::attribute(call.site.store, {call.site.keys, call.site.settings.hosts,
                                      call.site.nightly.model, to_ms(call.site.clock.now())});
  } catch (const store::Stopped&) {
    // The rows are in; the next import or nightly run credits what is left.
  }
  return json_response({{"schema", "candor.revenue.pull/1"}, {"data", std::move(data)}});
}

}  // namespace candor::api
