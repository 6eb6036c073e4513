// What a fix replaced is kept in two files of the data directory: the page as it was, and as the
// fix left it, so that an undo never takes a later change of the owner's with it.
#include "app/page_folder.h"

#include <unistd.h>

#include <memory>

#include "api/secrets.h"
#include "app/page_files.h"
#include "app/unified_diff.h"
#include "link/url.h"
#include "pages/site_folder.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kBefore = ".before";
constexpr const char* kAfter = ".after";

bool is_page(const fs::path& file) {
  return file.extension() == ".html" || file.extension() == ".htm" || file.extension() == ".xhtml";
}

bool is_inside(const fs::path& root, const fs::path& file) {
  const fs::path relative = file.lexically_relative(root);
  return !relative.empty() && *relative.begin() != "..";
}

/// Pages are replaced by renaming, which takes the right to write to their folder.
bool is_writable(const fs::path& file) {
  return ::access(file.c_str(), W_OK) == 0 && ::access(file.parent_path().c_str(), W_OK) == 0;
}

}  // namespace

DiskPageFolder::DiskPageFolder(const fs::path& root, std::vector<std::string> hosts, fs::path kept)
    : root_(fs::canonical(root)), hosts_(std::move(hosts)), kept_(std::move(kept)) {}

std::optional<fs::path> DiskPageFolder::file_of(std::string_view url_path) const {
  fs::path relative;
  for (const fs::path& name : fs::path(percent_decode(url_path)).relative_path()) {
    const std::string text = name.string();
    if (text.starts_with('.') || text.find('\0') != std::string::npos) return std::nullopt;
    relative /= name;
  }
  std::error_code error;
  fs::path file = fs::canonical(root_ / relative, error);
  if (!error && fs::is_directory(file, error)) file = fs::canonical(file / "index.html", error);
  if (error || !fs::is_regular_file(file, error) || !is_page(file)) return std::nullopt;
  // A symbolic link may lead out of the folder.
  if (!is_inside(root_, file)) return std::nullopt;
  return file;
}

fs::path DiskPageFolder::kept_file(std::string_view url_path) const {
  return kept_ / api::hash_of_secret(url_path).substr(0, 32);
}

std::optional<api::PageSource> DiskPageFolder::find(std::string_view url_path) const {
  const auto file = file_of(url_path);
  if (!file) return std::nullopt;
  api::PageSource source{file->string(), read_page(*file), is_writable(*file)};
  // Read anew each time: what was mended elsewhere counts at once.
  const auto folder = std::make_shared<pages::SiteFolder>(root_, hosts_);
  source.site_file = [folder, path = std::string(url_path), bytes = source.bytes](
                         std::string_view address) { return folder->read(address, path, bytes); };
  return source;
}

bool DiskPageFolder::replace(std::string_view url_path, std::string_view before,
                             std::string_view after) {
  const std::scoped_lock lock(changing_);
  const auto file = file_of(url_path);
  if (!file || read_page(*file) != before) return false;
  const fs::path kept = kept_file(url_path);
  replace_file(kept.string() + kBefore, before);
  replace_file(kept.string() + kAfter, after);
  replace_file(*file, after);
  return true;
}

bool DiskPageFolder::restore(std::string_view url_path) {
  const std::scoped_lock lock(changing_);
  const auto file = file_of(url_path);
  const std::string kept = kept_file(url_path).string();
  if (!file || !fs::exists(kept + kBefore) || !fs::exists(kept + kAfter)) return false;
  if (read_page(*file) != read_page(kept + kAfter)) return false;
  replace_file(*file, read_page(kept + kBefore));
  fs::remove(kept + kBefore);
  fs::remove(kept + kAfter);
  return true;
}

std::string DiskPageFolder::diff(std::string_view before, std::string_view after,
                                 std::string_view name) const {
  return unified_diff(before, after, name);
}

}  // namespace candor::app
