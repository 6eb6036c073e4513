#pragma once
// Steps of the nightly run that look anew at what is known: clicks, pages, links. Each goes on
// where it was stopped, and does nothing twice.
#include "jobs/nightly.h"

namespace candor::jobs {

/// Verdicts of the clicks that are rows still, when the rules for user agents are not those of the
/// last run.
StepResult reclassify_step(const NightlySite& site);

/// Pages whose bytes are not those of the last run: what the pages front would send of each file.
StepResult audit_step(const NightlySite& site);

StepResult links_step(const NightlySite& site);

}  // namespace candor::jobs
