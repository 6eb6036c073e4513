#pragma once
// What a scan changes of an article, kept for the time line.
#include <cstdint>
#include <vector>

#include "sqlite/connection.h"
#include "store/link_store.h"

namespace candor::sqlite {

/// Keeps a revision when the scan is the article's first, or differs from what was known: `before`
/// and `links_before`, as they were just before the scan was stored.
void keep_revision(Connection& connection, ArticleId article,
                   const std::optional<store::Article>& before,
                   const std::vector<store::ScannedLink>& links_before,
                   const store::ArticleScan& scan);

}  // namespace candor::sqlite
