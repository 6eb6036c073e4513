#pragma once
// The words of a question for a slice, and the numbers they are counted by. Of one snapshot.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "rollup/click_slice.h"
#include "sqlite/connection.h"
#include "store/slice_store.h"

namespace candor::sqlite {

class SliceNames {
 public:
  /// Reads the names that the question needs, and no others.
  SliceNames(Connection& connection, const store::SliceQuestion& question);

  rollup::SliceQuery query_of(const store::SliceQuestion& question) const;
  std::string text_of(rollup::SliceDimension dimension, std::int64_t value) const;
  const rollup::LinkGroups& groups() const { return groups_; }

 private:
  /// Texts by number, from 0: the empty one.
  struct Names {
    std::vector<std::string> texts{std::string{}};
    std::map<std::string, std::uint32_t, std::less<>> numbers{{std::string{}, 0}};
    std::uint32_t number_of(const std::string& text);
  };
  void load_links(Connection& connection);
  std::optional<std::int64_t> find(rollup::SliceDimension dimension, const std::string& text) const;
  const Names* names_of(rollup::SliceDimension dimension) const;

  std::unordered_map<std::int64_t, std::string> articles_;
  std::unordered_map<std::int64_t, std::string> links_;
  std::unordered_map<std::int64_t, std::string> languages_;
  std::unordered_map<std::int64_t, std::string> reasons_;
  Names merchants_;
  Names networks_;
  Names programmes_;
  rollup::LinkGroups groups_;
};

}  // namespace candor::sqlite
