#include "geo/hosting_networks.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"

namespace candor::geo {
namespace {

struct Network {
  std::uint32_t number;
  std::string_view holder;
};

// Companies that rent servers out, by the registries' entries (https://stat.ripe.net/AS16509 shows
// each). Ascending.
constexpr std::array kHosting{
    Network{8075, "Microsoft (Azure)"},
    Network{8560, "IONOS"},
    Network{8987, "Amazon (EMEA)"},
    Network{12876, "Scaleway"},
    Network{14061, "DigitalOcean"},
    Network{14618, "Amazon (AES)"},
    Network{16276, "OVH"},
    Network{16509, "Amazon (AWS)"},
    Network{19318, "Interserver"},
    Network{20473, "Vultr"},
    Network{20773, "Host Europe"},
    Network{22611, "InMotion Hosting"},
    Network{24940, "Hetzner"},
    Network{24961, "myLoc"},
    Network{26347, "DreamHost"},
    Network{26496, "GoDaddy"},
    Network{28753, "Leaseweb (Germany)"},
    Network{29802, "Hivelocity"},
    Network{30633, "Leaseweb (USA)"},
    Network{31898, "Oracle Cloud"},
    Network{32244, "Liquid Web"},
    Network{33070, "Rackspace"},
    Network{36351, "IBM Cloud (SoftLayer)"},
    Network{36352, "ColoCrossing"},
    Network{37963, "Alibaba Cloud (China)"},
    Network{40676, "Psychz"},
    Network{45090, "Tencent Cloud (China)"},
    Network{45102, "Alibaba Cloud"},
    Network{46606, "Unified Layer"},
    Network{47583, "Hostinger"},
    Network{49981, "WorldStream"},
    Network{51167, "Contabo"},
    Network{53667, "FranTech"},
    Network{60781, "Leaseweb (Netherlands)"},
    Network{62240, "Clouvider"},
    Network{62567, "DigitalOcean"},
    Network{63949, "Linode"},
    Network{132203, "Tencent Cloud"},
    Network{136907, "Huawei Cloud"},
    Network{197540, "netcup"},
    Network{200350, "Yandex Cloud"},
    Network{202053, "UpCloud"},
    Network{212317, "Hetzner (USA)"},
    Network{213230, "Hetzner (Cloud)"},
    Network{396982, "Google Cloud"},
};
static_assert(std::ranges::is_sorted(kHosting, {}, &Network::number));

// Readers come through these although their names or neighbours say servers: Private Relay, WARP
// and VPNs for the public.
constexpr std::array<std::uint32_t, 7> kRelays{9009, 13335, 20940, 36183, 54113, 60068, 212238};

constexpr std::array<std::string_view, 12> kWordsOfTheTrade{
    "hosting",           "webhosting",  "webhost",     "datacenter",
    "datacentre",        "data center", "data centre", "dedicated server",
    "dedicated servers", "colocation",  "vps",         "servers"};

/// Words are bounded by anything that is no letter.
bool has_word(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !ascii::is_alpha(text[at - 1]);
    const auto end = at + word.size();
    if (begins && (end == text.size() || !ascii::is_alpha(text[end]))) return true;
  }
  return false;
}

}  // namespace

AsnClass class_of(std::uint32_t number, std::string_view organisation) {
  if (number == 0 && organisation.empty()) return AsnClass::Unknown;
  if (std::ranges::find(kRelays, number) != kRelays.end()) return AsnClass::Reader;
  if (std::ranges::binary_search(kHosting, number, {}, &Network::number))
    return AsnClass::DataCentre;
  const std::string name = ascii::to_lower(organisation);
  const bool says_so = std::ranges::any_of(
      kWordsOfTheTrade, [&](std::string_view word) { return has_word(name, word); });
  return says_so ? AsnClass::DataCentre : AsnClass::Reader;
}

}  // namespace candor::geo
