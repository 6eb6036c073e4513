#include "api/link_json.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "api/link_faults.h"
#include "api/problem.h"
#include "api/secrets.h"
#include "base/rfc3339.h"
#include "link/slotted_url.h"
#include "link/targeting_json.h"
#include "link/url.h"
#include "networks/link_entry.h"

namespace candor::api {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 15> kSettable{
    "slug",      "destination", "match_url", "network",  "merchant", "title",      "state", "code",
    "starts_at", "expires_at",  "click_cap", "fallback", "rules",    "pass_query", "utm"};

const networks::LinkPatterns& patterns() {
  static const networks::LinkPatterns all;
  return all;
}

json moment_json(std::int64_t at_ms) { return at_ms == 0 ? json() : json(format_rfc3339(at_ms)); }

[[noreturn]] void refuse(const LinkError& error) {
  throw Problem(422, error.field + ": " + error.message + ".", error.field);
}

void read_text(const json& body, const char* name, std::string& into) {
  const auto found = body.find(name);
  if (found == body.end()) return;
  if (!found->is_string()) throw Problem(422, std::string(name) + " must be text.", name);
  into = found->get<std::string>();
  if (into.size() > 8192)
    throw Problem(422, std::string(name) + " is longer than 8,192 bytes.", name);
}

void read_time(const Site& site, const json& body, const char* name, std::int64_t& into) {
  const auto found = body.find(name);
  if (found == body.end()) return;
  into = 0;
  if (found->is_null() || *found == "") return;
  const auto at_ms =
      found->is_string() ? read_moment(site, found->get<std::string>()) : std::nullopt;
  if (!at_ms || *at_ms <= 0)
    throw Problem(422,
                  std::string(name) +
                      " must be a time like 2026-12-24T18:00 or "
                      "2026-12-24T17:00:00Z, or null.",
                  name);
  into = *at_ms;
}

void read_count(const json& body, const char* name, std::int64_t& into) {
  const auto found = body.find(name);
  if (found == body.end()) return;
  into = 0;
  if (found->is_null()) return;
  if (!found->is_number_integer() || *found < 1 || *found > 1'000'000'000'000)
    throw Problem(422, std::string(name) + " must be a whole number from 1, or null.", name);
  into = found->get<std::int64_t>();
}

void read_code(const json& body, Link& link) {
  const auto found = body.find("code");
  if (found == body.end()) return;
  if (!found->is_number_integer() || *found < 300 || *found > 399)
    throw Problem(422, "code must be 301, 302, 307 or 308.", "code");
  link.code = found->get<int>();
}

/// A URL that surely is a network's says so itself; only where it does not, the owner's word
/// counts.
void settle_network(const json& body, bool same_destination, Link& link) {
  const auto url = parse_url(link.destination);
  const auto match = url ? patterns().match(*url) : std::nullopt;
  if (match && match->sure) {
    if (same_destination && body.contains("network") && !link.network.empty() &&
        link.network != match->network)
      throw Problem(422,
                    "The destination is a link of " + std::string(match->network) +
                        ", and its clicks are told by that. Leave the network out.",
                    "network");
    link.network = match->network;
  } else if (!body.contains("network")) {
    if (!same_destination) link.network.clear();
  } else if (!link.network.empty() && !patterns().knows(link.network)) {
    throw Problem(
        422,
        "\"" + link.network +
            "\" is no network Candor knows. Leave it out, or name one like awin, cj, impact.",
        "network");
  }
}

/// What holds for every place that readers are sent to, beyond being a sound URL.
void check_target(const Site& site, const std::string& typed, const Targeting& targeting,
                  const std::string& field) {
  const auto url = parse_url(typed);
  if (!url) refuse({.field = field, .message = std::string(message_of(url.error()))});
  if (url->host.find_first_of("{}") != std::string::npos)
    refuse(
        {.field = field,
         .message = "a place like {article} may stand in the path or the query, not in the host"});
  if (leads_back(site, *url))
    refuse({.field = field,
            .message = "leads back to this site's own links (" + site.settings.go_url +
                       "): readers would go round in circles"});
  if (networks::gives_amazon_a_token(*url, targeting.utm))
    refuse({.field = has_click_slot(url->href) ? field : "utm",
            .message = "Amazon does not allow a mark of the click in its links"});
}

void check_rules(const Site& site, const Targeting& targeting) {
  const auto& rules = targeting.rules;
  for (std::size_t i = 0; i < rules.size(); ++i)
    for (std::size_t j = 0; j < rules[i].targets.size(); ++j)
      check_target(site, rules[i].targets[j].destination, targeting,
                   path_of_target(rules[i], i, j));
}

/// The stored rules with those of the body in their place. Stored ones that cannot be read are
/// shown as none, so that only new ones can end them.
Targeting read_targeting(const Site& site, const json& body, Link& link) {
  constexpr std::array kMembers{"rules", "pass_query", "utm"};
  const auto stored = parse_targeting(link.targeting);
  if (std::ranges::none_of(kMembers, [&](const char* name) { return body.contains(name); }))
    return stored.value_or(Targeting{});
  if (!stored && !body.contains("rules"))
    refuse({.field = "rules", .message = "those stored cannot be read, so give new ones, too"});
  json all = json::object();
  if (stored && !link.targeting.empty()) all = json::parse(link.targeting);
  for (const char* name : kMembers)
    if (body.contains(name)) all[name] = body[name];
  auto targeting =
      parse_targeting(all.dump(-1, ' ', false, json::error_handler_t::replace),
                      [&site](std::string_view text) { return read_moment(site, text); });
  if (!targeting) refuse(targeting.error());
  link.targeting = format_targeting(*targeting);
  return *std::move(targeting);
}

void check_fallback(const Site& site, const Link& link, const Targeting& targeting) {
  if (link.fallback.empty()) return;
  if (!is_slug_fallback(link.fallback))
    return check_target(site, link.fallback, targeting, "fallback");
  if (link.fallback == link.slug)
    refuse({.field = "fallback", .message = "a link cannot be its own fallback"});
}

/// What changed is checked, and everything that UTM parameters are put into when these changed.
void check_targets(const Site& site, const json& body, bool same_destination, const Link& link,
                   const Targeting& targeting) {
  const bool utm = body.contains("utm");
  if (utm || !same_destination) check_target(site, link.destination, targeting, "destination");
  if (utm || body.contains("fallback") || body.contains("slug"))
    check_fallback(site, link, targeting);
  if (utm || body.contains("rules")) check_rules(site, targeting);
}

void add_code_warning(const Link& link, bool varies, json& warnings) {
  if (!is_permanent(link.code)) return;
  warnings.push_back(
      "Browsers and search engines may keep a " + std::to_string(link.code) +
      ": their later clicks are not counted, and a change of the link does not reach them" +
      (varies ? ", and neither do its rules, its end and its cap." : ".") +
      " 302 has none of this.");
}

std::string unreadable_rules(const LinkError& error) {
  return "The stored rules cannot be read (" + error.field + ": " + error.message +
         "), so the link is not served until it is given new ones.";
}

void add_passed_warnings(const Targeting& targeting, std::string_view network, json& warnings) {
  for (const std::string& name : targeting.pass_query)
    if (networks::is_network_parameter(network, name))
      warnings.push_back("\"" + name + "\" is a parameter of " +
                         std::string(networks::display_name(network)) +
                         "'s own and is never taken from a request.");
}

}  // namespace

