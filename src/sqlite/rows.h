#pragma once
// Reads the rows of a query into values, one or all of them.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "sqlite/connection.h"

namespace candor::sqlite {

/// `read` makes a value of a Row, taking its columns from left to right.
template <class Read>
auto read_all(Query& query, Read read) {
  std::vector<decltype(read(std::declval<Row&>()))> all;
  while (query.next()) {
    Row row(query);
    all.push_back(read(row));
  }
  return all;
}

template <class Read>
auto read_first(Query& query, Read read) {
  std::optional<decltype(read(std::declval<Row&>()))> first;
  if (query.next()) {
    Row row(query);
    first = read(row);
  }
  return first;
}

/// A LIMIT as SQLite counts.
inline std::int64_t row_limit(std::size_t limit) {
  return static_cast<std::int64_t>(
      std::min<std::size_t>(limit, std::numeric_limits<std::int64_t>::max()));
}

}  // namespace candor::sqlite
