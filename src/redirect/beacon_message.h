#pragma once
// What a page tells by beacon, read from the bytes of its body. Pure.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candor::redirect {

/// Longer bodies are refused.
inline constexpr std::size_t kBeaconBytes = 1024;

enum class BeaconKind : std::uint8_t { Click, View, Impressions };

struct BeaconLink {
  std::string slug;
  std::uint16_t placement = 0;  ///< 0: unknown
};

struct BeaconMessage {
  BeaconKind kind = BeaconKind::View;
  std::string article;  ///< path
  std::string mac;      ///< of the article
  std::string id;       ///< made up by the page, the same when it tells twice; empty from a ping
  std::vector<BeaconLink> links;
};

/// The script's body: "k=c&a=/kettles/&m=MAC&i=ID&l=slug/3"; k is c (click, one link), v (view,
/// none) or i (impressions, 1 to 16 links). Nothing when it is anything else.
std::optional<BeaconMessage> parse_beacon(std::string_view body);

/// The query of a link's ping: "a=/kettles/&m=MAC&l=slug&p=3"; always a click.
std::optional<BeaconMessage> parse_ping(std::string_view query);

}  // namespace candor::redirect
