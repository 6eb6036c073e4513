#include "html/corpus.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "html/html5lib_files.h"

namespace candor::html {

std::vector<SavedPage> corpus() {
  const char* const named = std::getenv("CANDOR_HTML_CORPUS");
  const std::filesystem::path source = CANDOR_SOURCE_DIR;
  std::filesystem::path folder = named != nullptr && *named != '\0'
                                     ? std::filesystem::path(named)
                                     : source / ".." / "shared" / "html" / "corpus";
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) {
    std::cout << "The corpus of saved pages is not here (CANDOR_HTML_CORPUS names it); running on "
              << "the project's own pages in tests/fixtures/pages.\n";
    folder = source / "tests" / "fixtures" / "pages";
  }
  std::vector<SavedPage> pages;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".html")
      pages.push_back({entry.path().filename().string(), read_whole(entry.path())});
  std::ranges::sort(pages, {}, &SavedPage::name);
  return pages;
}

}  // namespace candor::html
