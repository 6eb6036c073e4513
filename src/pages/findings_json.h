#pragma once
// An audit's findings as the API, the CLI and the database show them.
#include <nlohmann/json_fwd.hpp>

#include "disclosure/audit.h"

namespace candor::pages {

/// [{"rule","severity","jurisdiction","line","column","begin","end","excerpt","message","why","fix"}]:
/// one for each jurisdiction a rule is broken in.
nlohmann::json findings_json(const disclosure::AuditReport& report);

/// {"verdict","verdicts":{"US":"pass"},"language","title","links":[..],"disclosures":[..],
/// "findings":[..],"not_evaluated":[..]}
nlohmann::json audit_json(const disclosure::AuditReport& report);

}  // namespace candor::pages
