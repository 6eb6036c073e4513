#include "redirect/forwarded_list.h"

#include <algorithm>
#include <cstddef>

#include "base/ascii.h"

namespace candor::redirect {
namespace {

/// Whether the quote at `at` begins or ends a quoted text: an odd number of backslashes in front
/// makes it part of one.
bool is_delimiter(std::string_view text, std::size_t at) {
  std::size_t backslashes = 0;
  while (backslashes < at && text[at - 1 - backslashes] == '\\') ++backslashes;
  return backslashes % 2 == 0;
}

/// Cuts the pair in front of the next ';' outside of quotes off `entry`; nothing when a quote is
/// left open.
std::optional<std::string_view> take_pair(std::string_view& entry) {
  bool quoted = false;
  std::size_t at = 0;
  for (; at < entry.size() && (quoted || entry[at] != ';'); ++at) {
    if (quoted && entry[at] == '\\') {
      ++at;
    } else if (entry[at] == '"') {
      quoted = !quoted;
    }
  }
  if (quoted || at > entry.size()) return std::nullopt;
  const std::string_view pair = entry.substr(0, at);
  entry.remove_prefix(std::min(at + 1, entry.size()));
  return pair;
}

}  // namespace

std::optional<std::string_view> ForwardedList::take_last() {
  if (done_) return std::nullopt;
  bool quoted = false;
  std::size_t begin = rest_.size();
  for (; begin > 0; --begin) {
    const char c = rest_[begin - 1];
    if (c == '"' && is_delimiter(rest_, begin - 1)) quoted = !quoted;
    if (c == ',' && !quoted) break;
  }
  const std::string_view entry = ascii::trim(rest_.substr(begin));
  done_ = begin == 0;
  if (!done_) rest_ = rest_.substr(0, begin - 1);
  return entry;
}

std::optional<Address> parse_forwarded_for(std::string_view entry) {
  std::optional<std::string_view> node;
  while (!entry.empty()) {
    const auto pair = take_pair(entry);
    if (!pair) return std::nullopt;
    const std::string_view trimmed = ascii::trim(*pair);
    const auto equals = trimmed.find('=');
    if (!ascii::equals_ignoring_case(trimmed.substr(0, equals), "for")) continue;
    if (node || equals == std::string_view::npos) return std::nullopt;
    node = trimmed.substr(equals + 1);
  }
  if (!node) return std::nullopt;
  if (node->starts_with('"')) {
    if (node->size() < 2 || !node->ends_with('"')) return std::nullopt;
    node = node->substr(1, node->size() - 2);
  }
  return parse_address(*node);
}

}  // namespace candor::redirect
