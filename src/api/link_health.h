#pragma once
// How a link fares, as the API shows it.
#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "store/link_check_store.h"

namespace candor::api {

/// {"state", "status", "url", "detail", "checked_at", "failing_since", "failures"}; null: nobody
/// has looked yet.
nlohmann::json health_json(const std::optional<store::LinkCheck>& check);

}  // namespace candor::api
