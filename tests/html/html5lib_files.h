#pragma once
// Where the html5lib test suite lies: the folder named by CANDOR_HTML5LIB, else the shared copy,
// else this project's own small set.
#include <filesystem>
#include <string>
#include <vector>

namespace candor::html {

struct Html5libFiles {
  std::filesystem::path folder;
  bool named = false;  ///< by the environment: it must hold cases
  std::vector<std::filesystem::path> paths;
};

/// Files of `subfolder` ("tokenizer", "tree-construction"), or of the folder itself, that end in
/// `extension`, sorted.
Html5libFiles html5lib_files(const std::string& subfolder, const std::string& extension);

std::string read_whole(const std::filesystem::path& path);

}  // namespace candor::html
