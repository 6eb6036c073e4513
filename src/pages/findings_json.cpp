#include "pages/findings_json.h"

#include <nlohmann/json.hpp>

namespace candor::pages {

nlohmann::json findings_json(const std::vector<disclosure::RuleFinding>& findings) {
  nlohmann::json out = nlohmann::json::array();
  for (const disclosure::RuleFinding& finding : findings)
    out.push_back({{"rule", finding.rule},
                   {"severity", disclosure::name_of(finding.severity)},
                   {"jurisdiction", finding.jurisdiction},
                   {"line", finding.line},
                   {"begin", finding.place.begin},
                   {"end", finding.place.end},
                   {"excerpt", finding.excerpt},
                   {"message", finding.message},
                   {"why", finding.why},
                   {"fix", finding.fix}});
  return out;
}

nlohmann::json audit_json(const disclosure::AuditReport& report) {
  nlohmann::json verdicts = nlohmann::json::object();
  for (const auto& each : report.verdicts)
    verdicts[each.jurisdiction] = disclosure::name_of(each.verdict);
  nlohmann::json links = nlohmann::json::array();
  for (const disclosure::PaidLink& link : report.links)
    links.push_back({{"placement", link.placement},
                     {"href", link.href},
                     {"network", link.network},
                     {"slug", link.slug},
                     {"text", link.text},
                     {"stays_direct", link.stays_direct}});
  return {{"verdict", disclosure::name_of(report.verdict)},
          {"verdicts", std::move(verdicts)},
          {"language", report.language},
          {"title", report.title},
          {"links", std::move(links)},
          {"findings", findings_json(report.findings)},
          {"not_evaluated", report.not_evaluated}};
}

}  // namespace candor::pages
