#include "jobs/mapping_files.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "jobs/report_files.h"

namespace candor::jobs {

namespace {

struct MappingFile {
  std::filesystem::path path;
  networks::Mapping mapping;
};

std::vector<MappingFile> read_files(const std::filesystem::path& directory) {
  std::vector<MappingFile> files;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(directory, none)) {
    if (entry.path().extension() != ".toml") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (auto mapping = networks::parse_mapping(text))
      files.push_back({entry.path(), std::move(*mapping)});
  }
  return files;
}

}  // namespace

std::vector<networks::Mapping> load_mappings(const std::filesystem::path& directory) {
  std::vector<networks::Mapping> mappings;
  for (MappingFile& file : read_files(directory)) mappings.push_back(std::move(file.mapping));
  std::ranges::sort(mappings, {}, &networks::Mapping::name);
  return mappings;
}

std::filesystem::path save_mapping(const std::filesystem::path& directory,
                                   const networks::Mapping& mapping) {
  std::filesystem::create_directories(directory);
  std::filesystem::path file = directory / (mapping.name + ".toml");
  write_file_atomically(file, networks::to_toml(mapping));
  for (const MappingFile& other : read_files(directory))
    if (other.mapping.name == mapping.name && other.path != file)
      std::filesystem::remove(other.path);
  return file;
}

bool remove_mapping(const std::filesystem::path& directory, std::string_view name) {
  bool any = false;
  for (const MappingFile& file : read_files(directory))
    if (file.mapping.name == name) any = std::filesystem::remove(file.path) || any;
  return any;
}

}  // namespace candor::jobs
