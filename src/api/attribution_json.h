#pragma once
// What the routes of attribution share.
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "api/router.h"
#include "store/store.h"

namespace candor::api {

/// The article's path, or null.
nlohmann::json article_path_json(const store::Store& store, ArticleId id);

/// A number of the path, from 1. Problem 422 when it is none.
std::int64_t path_number(const Call& call, std::string_view name);

/// The article that the member "article" names by its path. Problem 422 when nobody knows it.
ArticleId article_member(const Call& call, const nlohmann::json& body);

/// Books what is open, and anew what changed rules concern: how many commissions that were, or null
/// when Candor is stopping and the rest is left to the next run. The caller holds the site's
/// nightly_mutex.
nlohmann::json attribute_again(Call& call);

}  // namespace candor::api
