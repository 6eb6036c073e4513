#pragma once
// Puts the disclosure, link labels and rel values a page needs into it, and changes no other byte.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "disclosure/audit.h"
#include "disclosure/wording/policy.h"

namespace candor::disclosure {

enum class InjectOutcome : std::uint8_t {
  Changed,
  Unchanged,      ///< nothing to do: no paid links, or already as it should be
  PassedThrough,  ///< could not be processed safely; the original bytes go out. See
                  ///< `why_passed_through`.
};
std::string_view name_of(InjectOutcome outcome);  ///< "changed", "unchanged", "passed-through"

struct InjectResult {
  InjectOutcome outcome = InjectOutcome::Unchanged;
  std::string page;  ///< always a servable page: the edited one, or the input's bytes
  std::string why_passed_through;
  AuditReport before;
  AuditReport after;  ///< of `page`
  std::size_t edit_count = 0;
  std::vector<std::string> notes;  ///< what the owner should decide or know, each a sentence
};

/// inject(inject(p)) == inject(p). The output is tokenised again and must equal the input's tokens
/// plus our edits, else the input goes out.
InjectResult inject(std::string_view page, const Policy& policy);

}  // namespace candor::disclosure
