#pragma once
// Texts that many rows share, kept once in a table and remembered here. Belongs to the write
// connection.
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "sqlite/connection.h"

namespace candor::sqlite {

class Dictionary {
 public:
  /// The statements find a text's row and insert it.
  Dictionary(std::string_view find, std::string_view insert) : find_(find), insert_(insert) {}

  /// The text's id, new when it was never seen; 0 for the empty text.
  std::int64_t id_of(Connection& connection, const std::string& text);
  /// For when a transaction rolled back: ids remembered since may not exist.
  void forget() { ids_.clear(); }

 private:
  std::string_view find_;
  std::string_view insert_;
  std::unordered_map<std::string, std::int64_t> ids_;
};

}  // namespace candor::sqlite
