#pragma once
// What was wrong at the end of a night, kept so that the next one knows what is new.
#include <vector>

#include "report/alert.h"
#include "store/job_store.h"

namespace candor::jobs {

/// One transaction. A mark each, by which triggers of the database tell webhooks of what was not
/// noted before, and one that lists them; those that are over are emptied.
void note_alerts(store::JobStore& store, const std::vector<report::Alert>& alerts);

}  // namespace candor::jobs
