#pragma once
// Readers' ways over the articles of a day, from their clicks: what data-driven attribution learns
// from.
#include <cstdint>
#include <map>
#include <string>
#include <unordered_set>

#include "base/strong_id.h"
#include "rollup/site_zone.h"
#include "store/store.h"

namespace candor::jobs {

/// How much rarer conversions would be without an article: whole numbers, only their proportion
/// counts; articles that do not matter are left out.
struct ArticleEffects {
  std::map<ArticleId, std::int64_t> by_article;
  std::string undefined;  ///< why there are none; empty: there are
};

/// Removal effects (attribution/markov.h) over the visitor-days of from..to. A path is the articles
/// of a visitor's human clicks of one day, in their order; it converts with a click in
/// `converting`, and what follows begins another. A click whose visitor is not kept is a path of
/// its own.
ArticleEffects removal_effects(const store::ClickStore& clicks, const rollup::SiteZone& zone,
                               rollup::DayNumber from, rollup::DayNumber to,
                               const std::unordered_set<std::int64_t>& converting);

}  // namespace candor::jobs
