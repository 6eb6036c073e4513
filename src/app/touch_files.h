#pragma once
// The plain files of `candor revenue attribute`: touches and conversions as CSV. Columns are found
// by their names, in any order; others are passed over.
#include <string>
#include <string_view>
#include <vector>

#include "attribution/touches.h"
#include "revenue/commission.h"

namespace candor::app {

template <class Row>
struct RowsOfFile {
  std::vector<Row> rows;         ///< the good ones, in file order
  std::vector<RowError> errors;  ///< by row; an id seen before is one: it would count twice
};

/// Header "id,visitor,article,at". Throws std::runtime_error, naming `file`, when the bytes are not
/// text or a column is missing.
RowsOfFile<attribution::Touch> read_touches(const std::string& file, std::string_view bytes);

/// Header "id,visitor,at,amount,currency"; as read_touches.
RowsOfFile<attribution::Conversion> read_conversions(const std::string& file,
                                                     std::string_view bytes);

}  // namespace candor::app
