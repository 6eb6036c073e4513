// Links: the owner's list of slugs and where they lead.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/problem.h"
#include "api/routes.h"
#include "base/rfc3339.h"
#include "link/link_export.h"
#include "link/url.h"
#include "networks/link_pattern.h"

namespace candor::api {
namespace {

using nlohmann::json;

json link_json(const Site& site, const Link& link) {
  return {{"id", link.id.value},
          {"slug", link.slug},
          {"destination", link.destination},
          {"match_url", link.match_url},
          {"network", link.network},
          {"merchant", link.merchant},
          {"title", link.title},
          {"state", name_of(link.state)},
          {"url", site.settings.go_url + link.slug},
          {"created_at", format_rfc3339(link.created_at_ms)},
          {"updated_at", format_rfc3339(link.updated_at_ms)}};
}

void read_text(const json& body, const char* name, std::string& into) {
  const auto found = body.find(name);
  if (found == body.end()) return;
  if (!found->is_string()) throw Problem(422, std::string(name) + " must be text.", name);
  into = found->get<std::string>();
  if (into.size() > 8192)
    throw Problem(422, std::string(name) + " is longer than 8,192 bytes.", name);
}

/// A URL that surely is a network's says so itself; only where it does not, the owner's word
/// counts.
void settle_network(bool chosen, Link& link) {
  static const networks::LinkPatterns patterns;
  const auto url = parse_url(link.destination);
  const auto match = url ? patterns.match(*url) : std::nullopt;
  if (match && match->sure) {
    link.network = match->network;
  } else if (!chosen) {
    link.network.clear();
  } else if (!link.network.empty() && !patterns.knows(link.network)) {
    throw Problem(
        422,
        "\"" + link.network +
            "\" is no network Candor knows. Leave it out, or name one like awin, cj, impact.",
        "network");
  }
}

/// A link that leads to the site's own links would send readers round in circles, or count each
/// click twice.
void refuse_circle(const Site& site, const Link& link) {
  const auto to = parse_url(link.destination);
  const auto go = parse_url(site.settings.go_url);
  if (!to || !go) return;
  const auto& hosts = site.settings.hosts;
  const bool own_host = to->host == go->host || std::ranges::find(hosts, to->host) != hosts.end();
  if (own_host && percent_decode(to->path).starts_with(percent_decode(go->path)))
    throw Problem(422,
                  "leads back to this site's own links (" + site.settings.go_url +
                      "): readers would go round in circles. Give the merchant's URL.",
                  "destination");
}

void read_members(const Site& site, const json& body, Link& link) {
  const std::string destination_before = link.destination;
  read_text(body, "slug", link.slug);
  read_text(body, "destination", link.destination);
  read_text(body, "match_url", link.match_url);
  read_text(body, "merchant", link.merchant);
  read_text(body, "title", link.title);
  read_text(body, "network", link.network);
  std::string state(name_of(link.state));
  read_text(body, "state", state);
  const auto known = find_link_state(state);
  if (!known) throw Problem(422, "state is active, disabled or direct.", "state");
  link.state = *known;
  if (const auto error = check_link(link)) throw Problem(422, error->message, error->field);
  refuse_circle(site, link);
  settle_network(body.contains("network") || link.destination == destination_before, link);
}

Link existing(Call& call) {
  const std::string& slug = call.path.find("slug")->second;
  auto link = call.site.store.find_link(std::string_view(slug));
  if (!link) throw Problem(404, "There is no link \"" + slug + "\". List them: candor link list");
  return *link;
}

}  // namespace

http::Response list_links(Call& call) {
  json data = json::array();
  for (const Link& link : call.site.store.list_links(call.query_value("all") == "1"))
    data.push_back(link_json(call.site, link));
  return json_response({{"schema", "candor.link.list/1"}, {"data", std::move(data)}});
}

http::Response add_link(Call& call) {
  Link link;
  read_members(call.site, call.body(), link);
  link.created_at_ms = link.updated_at_ms = to_ms(call.site.clock.now());
  const auto added = call.site.store.add_link(link);
  if (!added)
    throw Problem(
        409, "The slug \"" + link.slug + "\" is taken. Choose another, or edit that link.", "slug");
  return json_response(link_json(call.site, *added), 201);
}

http::Response show_link(Call& call) { return json_response(link_json(call.site, existing(call))); }

http::Response edit_link(Call& call) {
  Link link = existing(call);
  read_members(call.site, call.body(), link);
  link.updated_at_ms = to_ms(call.site.clock.now());
  if (!call.site.store.update_link(link))
    throw Problem(409, "The slug \"" + link.slug + "\" is taken. Choose another.", "slug");
  return json_response(link_json(call.site, link));
}

http::Response export_links(Call& call) {
  const std::string& name = call.path.find("server")->second;
  const auto server = find_web_server(name);
  if (!server)
    throw Problem(404, "\"" + name + "\" is no web server Candor writes for: nginx, caddy.");
  const auto go = parse_url(call.site.settings.go_url);
  http::Response response;
  response.headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}};
  write_links(*server, call.site.store.list_links(false), go->path,
              [&response](std::string_view text) { response.body += text; });
  return response;
}

http::Response remove_link(Call& call) {
  const Link link = existing(call);
  call.site.store.remove_link(link.id);
  return json_response(link_json(call.site, link));
}

}  // namespace candor::api
