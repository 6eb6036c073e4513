#pragma once
// The entries of a header to which every proxy appends its own, read from the end: the last one is
// the nearest proxy's, and whatever a client made up stands in front and cannot reach it.
#include <optional>
#include <string_view>

#include "redirect/client_address.h"

namespace candor::redirect {

class ForwardedList {
 public:
  /// `value` must outlive this.
  explicit ForwardedList(std::string_view value) : rest_(value) {}
  /// The last entry not yet taken, blanks around it removed; nothing when all are. Commas in quotes
  /// divide no entries.
  std::optional<std::string_view> take_last();

 private:
  std::string_view rest_;
  bool done_ = false;
};

/// The address behind `for=` in one entry of Forwarded (RFC 7239 4); nothing when it is missing,
/// said twice, hidden ("unknown", "_name") or badly quoted.
std::optional<Address> parse_forwarded_for(std::string_view entry);

}  // namespace candor::redirect
