#include "pages/findings_json.h"

#include <nlohmann/json.hpp>

namespace candor::pages {

namespace {

nlohmann::json finding_json(const disclosure::RuleFinding& finding,
                            const std::string& jurisdiction) {
  return {{"rule", finding.rule},
          {"severity", disclosure::name_of(finding.severity)},
          {"jurisdiction", jurisdiction},
          {"line", finding.line},
          {"column", finding.column},
          {"begin", finding.place.begin},
          {"end", finding.place.end},
          {"excerpt", finding.excerpt},
          {"message", finding.message},
          {"why", finding.why},
          {"fix", finding.fix}};
}

nlohmann::json disclosures_json(const disclosure::AuditReport& report) {
  nlohmann::json out = nlohmann::json::array();
  for (const disclosure::FoundDisclosure& each : report.disclosures)
    out.push_back({{"class", each.wording},
                   {"hedge", each.hedges},
                   {"zone", each.zone},
                   {"shown", each.shown},
                   {"effective", each.effective},
                   {"begin", each.place.begin},
                   {"end", each.place.end},
                   {"text", each.text}});
  return out;
}

}  // namespace

nlohmann::json findings_json(const disclosure::AuditReport& report) {
  nlohmann::json out = nlohmann::json::array();
  for (const disclosure::RuleFinding& finding : report.findings) {
    if (finding.jurisdiction != "all") {
      out.push_back(finding_json(finding, finding.jurisdiction));
      continue;
    }
    for (const auto& each : report.verdicts)
      out.push_back(finding_json(finding, each.jurisdiction));
  }
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
          {"disclosures", disclosures_json(report)},
          {"findings", findings_json(report)},
          {"not_evaluated", report.not_evaluated}};
}

}  // namespace candor::pages
