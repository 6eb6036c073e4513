#pragma once
// An integer that is an id of one kind of thing and cannot be mistaken for another's.
#include <compare>
#include <cstdint>
#include <functional>

namespace candor {

template <class Tag>
struct StrongId {
  std::int64_t value = 0;  ///< 0 means "none".
  friend auto operator<=>(const StrongId&, const StrongId&) = default;
  explicit operator bool() const { return value != 0; }
};

using LinkId = StrongId<struct LinkIdTag>;
using ArticleId = StrongId<struct ArticleIdTag>;
using ImportId = StrongId<struct ImportIdTag>;
using CommissionId = StrongId<struct CommissionIdTag>;

}  // namespace candor

template <class Tag>
struct std::hash<candor::StrongId<Tag>> {
  std::size_t operator()(candor::StrongId<Tag> id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
