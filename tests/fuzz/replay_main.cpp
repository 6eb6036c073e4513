// Gives a fuzz target every file of its corpus, so that whatever a fuzzer once found is tried with
// every compiler and sanitizer. usage: fuzz_<target> FOLDER...
#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

#include "fuzz/fuzz_target.h"

namespace {

void replay(const std::filesystem::path& file) {
  std::cout << file.filename().string() << std::endl;  // flushed: the last one named is the culprit
  std::ifstream in(file, std::ios::binary);
  std::vector<char> bytes((std::istreambuf_iterator<char>(in)), {});
  bytes.shrink_to_fit();  // so that a sanitizer sees the first byte read too far
  candor::fuzz::try_input({bytes.data(), bytes.size()});
}

}  // namespace

int main(int count, char** arguments) {
  try {
    std::vector<std::filesystem::path> files;
    for (int folder = 1; folder < count; ++folder)
      for (const auto& entry : std::filesystem::directory_iterator(arguments[folder]))
        files.push_back(entry.path());
    std::ranges::sort(files);
    for (const auto& file : files) replay(file);
    std::cout << files.size() << " inputs\n";
    return files.empty() ? 1 : 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
