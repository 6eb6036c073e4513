#pragma once
// The frozen table redirects read, built from the store's links and articles.
#include <filesystem>
#include <memory>

#include "link/link_table.h"
#include "store/store.h"

namespace candor::app {
/// `journal`: its folder. Links with a cap are given their human clicks up to now: those in the
/// store, and those in the journal that have not been absorbed yet.
std::shared_ptr<const LinkTable> build_link_table(const store::Store& store,
                                                  const std::filesystem::path& journal);
}  // namespace candor::app
