#pragma once
// Applies the numbered rules of rules.json to a page or feed and says what breaks them, per
// jurisdiction.
#include <string_view>

#include "disclosure/rules/report.h"
#include "disclosure/wording/policy.h"

namespace candor::disclosure {

/// Pure; linear in the page. Pages over the size limit come back Indeterminate.
AuditReport audit(std::string_view page, const Policy& policy);

}  // namespace candor::disclosure
