#pragma once
// A destination with open places: "{click}", "{article}", "{placement}" and "{country}" as its
// owner wrote them, the network's sub-id, and parameters that the request may hand on. Scheme and
// host are the owner's alone, since a place opens only behind them.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "click/country.h"
#include "link/destination.h"
#include "link/url.h"

namespace candor {

/// What fills the places of one click. Every value goes out as one percent-encoded segment.
struct SlotValues {
  std::string_view click{};    ///< the click's token
  std::string_view article{};  ///< canonical path of a known article; empty: unknown
  std::uint16_t placement = 0;
  Country country{};
  std::string_view query{};  ///< of the request, for what is passed on
};

/// True when `href` has a place for the click's token.
bool has_click_slot(std::string_view href);
/// True when `href` has a place of any kind.
bool has_slots(std::string_view href);

/// `href` with the parameters it does not have yet, in front of its fragment. Their slots stay
/// open.
std::string with_parameters(std::string_view href, std::span<const QueryParameter> parameters);

class SlottedUrl {
 public:
  SlottedUrl() = default;
  /// `passed` are names of parameters that the request hands on; those the destination has itself
  /// are left out, so that nothing an owner or a network set is ever overridden.
  SlottedUrl(const Destination& destination, std::span<const std::string> passed);

  bool takes_click() const { return takes_click_; }
  std::string fill(const SlotValues& values) const;

 private:
  enum class Slot : std::uint8_t { End, Click, Article, Placement, Country, Query };
  struct Piece {
    std::string text;  ///< goes out in front of the slot
    Slot slot = Slot::End;
  };

  void cut(std::string_view text);
  void open(Slot slot);
  void append_passed(std::string& out, std::string_view query) const;

  std::vector<Piece> pieces_;
  std::vector<std::string> passed_;
  bool has_query_ = false;
  bool takes_click_ = false;
};

}  // namespace candor
