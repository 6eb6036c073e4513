#pragma once
// An audit's findings as the API, the CLI and the database show them.
#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "disclosure/audit.h"

namespace candor::pages {

/// [{"rule","severity","jurisdiction","line","begin","end","excerpt","message","why","fix"}]
nlohmann::json findings_json(const std::vector<disclosure::RuleFinding>& findings);

/// {"verdict","verdicts":{"US":"pass"},"language","title","links":[..],"findings":[..],"not_evaluated":[..]}
nlohmann::json audit_json(const disclosure::AuditReport& report);

}  // namespace candor::pages