namespace {

std::string version_of(const json& link) {
  constexpr std::size_t kDigits = 16;
  return hash_of_secret(link.dump(-1, ' ', false, json::error_handler_t::replace))
      .substr(0, kDigits);
}

}  // namespace

json link_json(const Site& site, const Link& link) {
  json out{{"id", link.id.value},
           {"slug", link.slug},
           {"destination", link.destination},
           {"match_url", link.match_url},
           {"network", link.network},
           {"merchant", link.merchant},
           {"title", link.title},
           {"state", name_of(link.state)},
           {"url", site.settings.go_url + link.slug},
           {"created_at", format_rfc3339(link.created_at_ms)},
           {"updated_at", format_rfc3339(link.updated_at_ms)},
           {"code", link.code},
           {"starts_at", moment_json(link.starts_at_ms)},
           {"expires_at", moment_json(link.expires_at_ms)},
           {"click_cap", link.click_cap == 0 ? json() : json(link.click_cap)},
           {"fallback", link.fallback},
           {"rules", json::array()},
           {"pass_query", json::array()},
           {"utm", json::object()}};
  if (!link.targeting.empty()) {
    // A hand-edited row must not hide the other links of a list.
    if (const auto targeting = parse_targeting(link.targeting))
      out.update(json::parse(link.targeting));
    else
      out["warnings"] = json::array({unreadable_rules(targeting.error())});
  }
  out["version"] = version_of(out);
  return out;
}

json link_warnings(const Site& site, const Link& link) {
  json warnings = json::array();
  const auto targeting = parse_targeting(link.targeting);
  const bool varies =
      link.click_cap != 0 || link.expires_at_ms != 0 || (targeting && !targeting->rules.empty());
  add_code_warning(link, varies, warnings);
  if (networks::stays_direct(link.network))
    warnings.push_back(std::string(networks::display_name(link.network)) +
                       " does not allow its links to be redirected; candor inject keeps them "
                       "direct.");
  for (std::string& fault : link_faults(site, link)) warnings.push_back(std::move(fault));
  if (targeting)
    add_passed_warnings(*targeting, link.network, warnings);
  else
    warnings.push_back(unreadable_rules(targeting.error()));
  return warnings;
}

std::span<const std::string_view> link_members() { return kSettable; }

void read_link_members(const Site& site, const json& body, Link& link) {
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
  read_code(body, link);
  read_time(site, body, "starts_at", link.starts_at_ms);
  read_time(site, body, "expires_at", link.expires_at_ms);
  read_count(body, "click_cap", link.click_cap);
  read_text(body, "fallback", link.fallback);
  if (const auto error = check_link(link)) throw Problem(422, error->message, error->field);
  const bool same_destination = link.destination == destination_before;
  check_targets(site, body, same_destination, link, read_targeting(site, body, link));
  settle_network(body, same_destination, link);
}

std::optional<std::int64_t> read_moment(const Site& site, std::string_view text) {
  const auto time = parse_rfc3339(text);
  if (!time) return std::nullopt;
  return time->is_local ? site.zone.instant_of(time->ms) : time->ms;
}

}  // namespace candor::api
