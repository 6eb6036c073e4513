#include "proxy/page_tag.h"

#include <algorithm>

#include "base/ascii.h"

namespace candor::proxy {
namespace {

// W/"<kind><the origin's part>~<rules>": kinds say what the origin's part was.
constexpr char kStrong = 's';
constexpr char kWeak = 'w';
constexpr char kDate = 'd';
constexpr char kContent = 'c';
constexpr std::size_t kLongestPart = 512;

std::string assemble(char kind, std::string_view part, std::string_view rules) {
  std::string tag = "W/\"";
  tag += kind;
  tag.append(part).append("~").append(rules).append("\"");
  return tag;
}

bool is_plain(std::string_view part) {
  return part.size() <= kLongestPart &&
         std::ranges::all_of(part, [](char c) { return c > 0x20 && c < 0x7F && c != '"'; });
}

/// The text between a tag's quotes.
std::optional<std::string_view> inside(std::string_view tag) {
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  if (tag.size() < 2 || tag.front() != '"' || tag.back() != '"') return std::nullopt;
  return tag.substr(1, tag.size() - 2);
}

// A date has blanks and a comma, which would end a tag in the eyes of some.
std::string packed_date(std::string_view date) {
  std::string packed(date);
  std::ranges::replace(packed, ' ', '_');
  std::ranges::replace(packed, ',', '.');
  return packed;
}

std::string unpacked_date(std::string_view packed) {
  std::string date(packed);
  std::ranges::replace(date, '_', ' ');
  std::ranges::replace(date, '.', ',');
  return date;
}

/// The entries of an If-None-Match. Commas in quotes divide none.
std::vector<std::string_view> split_tags(std::string_view list) {
  std::vector<std::string_view> tags;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= list.size(); ++i) {
    if (i < list.size() && list[i] == '"') quoted = !quoted;
    if (i < list.size() && (list[i] != ',' || quoted)) continue;
    const std::string_view tag = ascii::trim(list.substr(begin, i - begin));
    if (!tag.empty()) tags.push_back(tag);
    begin = i + 1;
  }
  return tags;
}

struct OurTag {
  char kind = 0;
  std::string_view part;
  std::string_view rules;
};

std::optional<OurTag> parse_ours(std::string_view tag) {
  const auto text = inside(tag);
  if (!text || !tag.starts_with("W/") || text->empty()) return std::nullopt;
  const std::size_t mark = text->rfind('~');
  constexpr std::string_view kKinds{"swdc"};
  if (mark == std::string_view::npos || mark == 0 || !kKinds.contains(text->front()))
    return std::nullopt;
  return OurTag{text->front(), text->substr(1, mark - 1), text->substr(mark + 1)};
}

void append_tag(std::string& list, std::string_view tag) {
  if (!list.empty()) list += ", ";
  list += tag;
}

void take_ours(Conditions& conditions, std::string_view tag, const OurTag& ours) {
  if (ours.kind == kContent) {
    conditions.of_content.emplace_back(tag);
    return;
  }
  conditions.asked.emplace_back(tag);
  if (ours.kind == kDate) {
    conditions.if_modified_since = unpacked_date(ours.part);
    return;
  }
  std::string theirs = ours.kind == kWeak ? "W/\"" : "\"";
  append_tag(conditions.if_none_match, theirs.append(ours.part).append("\""));
}

}  // namespace

std::optional<std::string> tag_for(const OriginVersion& version, std::string_view rules) {
  if (const auto part = inside(version.etag); part && is_plain(*part))
    return assemble(version.etag.starts_with("W/") ? kWeak : kStrong, *part, rules);
  const std::string date = packed_date(version.last_modified);
  if (!date.empty() && is_plain(date) && unpacked_date(date) == version.last_modified)
    return assemble(kDate, date, rules);
  return std::nullopt;
}

std::string tag_for_content(std::string_view digest, std::string_view rules) {
  return assemble(kContent, digest, rules);
}

Conditions translate_conditions(const http::Request& request,
                                const std::optional<std::string>& rules, bool wants_page) {
  Conditions conditions;
  bool any = false;
  for (const auto& [name, value] : request.headers) {
    if (!ascii::equals_ignoring_case(name, "if-none-match")) continue;
    any = true;
    for (const std::string_view tag : split_tags(value)) {
      if (const auto ours = parse_ours(tag)) {
        if (rules && ours->rules == *rules) take_ours(conditions, tag, *ours);
      } else if (!wants_page) {
        append_tag(conditions.if_none_match, tag);
      }
    }
  }
  // Beside If-None-Match it counts for nothing (RFC 9110 13.1.3).
  if (!any && !wants_page)
    conditions.if_modified_since = request.find_header("if-modified-since").value_or("");
  // Both at once would let the tag alone decide.
  if (!conditions.if_none_match.empty()) conditions.if_modified_since.clear();
  return conditions;
}

}  // namespace candor::proxy
