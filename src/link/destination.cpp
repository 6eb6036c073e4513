#include "link/destination.h"

#include <algorithm>

#include "link/url.h"

namespace candor {
namespace {

// A click's token (click/click_token.h) is 17 characters; this floor knows nothing of clicks, so
// the room a slot must offer is stated here.
constexpr std::size_t kTokenLength = 17;

bool fits(std::size_t owner_bytes, const SubIdSlot& slot) {
  const std::size_t separator = owner_bytes == 0 ? 0 : slot.separator.size();
  return slot.max_length == 0 || owner_bytes + separator + kTokenLength <= slot.max_length;
}

Destination without_slot(std::string_view href) {
  return {.before = std::string(href), .after = {}, .has_slot = false};
}

Destination cut_at(std::string_view href, std::size_t at, std::string_view lead) {
  return {.before = std::string(href.substr(0, at)).append(lead),
          .after = std::string(href.substr(at)),
          .has_slot = true};
}

// Puts the token behind the owner's value, which ends at `value_end`.
Destination append_to_value(std::string_view href, std::string_view value, std::size_t value_end,
                            const SubIdSlot& slot) {
  const std::size_t owner_bytes = percent_decode(value).size();
  if (!fits(owner_bytes, slot)) return without_slot(href);
  return cut_at(href, value_end, owner_bytes == 0 ? std::string_view() : slot.separator);
}

Destination make_in_query(std::string_view href, const SubIdSlot& slot) {
  const std::size_t end = std::min(href.find('#'), href.size());
  const std::size_t mark = href.substr(0, end).find('?');
  const std::string name = percent_encode(slot.parameter);
  if (mark == std::string_view::npos) return cut_at(href, end, "?" + name + "=");
  for (std::size_t begin = mark + 1; begin < end;) {
    const std::size_t pair_end = std::min(href.find('&', begin), end);
    const std::string_view pair = href.substr(begin, pair_end - begin);
    const std::size_t equals = pair.find('=');
    if (percent_decode(pair.substr(0, equals)) == slot.parameter) {
      if (equals == std::string_view::npos) return cut_at(href, pair_end, "=");
      return append_to_value(href, pair.substr(equals + 1), pair_end, slot);
    }
    begin = pair_end + 1;
  }
  const bool needs_ampersand = end - 1 != mark && href[end - 1] != '&';
  return cut_at(href, end, (needs_ampersand ? "&" : "") + name + "=");
}

// Partnerize reads "/camref:A/pubref:B/ar:C/destination:URL" in this order, the destination last
// and possibly unescaped, so nothing behind its label is looked at.
Destination make_in_path(std::string_view href, const SubIdSlot& slot) {
  const std::size_t host = href.find("://") + 3;
  const std::size_t path_end = std::min(href.find_first_of("?#", host), href.size());
  const std::size_t labels_end =
      std::min(href.substr(0, path_end).find("/destination:", host), path_end);
  const std::string_view labels = href.substr(0, labels_end);
  const std::string label = "/" + std::string(slot.parameter) + ":";
  if (const std::size_t own = labels.find(label, host); own != std::string_view::npos) {
    const std::size_t value = own + label.size();
    const std::size_t value_end = std::min(labels.find('/', value), labels_end);
    return append_to_value(href, href.substr(value, value_end - value), value_end, slot);
  }
  std::size_t at = labels_end;
  for (const std::string_view later : {"/ar:", "/adref:"})
    at = std::min(at, labels.find(later, host));
  if (href[at - 1] == '/') --at;  // "…/camref:A/" must not become "…/camref:A//pubref:"
  return cut_at(href, at, label);
}

}  // namespace

std::string DestinationView::with_token(std::string_view token) const {
  std::string location;
  location.reserve(before.size() + token.size() + after.size());
  location += before;
  if (has_slot) location += token;
  location += after;
  return location;
}

Destination make_destination(std::string_view href, const SubIdSlot& slot) {
  if (slot.parameter.empty() || !fits(0, slot)) return without_slot(href);
  return slot.in_path ? make_in_path(href, slot) : make_in_query(href, slot);
}

}  // namespace candor
