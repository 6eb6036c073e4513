#include "sqlite/dictionary.h"

namespace candor::sqlite {
namespace {

// Enough for the user agents of a day; beyond it somebody is making texts up, and memory has a
// limit.
constexpr std::size_t kRememberedTexts = 65'536;

}  // namespace

std::int64_t Dictionary::id_of(Connection& connection, const std::string& text) {
  if (text.empty()) return 0;
  if (const auto known = ids_.find(text); known != ids_.end()) return known->second;

  std::int64_t id = 0;
  Query find(connection, find_);
  if (find.set_view(":text", text).next()) {
    id = find.column(0).getInt64();
  } else {
    Query(connection, insert_).set_view(":text", text).run();
    id = connection.database().getLastInsertRowid();
  }
  if (ids_.size() >= kRememberedTexts) ids_.clear();
  ids_.emplace(text, id);
  return id;
}

std::int64_t Dictionary::id_of(Connection& connection,
                               const std::shared_ptr<const journal::Texts>& texts,
                               std::uint32_t number) {
  if (number == 0) return 0;
  if (texts != table_) {
    table_ = texts;
    ids_of_table_.clear();
  }
  if (number >= ids_of_table_.size()) ids_of_table_.resize(texts->size());
  std::int64_t& id = ids_of_table_[number];
  if (id == 0) id = id_of(connection, (*texts)[number]);
  return id;
}

void Dictionary::forget() {
  ids_.clear();
  table_.reset();
}

}  // namespace candor::sqlite
