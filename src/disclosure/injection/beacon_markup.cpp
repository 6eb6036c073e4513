#include "disclosure/injection/beacon_markup.h"

#include "disclosure/injection/placement.h"
#include "html/character_reference.h"
#include "link/url.h"

namespace candor::disclosure {
namespace {

/// In front of the end tag of the head, where a script is at home. Inside a template or noscript
/// the tag means nothing, and a script there would not run.
std::optional<std::size_t> head_end(const PageFacts& facts) {
  int shut = 0;
  for (const html::Token& token : facts.page.tokens) {
    const bool start = token.kind == html::TokenKind::StartTag;
    if (!start && token.kind != html::TokenKind::EndTag) continue;
    // Behind an svg's start the tag means nothing either, and what goes in would be the svg's.
    if (start && (token.foreign || facts.page.is(token, "body"))) return std::nullopt;
    if (facts.page.is(token, "template") || facts.page.is(token, "noscript"))
      shut += start ? 1 : -1;
    if (!start && shut <= 0 && facts.page.is(token, "head")) {
      if (token.range.begin >= facts.page.certain_until) return std::nullopt;
      return token.range.begin;
    }
  }
  return std::nullopt;
}

}  // namespace

bool has_beacon(const Policy& policy) {
  const BeaconPolicy& beacon = policy.beacon;
  return !beacon.script_url.empty() && !beacon.article_mac.empty() && !policy.article_path.empty();
}

std::string beacon_script(const Policy& policy) {
  const auto attribute = [](std::string_view name, std::string_view value) {
    return " " + std::string(name) + "=\"" + html::escape_ascii(value) + '"';
  };
  return "<script" + attribute("src", policy.beacon.script_url) + " defer" +
         attribute("data-candor", "beacon") + attribute("data-a", policy.article_path) +
         attribute("data-m", policy.beacon.article_mac) +
         (policy.beacon.impressions ? attribute("data-i", "1") : "") + "></script>";
}

std::optional<std::size_t> beacon_script_place(const PageFacts& facts) {
  if (const auto place = head_end(facts)) return place;
  return block_place(facts);
}

std::string beacon_mark(std::string_view slug, int placement) {
  return std::string(slug) + '/' + std::to_string(placement);
}

std::string beacon_ping(const Policy& policy, std::string_view slug, int placement) {
  return policy.beacon.ping_url + "?a=" + percent_encode(policy.article_path) +
         "&m=" + policy.beacon.article_mac + "&l=" + percent_encode(slug) +
         "&p=" + std::to_string(placement);
}

}  // namespace candor::disclosure
