#pragma once
// A destination cut open at the place where a click's token goes, so that answering a click is one
// concatenation.
#include <string>
#include <string_view>

namespace candor {

/// How a network wants its sub-id: as a query parameter, or as a path segment ("/pubref:VALUE",
/// Partnerize).
struct SubIdSlot {
  std::string_view
      parameter;  ///< "clickref", "u1", ...; empty: none, the destination never gets a token
  bool in_path = false;
  std::size_t max_length = 0;        ///< longest value the network keeps; 0: no limit known
  std::string_view separator = "-";  ///< between an owner's value and the token; the network allows
                                     ///< it in values
};

/// A destination whose bytes somebody else holds.
struct DestinationView {
  std::string_view before;  ///< all bytes up to the token
  std::string_view after;   ///< all bytes behind it
  bool has_slot = false;

  /// The Location of one click. `token` is ignored when there is no slot. Nothing but the token can
  /// vary.
  std::string with_token(std::string_view token) const;
};

struct Destination {
  std::string before;
  std::string after;
  bool has_slot = false;

  DestinationView view() const { return {before, after, has_slot}; }
  std::string with_token(std::string_view token) const { return view().with_token(token); }
};

/// `href` is a serialised URL (Url::href). An owner's own value in the parameter is kept and the
/// token appended to it with the slot's separator where the limit allows, else the owner's value
/// wins and there is no slot.
Destination make_destination(std::string_view href, const SubIdSlot& slot);

}  // namespace candor
