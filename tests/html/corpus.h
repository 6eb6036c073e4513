#pragma once
// Saved real pages: the folder named by CANDOR_HTML_CORPUS, else the shared corpus, else this
// project's own pages.
#include <string>
#include <vector>

namespace candor::html {

struct SavedPage {
  std::string name;
  std::string bytes;
};

std::vector<SavedPage> corpus();

}  // namespace candor::html
