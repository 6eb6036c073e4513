#include "crawl/robots.h"

#include <algorithm>
#include <charconv>

#include "base/ascii.h"
#include "link/url.h"

namespace candor::crawl {
namespace {

constexpr std::size_t kMostRead = std::size_t{512} << 10;

/// Percent-encoding does not matter to a comparison, but an encoded '/' is no '/'.
std::string comparable(std::string_view path) {
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const std::string_view rest = path.substr(i, 3);
    if (path[i] == '%' && !ascii::equals_ignoring_case(rest, "%2F") && rest.size() == 3) {
      const std::string decoded = percent_decode(rest);
      if (decoded.size() == 1) {
        out += decoded;
        i += 2;
        continue;
      }
    }
    out += path[i];
  }
  return out;
}

/// Linear in pattern times path: after each '*' the earliest match is the best one.
bool matches(std::string_view pattern, std::string_view path) {
  const bool whole = pattern.ends_with('$');
  if (whole) pattern.remove_suffix(1);
  const std::size_t first = std::min(pattern.find('*'), pattern.size());
  if (!path.starts_with(pattern.substr(0, first))) return false;
  path.remove_prefix(first);
  pattern.remove_prefix(first);
  if (pattern.empty()) return !whole || path.empty();
  while (!pattern.empty()) {
    pattern.remove_prefix(1);  // the '*'
    const std::string_view piece = pattern.substr(0, pattern.find('*'));
    pattern.remove_prefix(piece.size());
    if (pattern.empty() && whole) return path.ends_with(piece);
    const std::size_t at = path.find(piece);
    if (at == std::string_view::npos) return false;
    path.remove_prefix(at + piece.size());
  }
  return true;
}

struct Line {
  std::string key;
  std::string_view value;
};

Line take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  line = line.substr(0, line.find('#'));
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return {};
  return {ascii::to_lower(ascii::trim(line.substr(0, colon))), ascii::trim(line.substr(colon + 1))};
}

}  // namespace

Robots Robots::allow_none() {
  Robots robots;
  robots.rules_.push_back({false, "/"});
  return robots;
}

Robots Robots::parse(std::string_view text, std::string_view product) {
  text = text.substr(0, kMostRead);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Robots named;
  Robots everybody;
  bool is_named = false;  // the group at hand speaks of us
  bool is_everybody = false;
  bool found_named = false;
  bool in_agents = false;
  std::vector<std::string> sitemaps;
  while (!text.empty()) {
    const auto [key, value] = take_line(text);
    if (key == "user-agent") {
      if (!in_agents) is_named = is_everybody = false;
      in_agents = true;
      is_named = is_named || ascii::equals_ignoring_case(value, product);
      is_everybody = is_everybody || value == "*";
      found_named = found_named || is_named;
      continue;
    }
    if (key == "sitemap") {
      sitemaps.emplace_back(value);
      continue;
    }
    if (key.empty()) continue;
    in_agents = false;
    for (Robots* group : {is_named ? &named : nullptr, is_everybody ? &everybody : nullptr}) {
      if (group == nullptr) continue;
      if ((key == "allow" || key == "disallow") && !value.empty())
        group->rules_.push_back({key == "allow", comparable(value)});
      double seconds = 0;
      if (key == "crawl-delay" &&
          std::from_chars(value.data(), value.data() + value.size(), seconds).ec == std::errc{} &&
          seconds > 0)
        group->delay_ = std::chrono::milliseconds(static_cast<int>(std::min(seconds, 60.0) * 1000));
    }
  }
  Robots out = found_named ? std::move(named) : std::move(everybody);
  out.sitemaps_ = std::move(sitemaps);
  return out;
}

bool Robots::allows(std::string_view path) const {
  const std::string wanted = comparable(path);
  const Rule* best = nullptr;
  for (const Rule& rule : rules_) {
    if (!matches(rule.pattern, wanted)) continue;
    const bool longer = best == nullptr || rule.pattern.size() > best->pattern.size();
    const bool kinder =
        best != nullptr && rule.pattern.size() == best->pattern.size() && rule.allow;
    if (longer || kinder) best = &rule;
  }
  return best == nullptr || best->allow;
}

}  // namespace candor::crawl
