#pragma once
// What a reader holds in their hands, in classes coarse enough to single nobody out.
#include <cstdint>
#include <optional>
#include <string_view>

namespace candor {

// The numbers are written to journals and databases: never renumber.

enum class Device : std::uint8_t { Unknown = 0, Desktop = 1, Mobile = 2, Tablet = 3, Tv = 4 };
inline constexpr int kDeviceCount = 5;

enum class Os : std::uint8_t {
  Unknown = 0,
  Windows = 1,
  MacOs = 2,
  Linux = 3,
  ChromeOs = 4,
  Android = 5,
  Ios = 6,
  Other = 7,  ///< one that we know by name, but have no class for
};
inline constexpr int kOsCount = 8;

std::string_view name_of(Device device);  ///< "unknown", "desktop", "mobile", "tablet", "tv"
std::optional<Device> find_device(std::string_view name);
/// "unknown", "windows", "macos", "linux", "chromeos", "android", "ios", "other"
std::string_view name_of(Os os);
std::optional<Os> find_os(std::string_view name);

}  // namespace candor
