// What this site keeps of its readers, as text for its privacy notice.
#include <nlohmann/json.hpp>
#include <set>

#include "api/privacy_notice.h"
#include "api/problem.h"
#include "api/routes.h"
#include "link/url.h"
#include "networks/link_pattern.h"

namespace candor::api {
namespace {

using nlohmann::json;

/// From the links in use, not from all that could be.
PrivacyFacts facts_of(const Site& site) {
  static const networks::LinkPatterns patterns;
  std::set<std::string> with_token;
  std::set<std::string> direct;
  for (const Link& link : site.store.list_links(true)) {
    if (link.state == LinkState::Disabled) continue;
    const auto url = parse_url(link.destination);
    const auto match = url ? patterns.match(*url) : std::nullopt;
    const std::string network(match && match->sure ? match->network : link.network);
    if (network.empty()) continue;
    if (link.state == LinkState::Direct)
      direct.insert(network);
    else if (!networks::sub_id_slot(network).parameter.empty())
      with_token.insert(network);
  }
  return {.site = site.settings.name,
          .switches = site.settings.privacy,
          .impressions = site.settings.beacon.impressions,
          .token_networks = {with_token.begin(), with_token.end()},
          .direct_networks = {direct.begin(), direct.end()}};
}

std::string joined(const std::vector<std::string>& paragraphs) {
  std::string text;
  for (const std::string& each : paragraphs) text += (text.empty() ? "" : "\n\n") + each;
  return text + "\n";
}

std::string as_html(const std::vector<std::string>& paragraphs, std::string_view language) {
  std::string html = "<section lang=\"" + std::string(language) + "\">\n";
  for (const std::string& each : paragraphs) {
    html += "<p>";
    for (const char c : each) {
      if (c == '&')
        html += "&amp;";
      else if (c == '<')
        html += "&lt;";
      else
        html += c;
    }
    html += "</p>\n";
  }
  return html + "</section>\n";
}

json facts_json(const PrivacyFacts& facts) {
  return {{"visitors", name_of(facts.switches.visitors)},
          {"beacon", name_of(facts.switches.beacon)},
          {"click_token", name_of(facts.switches.click_token)},
          {"link_impressions", facts.impressions},
          {"ip_address_stored", false},
          {"cookies_set", json::array()},
          {"visitor_salt_hours", 48},
          {"token_networks", facts.token_networks},
          {"direct_networks", facts.direct_networks},
          {"consent_cookies",
           {{"visitors", {"candor_consent=visitors", "wp_consent_statistics=allow"}},
            {"beacon", {"candor_consent=beacon", "wp_consent_statistics=allow"}},
            {"click_token", {"candor_consent=click_token", "wp_consent_marketing=allow"}}}}};
}

}  // namespace

http::Response privacy(Call& call) {
  const PrivacyFacts facts = facts_of(call.site);
  const std::string format = call.query_value("format");
  const std::string language = call.query_value("language");
  if (!language.empty() && language != "en" && language != "de")
    throw Problem(422, "language is en or de.", "language");
  const auto english = privacy_notice(facts, NoticeLanguage::English);
  const auto german = privacy_notice(facts, NoticeLanguage::German);
  if (format.empty() || format == "json")
    return json_response(
        {{"schema", "candor.privacy/1"},
         {"site", facts.site},
         {"kept", facts_json(facts)},
         {"text", {{"en", joined(english)}, {"de", joined(german)}}},
         {"html", {{"en", as_html(english, "en")}, {"de", as_html(german, "de")}}}});
  const bool html = format == "html";
  if (!html && format != "text") throw Problem(422, "format is json, text or html.", "format");
  const auto& chosen = language == "de" ? german : english;
  http::Response response;
  response.headers = {
      {"Content-Type", html ? "text/html; charset=utf-8" : "text/plain; charset=utf-8"},
      {"Cache-Control", "no-cache"}};
  response.body = html ? as_html(chosen, language == "de" ? "de" : "en") : joined(chosen);
  return response;
}

}  // namespace candor::api
