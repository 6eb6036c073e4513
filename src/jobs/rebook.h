#pragma once
// Takes back what was booked of commissions and books it again where newer evidence or a changed
// rule says that it belongs. What was booked before stays, so that any earlier moment can be
// reported.
#include "jobs/decisions.h"

namespace candor::jobs {

/// Commissions with a sub-id or tag of which a rule changed: those that stood by a rule lose it
/// with the rule, those with weaker evidence take one that matches now. A click of a known article
/// stays stronger than any rule. How many were rebooked.
std::int64_t rebook_relabelled(store::Store& store, const Decisions& decisions, std::int64_t at_ms);

/// Unattributed ones for which evidence or clicks came since. How many were rebooked.
std::int64_t rebook_unattributed(store::Store& store, const Decisions& decisions,
                                 std::int64_t at_ms);

/// Reversals whose original was rebooked go where it went. How many were rebooked.
std::int64_t rebook_followers(store::Store& store, std::int64_t at_ms);

}  // namespace candor::jobs
