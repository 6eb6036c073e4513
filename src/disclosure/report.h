#pragma once
// Facts to report: the step audit and inject share.
#include "disclosure/audit.h"
#include "disclosure/page_facts.h"

namespace candor::disclosure {

AuditReport report_of(const PageFacts& facts, const Policy& policy);

}  // namespace candor::disclosure
