#pragma once
// The embedded store: one SQLite file in WAL mode, one owner process, one connection that writes
// and checkpoints.
#include <filesystem>
#include <memory>

#include "base/clock.h"
#include "store/store.h"

namespace candor::sqlite {

struct Options {
  std::filesystem::path path;  ///< "…/candor.db"; "candor.db.lock" beside it names the owner's pid
};

/// Takes the lock, migrates, opens. Throws store::Busy (another owner), store::NewerSchema or
/// store::Broken. Before a migration of an existing database a copy is kept beside it
/// ("candor.db.before-0002").
std::unique_ptr<store::Store> open_store(const Options& options);

}  // namespace candor::sqlite
