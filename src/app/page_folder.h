#pragma once
// The pages of [pages] root on disk, for the API.
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "api/page_folder.h"

namespace candor::app {

class DiskPageFolder final : public api::PageFolder {
 public:
  /// `kept` is where the bytes of mended pages stay for an undo. Throws when `root` is no folder.
  DiskPageFolder(const std::filesystem::path& root, std::vector<std::string> hosts,
                 std::filesystem::path kept);

  std::optional<api::PageSource> find(std::string_view url_path) const override;
  bool replace(std::string_view url_path, std::string_view before, std::string_view after) override;
  bool restore(std::string_view url_path) override;
  std::string diff(std::string_view before, std::string_view after,
                   std::string_view name) const override;

 private:
  std::optional<std::filesystem::path> file_of(std::string_view url_path) const;
  std::filesystem::path kept_file(std::string_view url_path) const;

  std::filesystem::path root_;  ///< canonical
  std::vector<std::string> hosts_;
  std::filesystem::path kept_;
  std::mutex changing_;
};

}  // namespace candor::app
