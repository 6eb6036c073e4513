#pragma once
// A demo site: a made-up health-and-food blog with 90 days of made-up traffic and the network
// reports that go with it. Everything it shows is marked as demo data; the numbers themselves come
// from the same code as real ones.
#include <filesystem>
#include <functional>
#include <string>

namespace candor::app::demo {

/// Makes the site in `directory` (created; must not hold a candor.toml) and gives its configuration
/// file. `progress` gets one line per stage.
std::filesystem::path create(const std::filesystem::path& directory,
                             const std::function<void(const std::string&)>& progress);

}  // namespace candor::app::demo
