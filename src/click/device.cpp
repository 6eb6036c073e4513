#include "click/device.h"

#include <algorithm>
#include <array>

namespace candor {
namespace {

constexpr std::array<std::string_view, kDeviceCount> kDeviceNames{"unknown", "desktop", "mobile",
                                                                  "tablet", "tv"};
constexpr std::array<std::string_view, kOsCount> kOsNames{"unknown",  "windows", "macos", "linux",
                                                          "chromeos", "android", "ios",   "other"};

template <class Enum, std::size_t size>
std::optional<Enum> find(const std::array<std::string_view, size>& names, std::string_view name) {
  const auto* found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view name_of(Device device) {
  return kDeviceNames.at(static_cast<std::size_t>(device));
}
std::optional<Device> find_device(std::string_view name) {
  return find<Device>(kDeviceNames, name);
}
std::string_view name_of(Os os) { return kOsNames.at(static_cast<std::size_t>(os)); }
std::optional<Os> find_os(std::string_view name) { return find<Os>(kOsNames, name); }

}  // namespace candor
