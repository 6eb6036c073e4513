#include "sqlite/store.h"

#include "sqlite/site_store.h"

namespace candor::sqlite {

std::unique_ptr<store::Store> open_store(const Options& options) {
  return std::make_unique<SiteStore>(options.path, sql::kMigrations);
}

}  // namespace candor::sqlite
