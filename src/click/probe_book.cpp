#include "click/probe_book.h"

#include <algorithm>
#include <array>
#include <utility>

namespace candor {
namespace {

std::string make_key(Random& random) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::array<std::byte, 16> bytes{};
  random.fill(bytes);
  std::string key;
  for (const std::byte byte : bytes) {
    key += kHex[std::to_integer<unsigned>(byte) >> 4];
    key += kHex[std::to_integer<unsigned>(byte) & 15];
  }
  return key;
}

}  // namespace

void ProbeBook::forget_old(Probes& probes, Millis now) {
  // A clock set back must not keep one for ever either.
  std::erase_if(probes, [now](const auto& each) {
    return now < each.second.opened || now - each.second.opened > kLife;
  });
  open_ = probes.size();
}

std::string ProbeBook::open(Random& random, Millis now) {
  std::string key = make_key(random);
  probes_.with([&](Probes& probes) {
    forget_old(probes, now);
    if (probes.size() >= kProbes)
      probes.erase(std::ranges::min_element(probes, {},
                                            [](const auto& each) { return each.second.opened; }));
    probes[key].opened = now;
    open_ = probes.size();
  });
  return key;
}

std::optional<std::size_t> ProbeBook::note(std::string_view key, ProbeSighting sighting,
                                           Millis now) {
  sighting.referer.resize(std::min(sighting.referer.size(), kRefererBytes));
  return probes_.with([&](Probes& probes) -> std::optional<std::size_t> {
    forget_old(probes, now);
    const auto found = probes.find(key);
    if (found == probes.end()) return std::nullopt;
    Probe& probe = found->second;
    if (probe.sightings.size() < kSightings) probe.sightings.push_back(std::move(sighting));
    return ++probe.count;
  });
}

std::optional<std::vector<ProbeSighting>> ProbeBook::seen(std::string_view key, Millis now) {
  return probes_.with([&](Probes& probes) -> std::optional<std::vector<ProbeSighting>> {
    forget_old(probes, now);
    const auto found = probes.find(key);
    if (found == probes.end()) return std::nullopt;
    return found->second.sightings;
  });
}

}  // namespace candor
