#include "disclosure/audit.h"

#include "disclosure/feed.h"
#include "disclosure/feed/feed_parts.h"

namespace candor::disclosure {

AuditReport audit(std::string_view page, const Policy& policy) {
  if (policy.surface == Surface::Page && is_feed(page)) return audit_feed(page, policy);
  return report_of(facts_of(page, policy), policy);
}

}  // namespace candor::disclosure
