#pragma once
// The site's links as tier 4 compares them with what a report names.
#include <vector>

#include "attribution/window_model.h"
#include "store/evidence_store.h"

namespace candor::jobs {

/// By id; removed links too.
std::vector<attribution::LinkFacts> read_link_facts(const store::EvidenceStore& store);

}  // namespace candor::jobs
