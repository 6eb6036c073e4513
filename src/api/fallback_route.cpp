// What a content management system keeps beside its pages, so that a page Candor has not seen yet
// is disclosed all the same: which links pay, and what to say.
#include <nlohmann/json.hpp>

#include "api/fragment_query.h"
#include "api/routes.h"
#include "api/secrets.h"
#include "candor_version.h"
#include "networks/link_pattern.h"

namespace candor::api {
namespace {

using nlohmann::json;

/// [["suffix","amazon.com","query:tag","amazon"], ...]: host kind, host, condition and network as
/// in networks/host_patterns.tsv, the sure ones.
json rules_json() {
  json rules = json::array();
  for (const networks::LinkRule& rule : networks::LinkPatterns().sure_rules())
    rules.push_back({rule.host_kind, rule.host, rule.condition, rule.network});
  return rules;
}

}  // namespace

http::Response page_fallback(Call& call) {
  const pages::LocalNotice notice = call.site.pages.local_notice(page_language(call));
  const pages::SiteSettings& settings = call.site.settings;
  json body{{"schema", "candor.pages.fallback/1"},
            {"site", settings.name},
            {"hosts", settings.hosts},
            {"go_url", settings.go_url},
            {"version", kVersion},
            {"jurisdictions", settings.jurisdictions},
            {"rules", rules_json()},
            {"language", notice.language},
            {"block", notice.block},
            {"amazon_block", notice.amazon_block}};
  // Another one says that pages disclosed before might come out differently now.
  body["revision"] = hash_of_secret(body.dump()).substr(0, 16);
  return json_response(body);
}

}  // namespace candor::api
