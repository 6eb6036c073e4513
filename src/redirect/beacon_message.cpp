#include "redirect/beacon_message.h"

#include <charconv>
#include <utility>

#include "link/link.h"
#include "link/url.h"

namespace candor::redirect {
namespace {

constexpr std::size_t kMostImpressions = 16;
constexpr std::size_t kIdBytes = 64;

std::optional<std::uint16_t> parse_placement(std::string_view text) {
  std::uint16_t placement = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), placement);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return placement;
}

/// "slug/placement"
std::optional<BeaconLink> parse_link(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || check_slug(text.substr(0, slash))) return std::nullopt;
  const auto placement = parse_placement(text.substr(slash + 1));
  if (!placement) return std::nullopt;
  return BeaconLink{std::string(text.substr(0, slash)), *placement};
}

bool is_whole(const BeaconMessage& message) {
  if (!message.article.starts_with('/') || message.mac.empty()) return false;
  switch (message.kind) {
    case BeaconKind::Click:
      return message.links.size() == 1;
    case BeaconKind::View:
      return message.links.empty();
    case BeaconKind::Impressions:
      return !message.links.empty() && message.links.size() <= kMostImpressions;
  }
  return false;
}

std::optional<BeaconKind> find_kind(std::string_view letter) {
  if (letter == "c") return BeaconKind::Click;
  if (letter == "v") return BeaconKind::View;
  if (letter == "i") return BeaconKind::Impressions;
  return std::nullopt;
}

}  // namespace

std::optional<BeaconMessage> parse_beacon(std::string_view body) {
  if (body.size() > kBeaconBytes) return std::nullopt;
  BeaconMessage message;
  std::optional<BeaconKind> kind;
  for (QueryParameter& parameter : parse_query(body)) {
    if (parameter.name == "k") {
      kind = find_kind(parameter.value);
    } else if (parameter.name == "a") {
      message.article = std::move(parameter.value);
    } else if (parameter.name == "m") {
      message.mac = std::move(parameter.value);
    } else if (parameter.name == "i") {
      message.id = std::move(parameter.value);
    } else if (parameter.name == "l") {
      auto link = parse_link(parameter.value);
      if (!link) return std::nullopt;
      message.links.push_back(*std::move(link));
    }
  }
  if (!kind || message.id.empty() || message.id.size() > kIdBytes) return std::nullopt;
  message.kind = *kind;
  if (!is_whole(message)) return std::nullopt;
  return message;
}

std::optional<BeaconMessage> parse_ping(std::string_view query) {
  BeaconMessage message;
  message.kind = BeaconKind::Click;
  BeaconLink link;
  for (QueryParameter& parameter : parse_query(query)) {
    if (parameter.name == "a") {
      message.article = std::move(parameter.value);
    } else if (parameter.name == "m") {
      message.mac = std::move(parameter.value);
    } else if (parameter.name == "l") {
      link.slug = std::move(parameter.value);
    } else if (parameter.name == "p") {
      link.placement = parse_placement(parameter.value).value_or(0);
    }
  }
  if (check_slug(link.slug)) return std::nullopt;
  message.links.push_back(std::move(link));
  if (!is_whole(message)) return std::nullopt;
  return message;
}

}  // namespace candor::redirect
