#pragma once
// What each article would get of the money that is divided over clicks, model by model: the same
// commissions and clicks, weighed in each way there is. Nothing is booked.
#include <vector>

#include "attribution/models.h"
#include "jobs/attribute.h"
#include "report/model_report.h"
#include "rollup/site_zone.h"
#include "store/store.h"

namespace candor::jobs {

struct ModelQuestion {
  rollup::DayNumber from = 0;  ///< both included
  rollup::DayNumber to = 0;
  std::vector<attribution::Model> models;  ///< each once; not empty
};

/// Finished. Of commissions whose event is of these days and whose status is not reversed; those of
/// tier 4 are decided anew under each model, with the clicks as they are known now. Reversals
/// follow their originals. Reads the clicks of all windows once a model.
///
/// Shapley: the players are the articles clicked in a commission's window, and only all of them
/// together are known to have brought it, so each gets the same (attribution/touches.h). Markov:
/// they are weighed by their removal effects over the visitor-days of these days
/// (jobs/visit_paths.h), or as Shapley does where those are all 0.
report::ModelReport load_model_report(const store::Store& store, const rollup::SiteZone& zone,
                                      const AttributionSettings& settings,
                                      const ModelQuestion& question);

}  // namespace candor::jobs
