#include "link/slotted_url.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "link/targeting.h"

namespace candor {
namespace {

constexpr std::size_t kMaxPassedBytes = 512;  // of one value; longer ones are not passed

constexpr std::array<std::string_view, 4> kSlotNames{"click", "article", "placement", "country"};

struct Found {
  std::size_t begin = std::string_view::npos;
  std::size_t end = 0;
  std::size_t name = 0;  ///< position in kSlotNames
};

bool starts_with_ignoring_case(std::string_view text, std::string_view start) {
  return ascii::equals_ignoring_case(text.substr(0, start.size()), start);
}

// Paths are serialised with their braces percent-encoded, queries are not.
Found slot_at(std::string_view text, std::size_t at) {
  const bool plain = text[at] == '{';
  const std::string_view close = plain ? "}" : "%7D";
  const std::size_t name = at + (plain ? 1 : 3);
  for (std::size_t i = 0; i < kSlotNames.size(); ++i) {
    if (!text.substr(name).starts_with(kSlotNames[i])) continue;
    const std::size_t end = name + kSlotNames[i].size();
    if (starts_with_ignoring_case(text.substr(end), close)) return {at, end + close.size(), i};
  }
  return {};
}

Found find_slot(std::string_view text, std::size_t from = 0) {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (text[at] != '{' && !starts_with_ignoring_case(text.substr(at), "%7B")) continue;
    if (const Found found = slot_at(text, at); found.begin != std::string_view::npos) return found;
  }
  return {};
}

/// Where the host ends: places open only behind it.
std::size_t end_of_host(std::string_view href) {
  const std::size_t host = href.find("://");
  return std::min(href.find_first_of("/?#", host == std::string_view::npos ? 0 : host + 3),
                  href.size());
}

std::string_view query_of(std::string_view href) {
  const std::string_view without = href.substr(0, href.find('#'));
  const std::size_t mark = without.find('?');
  return mark == std::string_view::npos ? std::string_view() : without.substr(mark + 1);
}

bool has_parameter(std::string_view query, std::string_view name) {
  return std::ranges::any_of(parse_query(query), [name](const QueryParameter& each) {
    return ascii::equals_ignoring_case(each.name, name);
  });
}

/// Encoded, but for the slots in it.
std::string encode_around_slots(std::string_view text) {
  std::string out;
  std::size_t from = 0;
  for (Found found = find_slot(text); found.begin != std::string_view::npos;
       found = find_slot(text, from)) {
    out += percent_encode(text.substr(from, found.begin - from));
    out += text.substr(found.begin, found.end - found.begin);
    from = found.end;
  }
  return out + percent_encode(text.substr(from));
}

}  // namespace

bool has_slots(std::string_view href) {
  return find_slot(href, end_of_host(href)).begin != std::string_view::npos;
}

bool has_click_slot(std::string_view href) {
  for (Found found = find_slot(href, end_of_host(href)); found.begin != std::string_view::npos;
       found = find_slot(href, found.end))
    if (kSlotNames[found.name] == "click") return true;
  return false;
}

std::string with_parameters(std::string_view href, std::span<const QueryParameter> parameters) {
  std::string added;
  const std::string_view query = query_of(href);
  for (const QueryParameter& parameter : parameters)
    if (!has_parameter(query, parameter.name))
      added += "&" + percent_encode(parameter.name) + "=" + encode_around_slots(parameter.value);
  if (added.empty()) return std::string(href);
  const std::size_t end = std::min(href.find('#'), href.size());
  const bool has_query = href.substr(0, end).find('?') != std::string_view::npos;
  if (!has_query) added.front() = '?';
  const bool is_open = has_query && (href[end - 1] == '?' || href[end - 1] == '&');
  return std::string(href.substr(0, end)) + added.substr(is_open ? 1 : 0) +
         std::string(href.substr(end));
}

SlottedUrl::SlottedUrl(const Destination& destination, std::span<const std::string> passed) {
  std::string text = destination.before;
  const std::size_t token = text.size();
  text += destination.after;
  const std::size_t fragment = std::min(text.find('#'), text.size());
  has_query_ = text.substr(0, fragment).find('?') != std::string::npos;
  const std::string_view query = query_of(text);
  for (const std::string& name : passed)
    if (!has_parameter(query, name)) passed_.push_back(name);

  const std::string_view whole = text;
  pieces_.push_back({std::string(whole.substr(0, end_of_host(whole))), Slot::End});
  std::size_t from = end_of_host(whole);
  // The token's place is never behind the fragment's '#'.
  if (destination.has_slot) {
    cut(whole.substr(from, token - from));
    open(Slot::Click);
    from = token;
  }
  cut(whole.substr(from, fragment - from));
  if (!passed_.empty()) open(Slot::Query);
  cut(whole.substr(fragment));
}

void SlottedUrl::cut(std::string_view text) {
  constexpr std::array kSlots{Slot::Click, Slot::Article, Slot::Placement, Slot::Country};
  std::size_t from = 0;
  for (Found found = find_slot(text); found.begin != std::string_view::npos;
       found = find_slot(text, from)) {
    pieces_.back().text += text.substr(from, found.begin - from);
    open(kSlots.at(found.name));
    from = found.end;
  }
  pieces_.back().text += text.substr(from);
}

void SlottedUrl::open(Slot slot) {
  pieces_.back().slot = slot;
  pieces_.push_back({});
  takes_click_ = takes_click_ || slot == Slot::Click;
}

std::string SlottedUrl::fill(const SlotValues& values) const {
  std::string out;
  for (const Piece& piece : pieces_) {
    out += piece.text;
    switch (piece.slot) {
      case Slot::End:
        break;
      case Slot::Click:
        out += percent_encode(values.click);
        break;
      case Slot::Article:
        out += percent_encode(values.article);
        break;
      case Slot::Placement:
        if (values.placement != 0) out += std::to_string(values.placement);
        break;
      case Slot::Country:
        out += values.country.text();
        break;
      case Slot::Query:
        append_passed(out, values.query);
        break;
    }
  }
  return out;
}

void SlottedUrl::append_passed(std::string& out, std::string_view query) const {
  bool has_query = has_query_;
  for (const std::string& name : passed_) {
    const auto value = find_parameter(query, name);
    if (!value || value->size() > kMaxPassedBytes) continue;
    const bool is_open = has_query && (out.back() == '?' || out.back() == '&');
    if (!is_open) out += has_query ? '&' : '?';
    has_query = true;
    out += percent_encode(name) + "=" + percent_encode(*value);
  }
}

}  // namespace candor
