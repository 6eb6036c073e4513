// Links: the owner's list of slugs and where they lead.
#include <algorithm>
#include <array>
#include <limits>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_map>
#include <utility>

#include "api/link_faults.h"
#include "api/link_health.h"
#include "api/link_json.h"
#include "api/members.h"
#include "api/paging.h"
#include "api/problem.h"
#include "api/routes.h"
#include "base/ascii.h"
#include "link/link_export.h"
#include "link/url.h"

namespace candor::api {
namespace {

using nlohmann::json;

/// With what the owner should know of it.
json with_warnings(const Site& site, const Link& link) {
  json out = link_json(site, link);
  out["warnings"] = link_warnings(site, link);
  return out;
}

/// The version, and behind a point the last look at where the link leads: the answer changes with
/// both.
std::string etag_of(const json& link) {
  std::string etag = '"' + link.at("version").get<std::string>();
  const auto health = link.find("health");
  if (health != link.end() && health->is_object())
    etag += '.' + health->at("checked_at").get<std::string>();
  return etag + '"';
}

bool names_version(std::string_view if_match, const json& link) {
  const std::string start = '"' + link.at("version").get<std::string>();
  return if_match.find(start + '"') != std::string_view::npos ||
         if_match.find(start + '.') != std::string_view::npos;
}

http::Response link_response(const json& link, int status = 200) {
  http::Response response = json_response(link, status);
  response.headers.emplace_back("ETag", etag_of(link));
  return response;
}

/// Two people who edit one link must not undo each other's changes without a word: each says which
/// version it was that they saw. Who types at the terminal need not.
void require_version(const Call& call, const json& link) {
  const auto wanted = call.request.find_header("If-Match");
  if (!wanted && call.caller.local) return;
  if (!wanted) throw Problem(428, "Say which version of the link you saw: If-Match with its ETag.");
  if (*wanted != "*" && !names_version(*wanted, link))
    throw Problem(412, "The link was changed meanwhile. Look at it again.");
}

Link existing(Call& call) {
  const std::string& slug = call.path.find("slug")->second;
  auto link = call.site.store.find_link(std::string_view(slug));
  if (!link) throw Problem(404, "There is no link \"" + slug + "\". List them: candor link list");
  return *link;
}

/// Whether its slug, title, merchant, network or destination holds the text, given in lower case.
bool says(const Link& link, std::string_view lower) {
  return std::ranges::any_of(
      std::array{&link.slug, &link.title, &link.merchant, &link.network, &link.destination},
      [&](const std::string* text) {
        return ascii::to_lower(*text).find(lower) != std::string::npos;
      });
}

/// Whether the change is only to be looked at: the answer, or its problem, is the same, and nothing
/// is stored.
bool is_dry_run(Call& call) {
  const std::string value = call.query_value("dry_run");
  if (!value.empty() && value != "true" && value != "false")
    throw Problem(422, "dry_run is true or false.", "dry_run");
  call.note.unchanged = call.note.unchanged || value == "true";
  return value == "true";
}

/// The members that differ, as the log of changes shows them.
std::string changes_of(const json& from, const json& to) {
  json changes = json::object();
  for (const auto& [name, value] : to.items())
    if (name != "updated_at" && name != "version" && from.value(name, json()) != value)
      changes[name] = {{"from", from.value(name, json())}, {"to", value}};
  return changes.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

http::Response list_links(Call& call) {
  constexpr std::size_t kPiece = 1000;
  const bool all = call.query_value("all") == "1";
  const bool with_faults = call.query_value("faults") == "1";
  const std::string wanted = ascii::to_lower(call.query_value("search"));
  const auto most = static_cast<std::size_t>(
      call.query_number("limit", std::numeric_limits<std::int64_t>::max(), kPiece));
  std::unordered_map<std::int64_t, store::LinkCheck> checks;
  for (store::LinkCheck& check : call.site.store.list_link_checks())
    checks.emplace(check.link.value, std::move(check));
  json data = json::array();
  json next = nullptr;
  std::string after = call.query_value("after");
  for (bool more = true; more && next.is_null();) {
    const auto piece = call.site.store.list_links_after(std::string_view(after), kPiece);
    more = piece.size() == kPiece;
    for (const Link& link : piece) {
      after = link.slug;
      if ((!all && link.state != LinkState::Active) || !says(link, wanted)) continue;
      const auto faults = with_faults ? link_faults(call.site, link) : std::vector<std::string>{};
      if (with_faults && faults.empty()) continue;
      if (data.size() == most) {
        next = data.back().at("slug");
        break;
      }
      data.push_back(link_json(call.site, link));
      const auto check = checks.find(link.id.value);
      data.back()["health"] =
          health_json(check == checks.end() ? std::nullopt : std::optional(check->second));
      if (with_faults) data.back()["faults"] = faults;
    }
  }
  return page_response(
      call,
      {{"schema", "candor.link.list/1"}, {"data", std::move(data)}, {"next", std::move(next)}},
      "after");
}

http::Response add_link(Call& call) {
  Link link;
  read_link_members(call.site, read_body(call, "A link", link_members()), link);
  link.created_at_ms = link.updated_at_ms = to_ms(call.site.clock.now());
  const bool only_checked = is_dry_run(call);
  const bool taken = only_checked && call.site.store.find_link(std::string_view(link.slug));
  const auto added = only_checked ? std::optional(link) : call.site.store.add_link(link);
  if (taken || !added)
    throw Problem(
        409, "The slug \"" + link.slug + "\" is taken. Choose another, or edit that link.", "slug");
  if (only_checked) return json_response(with_warnings(call.site, *added));
  call.note.subject = added->slug;
  return link_response(with_warnings(call.site, *added), 201);
}

http::Response show_link(Call& call) {
  const Link link = existing(call);
  json body = with_warnings(call.site, link);
  body["health"] = health_json(call.site.store.find_link_check(link.id));
  return link_response(body);
}

http::Response edit_link(Call& call) {
  const std::scoped_lock lock(call.site.gate.link_edits);
  Link link = existing(call);
  const json before = link_json(call.site, link);
  require_version(call, before);
  read_link_members(call.site, read_body(call, "A link", link_members()), link);
  const bool only_checked = is_dry_run(call);
  const auto holder = call.site.store.find_link(std::string_view(link.slug));
  link.updated_at_ms = only_checked ? link.updated_at_ms : to_ms(call.site.clock.now());
  if ((holder && holder->id != link.id) || (!only_checked && !call.site.store.update_link(link)))
    throw Problem(409, "The slug \"" + link.slug + "\" is taken. Choose another.", "slug");
  if (only_checked) return json_response(with_warnings(call.site, link));
  call.note.changes = changes_of(before, link_json(call.site, link));
  return link_response(with_warnings(call.site, link));
}

http::Response export_links(Call& call) {
  const std::string& name = call.path.find("server")->second;
  const auto server = find_web_server(name);
  if (!server)
    throw Problem(404, "\"" + name + "\" is no web server Candor writes for: nginx, caddy.");
  const auto go = parse_url(call.site.settings.go_url);
  http::Response response;
  response.headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}};
  const auto links = call.site.store.list_links(true);
  StaticMoment moment{.at_ms = to_ms(call.site.clock.now())};
  for (const store::LinkClicks& each : call.site.store.clicks_of_capped_links())
    moment.counts.raise(each.link, each.clicks);
  write_links(*server, links, go->path, moment,
              [&response](std::string_view text) { response.body += text; });
  return response;
}

http::Response remove_link(Call& call) {
  const std::scoped_lock lock(call.site.gate.link_edits);
  const Link link = existing(call);
  require_version(call, link_json(call.site, link));
  call.site.store.remove_link(link.id);
  return json_response(link_json(call.site, link));
}

}  // namespace candor::api
