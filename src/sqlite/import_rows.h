#pragma once
// Reads an import as the SQL files of imports/ name its columns.
#include "sqlite/connection.h"
#include "store/revenue_store.h"

namespace candor::sqlite {

inline store::Import read_import(Row& row) {
  store::Import import;
  import.id = row.id<ImportId>();
  import.network = row.text();
  import.report = row.text();
  import.account = row.text();
  import.file_name = row.text();
  import.file_hash = row.text();
  import.content_hash = row.text();
  import.imported_at_ms = row.integer();
  import.row_count = row.integer();
  import.new_count = row.integer();
  import.changed_count = row.integer();
  import.unchanged_count = row.integer();
  import.bad_count = row.integer();
  import.withdrawn_count = row.integer();
  import.by_range = row.integer() != 0;
  import.from_day = static_cast<rollup::DayNumber>(row.integer());
  import.to_day = static_cast<rollup::DayNumber>(row.integer());
  import.truth_of = row.text();
  import.undone_at_ms = row.optional_integer();
  import.kind = row.number<store::ImportKind>();
  return import;
}

}  // namespace candor::sqlite
