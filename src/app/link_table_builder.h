#pragma once
// The frozen table redirects read, built from the store's links and articles.
#include <memory>

#include "link/link_table.h"
#include "store/store.h"

namespace candor::app {
std::shared_ptr<const LinkTable> build_link_table(const store::Store& store);
}
