#include "networks/tracking_id.h"

#include <algorithm>

#include "base/ascii.h"

namespace candor::networks {
namespace {

constexpr std::size_t kSuffix = 3;  // "-20"
constexpr std::size_t kMostLetters = 64;

std::string_view suffix_of(std::string_view tag) { return tag.substr(tag.size() - kSuffix); }

}  // namespace

bool is_tracking_id(std::string_view tag) {
  if (tag.size() <= kSuffix || tag.size() > kMostLetters) return false;
  const std::string_view suffix = suffix_of(tag);
  return suffix[0] == '-' && ascii::is_digit(suffix[1]) && ascii::is_digit(suffix[2]) &&
         std::ranges::all_of(tag,
                             [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_'; });
}

std::string_view tracking_id_of(std::string_view href) {
  constexpr std::string_view kName = "tag=";
  const std::size_t end = std::min(href.find('#'), href.size());
  for (std::size_t at = std::min(href.find('?'), end); at < end;) {
    const std::size_t begin = at + 1;
    at = std::min(href.find('&', begin), end);
    const std::string_view parameter = href.substr(begin, at - begin);
    if (parameter.starts_with(kName)) return parameter.substr(kName.size());
  }
  return {};
}

std::string with_tracking_id(std::string_view href, std::string_view tag) {
  const std::string_view old = tracking_id_of(href);
  std::string out(href);
  if (is_tracking_id(tag) && is_tracking_id(old) && suffix_of(old) == suffix_of(tag))
    out.replace(static_cast<std::size_t>(old.data() - href.data()), old.size(), tag);
  return out;
}

std::string without_tracking_id(std::string_view href) {
  const std::string_view old = tracking_id_of(href);
  std::string out(href);
  if (!old.empty()) out.erase(static_cast<std::size_t>(old.data() - href.data()), old.size());
  return out;
}

}  // namespace candor::networks
