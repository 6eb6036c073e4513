// The networks the site works with: what is known of each beside its money.
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "api/routes.h"
#include "attribution/match.h"
#include "base/rfc3339.h"
#include "networks/link_pattern.h"

namespace candor::api {
namespace {

using nlohmann::json;

struct NetworkFacts {
  std::int64_t links = 0;                         ///< not removed
  std::map<std::string, std::int64_t> merchants;  ///< links by merchant
  std::set<std::string> accounts;
  std::set<std::string> currencies;
  json labels = json::array();
  std::int64_t imported_at_ms = 0;  ///< 0: never
};

using AllFacts = std::map<std::string, NetworkFacts>;

void add_links(const Site& site, AllFacts& all) {
  for (const Link& link : site.store.list_links(true)) {
    if (link.network.empty()) continue;
    NetworkFacts& facts = all[link.network];
    ++facts.links;
    ++facts.merchants[link.merchant];
  }
}

void add_money(const Site& site, AllFacts& all) {
  for (const LedgerLine& line : site.store.check_ledger(site.zone)) {
    NetworkFacts& facts = all[line.network];
    facts.accounts.insert(line.account);
    facts.currencies.insert(std::string(line.currency.text()));
  }
  constexpr std::size_t kMostImports = 1000;
  for (const store::Import& import : site.store.list_imports(kMostImports)) {
    if (import.undone_at_ms) continue;
    NetworkFacts& facts = all[import.network];
    facts.imported_at_ms = std::max(facts.imported_at_ms, import.imported_at_ms);
  }
}

void add_labels(const Site& site, AllFacts& all) {
  for (const store::LabelRule& rule : site.store.list_label_rules()) {
    const auto article = site.store.find_article(rule.article);
    all[rule.network].labels.push_back(
        {{"kind", rule.kind},
         {"text", rule.text},
         {"article", article ? json(article->path) : json(nullptr)}});
  }
}

json facts_json(const std::string& network, NetworkFacts& facts) {
  constexpr std::int64_t kHourMs = 3'600'000;
  json merchants = json::array();
  for (const auto& [merchant, links] : facts.merchants)
    merchants.push_back({{"merchant", merchant}, {"links", links}});
  return {{"network", network},
          {"name", network.empty() ? "" : networks::display_name(network)},
          {"window_hours", attribution::window_ms(network) / kHourMs},
          {"stays_direct", networks::stays_direct(network)},
          {"links", facts.links},
          {"merchants", std::move(merchants)},
          {"accounts", facts.accounts},
          {"currencies", facts.currencies},
          {"labels", std::move(facts.labels)},
          {"imported_at",
           facts.imported_at_ms ? json(format_rfc3339(facts.imported_at_ms)) : json(nullptr)}};
}

}  // namespace

http::Response list_networks(Call& call) {
  AllFacts all;
  add_links(call.site, all);
  add_money(call.site, all);
  add_labels(call.site, all);
  json data = json::array();
  for (auto& [network, facts] : all) data.push_back(facts_json(network, facts));
  return json_response({{"schema", "candor.networks/1"}, {"data", std::move(data)}});
}

}  // namespace candor::api
