#pragma once
// How often people have clicked links with a cap.
#include <cstdint>
#include <filesystem>
#include <map>

#include "store/store.h"

namespace candor::app {

using CapCounts = std::map<LinkId, std::int64_t>;

/// Human clicks up to now: those in the store, and those in the `journal`, a folder, that have not
/// been absorbed yet. Other links may be among them.
CapCounts count_clicks(const store::Store& store, const std::filesystem::path& journal);

}  // namespace candor::app
