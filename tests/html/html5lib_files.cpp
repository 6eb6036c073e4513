#include "html/html5lib_files.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

namespace candor::html {
namespace {

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder,
                                            const std::string& extension) {
  std::vector<std::filesystem::path> paths;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == extension) paths.push_back(entry.path());
  std::ranges::sort(paths);
  return paths;
}

}  // namespace

Html5libFiles html5lib_files(const std::string& subfolder, const std::string& extension) {
  Html5libFiles files;
  const char* const named = std::getenv("CANDOR_HTML5LIB");
  files.named = named != nullptr && *named != '\0';
  const std::filesystem::path source = CANDOR_SOURCE_DIR;
  files.folder =
      files.named ? std::filesystem::path(named) : source / ".." / "shared" / "html" / "html5lib";
  files.paths = files_in(files.folder / subfolder, extension);
  if (files.paths.empty()) files.paths = files_in(files.folder, extension);
  if (!files.paths.empty() || files.named) return files;
  files.folder = source / "tests" / "fixtures" / "html5lib";
  files.paths = files_in(files.folder / subfolder, extension);
  std::cout << "The html5lib suite is not here (CANDOR_HTML5LIB names it); running on "
            << "the project's own cases in tests/fixtures/html5lib.\n";
  return files;
}

std::string read_whole(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

}  // namespace candor::html
