#pragma once
// Lists in pieces: an answer says in "next" where the next piece begins, and in a Link header (RFC
// 8288) how to ask for it.
#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "api/router.h"

namespace candor::api {

/// `body` with "next" (null: that was the last), which goes into the parameter named.
http::Response page_response(const Call& call, nlohmann::json body, std::string_view parameter);

/// The id in the parameter before: what is listed is older. None: the newest first.
std::int64_t before_of(const Call& call);

/// The rest is cut off when there are more than `limit`; whether there were.
template <class Row>
bool cut_to(std::vector<Row>& rows, std::int64_t limit) {
  const auto most = static_cast<std::size_t>(limit);
  if (rows.size() <= most) return false;
  rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(most), rows.end());
  return true;
}

/// As CSV what a list's JSON has in "data": a column for each member of the contract's that some
/// row has, every field guarded against being read as a formula. Lists and objects are JSON in
/// their field.
http::Response csv_response(const Call& call, const http::Response& list);

/// Where no parameter format says it, Accept does: it is put into the parameter.
void choose_format(Call& call);

/// For lists. Problem 422 for a format that they have not.
bool asks_csv(const Call& call);

}  // namespace candor::api
