#pragma once
// The pages of a folder of built pages: found in order, read, and replaced without a reader ever
// seeing half of one.
#include <filesystem>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace candor::app {

struct PageFile {
  std::filesystem::path file;
  std::string relative;    ///< to the folder given, or the file's name
  bool leads_out = false;  ///< a symbolic link to a file outside of the folder
};

/// The pages of a folder (*.html, *.htm, *.xhtml, and RSS and Atom feeds), sorted; or the one file.
/// Pages below `except` (where the output goes) are left out. Throws when there is no such thing,
/// or no page in it.
std::vector<PageFile> find_pages(const std::filesystem::path& target,
                                 const std::filesystem::path& except = {});

std::string read_stream(std::istream& in);

/// Throws with the file's name and the reason.
std::string read_page(const std::filesystem::path& file);

/// Keeps the file's permissions; written beside and renamed. A symbolic link stays one.
void replace_file(const std::filesystem::path& file, std::string_view bytes);

}  // namespace candor::app
