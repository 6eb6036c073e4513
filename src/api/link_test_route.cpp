// What a link would do for a reader, and why.
#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "api/link_json.h"
#include "api/members.h"
#include "api/problem.h"
#include "api/routes.h"
#include "base/ascii.h"
#include "base/rfc3339.h"
#include "link/route.h"
#include "networks/link_entry.h"

namespace candor::api {
namespace {

using nlohmann::json;

/// The reader of a test, made up by the owner.
struct TestReader {
  TargetingContext context;  ///< views into the texts below
  std::string language, query, article;
  std::uint16_t placement = 0;
  std::optional<std::int64_t> clicks;
};

/// A value by its name; what was not given is unknown.
template <class Value, class Find>
Value named(const json& body, const char* name, const char* hint, Find find) {
  const std::string text = text_member(body, name);
  if (text.empty()) return {};
  const auto value = find(text);
  if (!value) throw Problem(422, std::string(name) + " is " + hint + ".", name);
  return *value;
}

void read_reader(const Site& site, const json& body, TestReader& reader) {
  TargetingContext& context = reader.context;
  context.country = named<Country>(body, "country", "two letters as in ISO 3166: DE",
                                   [](const std::string& text) { return Country::parse(text); });
  context.device = named<Device>(body, "device", "desktop, mobile, tablet, tv or unknown",
                                 [](const std::string& text) { return find_device(text); });
  context.os =
      named<Os>(body, "os", "windows, macos, linux, chromeos, android, ios, other or unknown",
                [](const std::string& text) { return find_os(text); });
  reader.language = ascii::to_lower(text_member(body, "language"));
  reader.language.resize(std::min(reader.language.find('-'), reader.language.size()));
  context.language = reader.language;
  context.at_ms = to_ms(site.clock.now());
  if (const std::string at = text_member(body, "at"); !at.empty()) {
    const auto moment = read_moment(site, at);
    if (!moment) throw Problem(422, "at must be a time like 2026-12-24T18:00.", "at");
    context.at_ms = *moment;
  }
  context.local = local_time(site.zone.local_of(context.at_ms));
  reader.query = text_member(body, "query");
  context.query = reader.query;
  context.visitor = static_cast<std::uint64_t>(count_member(body, "visitor").value_or(1));
  reader.clicks = count_member(body, "clicks");
  reader.article = text_member(body, "article");
  const std::int64_t placement = count_member(body, "placement").value_or(0);
  if (placement > 65535) throw Problem(422, "placement is at most 65535.", "placement");
  reader.placement = static_cast<std::uint16_t>(placement);
}

/// The link as it would be with these changes, which nobody has stored.
void read_draft(const Site& site, const json& changes, Link& link) {
  if (!changes.is_object()) throw Problem(422, "link is an object of a link's members.", "link");
  for (const auto& [name, value] : changes.items())
    if (std::ranges::find(link_members(), name) == link_members().end())
      throw Problem(422, "\"" + name + "\" is no member of a link.", "link");
  read_link_members(site, changes, link);
}

/// The link and those it falls back on, as the front would have them.
LinkTable table_of(const Site& site, const Link& link) {
  static const networks::LinkPatterns patterns;
  std::vector<LinkEntry> entries;
  std::optional<Link> next = link;
  for (int hop = 0; next && hop <= kMaxFallbacks; ++hop) {
    auto entry = networks::make_link_entry(patterns, *next);
    if (!entry)
      throw Problem(409, "The link \"" + next->slug +
                             "\" is not served: a destination of it is not sound. Edit it.");
    entries.push_back(std::move(*entry));
    next = is_slug_fallback(next->fallback) ? site.store.find_link(std::string_view(next->fallback))
                                            : std::nullopt;
  }
  return LinkTable(entries, {});
}

/// Of the link as the owner says, when they do; of those it falls back on as they are.
HumanClicks clicks_of(const Site& site, const LinkTable& table, const Link& link,
                      const TestReader& reader) {
  HumanClicks clicks;
  if (!table.capped_links().empty())
    for (const store::LinkClicks& each : site.store.clicks_of_capped_links())
      if (each.link != link.id || !reader.clicks) clicks.raise(each.link, each.clicks);
  if (reader.clicks) clicks.raise(link.id, *reader.clicks);
  return clicks;
}

int status_of(const candor::Route& route) {
  if (route.end == RouteEnd::Redirect) return route.code;
  return route.end == RouteEnd::Gone ? 410 : 404;
}

json trace_json(const Trace& trace) {
  json steps = json::array();
  for (const TraceStep& step : trace)
    steps.push_back({{"slug", step.slug},
                     {"step", step.step},
                     {"check", step.what},
                     {"held", step.held},
                     {"why", step.why}});
  return steps;
}

}  // namespace

http::Response test_link(Call& call) {
  const std::string& slug = call.path.find("slug")->second;
  auto link = call.site.store.find_link(std::string_view(slug));
  if (!link) throw Problem(404, "There is no link \"" + slug + "\". List them: candor link list");
  TestReader reader;
  const json given = read_body(call, "A test",
                               {"country", "device", "os", "language", "at", "visitor", "query",
                                "clicks", "article", "placement", "link"});
  if (given.contains("link")) read_draft(call.site, given["link"], *link);
  read_reader(call.site, given, reader);
  const LinkTable table = table_of(call.site, *link);
  Trace trace;
  const candor::Route route = find_route(table, table.find_link(link->slug).value(), reader.context,
                                         clicks_of(call.site, table, *link, reader), &trace);
  json body{{"schema", "candor.link.test/1"},
            {"slug", link->slug},
            {"at", format_rfc3339(reader.context.at_ms)},
            {"status", status_of(route)},
            {"variant", route.variant},
            {"location", json()},
            {"data", trace_json(trace)},
            {"warnings", link_warnings(call.site, *link)}};
  if (route.end == RouteEnd::Redirect)
    body["location"] = route.location({.click = "a0000000000000000",
                                       .article = reader.article,
                                       .placement = reader.placement,
                                       .country = reader.context.country,
                                       .query = reader.query});
  return json_response(body);
}

}  // namespace candor::api
