#include "jobs/mapping_files.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "jobs/report_files.h"

namespace candor::jobs {

std::vector<networks::Mapping> load_mappings(const std::filesystem::path& directory) {
  std::vector<networks::Mapping> mappings;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(directory, none)) {
    if (entry.path().extension() != ".toml") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (auto mapping = networks::parse_mapping(text)) mappings.push_back(std::move(*mapping));
  }
  std::ranges::sort(mappings, {}, &networks::Mapping::name);
  return mappings;
}

std::filesystem::path save_mapping(const std::filesystem::path& directory,
                                   const networks::Mapping& mapping) {
  std::filesystem::create_directories(directory);
  std::filesystem::path file = directory / (mapping.name + ".toml");
  write_file_atomically(file, networks::to_toml(mapping));
  return file;
}

}  // namespace candor::jobs
