#pragma once
// The folder of a built site as a browser would see it: addresses of the site to the files they
// stand for. Nothing outside of the folder is ever read. Safe to use from several threads at once.
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/guarded.h"

namespace candor::pages {

class SiteFolder {
 public:
  /// `hosts` are the site's own; empty: a page's canonical link says what its host is.
  SiteFolder(const std::filesystem::path& root, std::vector<std::string> hosts);

  /// The file's text: a style sheet or another page, by its URL, or its path seen from `page_path`.
  /// Nothing when it is of another host, outside of the folder, larger than 4 MiB or not there.
  std::optional<std::string> read(std::string_view address, std::string_view page_path,
                                  std::string_view page) const;

 private:
  using Text = std::shared_ptr<const std::optional<std::string>>;
  struct Kept {
    std::map<std::string, Text, std::less<>> by_path;
    std::size_t bytes = 0;
  };

  Text load(const std::string& path) const;

  std::filesystem::path root_;  ///< canonical
  std::vector<std::string> hosts_;
  mutable Guarded<Kept> kept_;
};

}  // namespace candor::pages
