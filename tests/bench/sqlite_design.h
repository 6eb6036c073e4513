#pragma once
// Plain SQLite commits in the loop, instead of a journal.
#include <memory>

#include "bench/journal_designs.h"

namespace candor::bench {

/// One transaction per turn of the loop, or one per click.
std::unique_ptr<Design> make_sqlite_design(const DesignOptions& options, bool commit_each);

}  // namespace candor::bench
