#pragma once
// Texts that many rows share, kept once in a table and remembered here. Belongs to the write
// connection.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "journal/click_record.h"
#include "sqlite/connection.h"

namespace candor::sqlite {

class Dictionary {
 public:
  /// The statements find a text's row and insert it.
  Dictionary(std::string_view find, std::string_view insert) : find_(find), insert_(insert) {}

  /// The text's id, new when it was never seen; 0 for the empty text.
  std::int64_t id_of(Connection& connection, const std::string& text);
  /// The id of a table's text. One table at a time: its texts are found by their number.
  std::int64_t id_of(Connection& connection, const std::shared_ptr<const journal::Texts>& texts,
                     std::uint32_t number);
  /// For when a transaction rolled back: ids remembered since may not exist.
  void forget();

 private:
  std::string_view find_;
  std::string_view insert_;
  std::unordered_map<std::string, std::int64_t> ids_;
  std::shared_ptr<const journal::Texts> table_;
  std::vector<std::int64_t> ids_of_table_;  ///< by number; 0: not looked for yet
};

}  // namespace candor::sqlite
