#include "app/page_files.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

#include "base/ascii.h"
#include "disclosure/feed/feed_parts.h"
#include "jobs/report_files.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;

/// Of new files: pages are for a web server to read.
constexpr auto kPageMode = static_cast<fs::perms>(0644);

/// Feeds among the XML files; sitemaps and others are none of ours. The root element stands within
/// the first 4 KiB.
bool is_feed_file(const fs::path& file) {
  std::string head(4096, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  return disclosure::is_feed(head);
}

bool is_page(const fs::path& file) {
  const std::string extension = ascii::to_lower(file.extension().string());
  if (extension == ".xml" || extension == ".rss" || extension == ".atom") return is_feed_file(file);
  return extension == ".html" || extension == ".htm" || extension == ".xhtml";
}

std::vector<PageFile> find_in_folder(const fs::path& target, const fs::path& except) {
  const fs::path root = fs::canonical(target);
  const fs::path left_out = except.empty() ? fs::path{} : fs::weakly_canonical(except);
  std::vector<PageFile> pages;
  for (auto at = fs::recursive_directory_iterator(target); at != fs::recursive_directory_iterator();
       ++at) {
    const auto& entry = *at;
    if (!left_out.empty() && entry.is_directory() && fs::weakly_canonical(entry.path()) == left_out)
      at.disable_recursion_pending();
    if (!entry.is_regular_file() || !is_page(entry.path())) continue;
    const bool leads_out =
        entry.is_symlink() && *fs::canonical(entry.path()).lexically_relative(root).begin() == "..";
    pages.push_back(
        {entry.path(), entry.path().lexically_relative(target).generic_string(), leads_out});
  }
  std::ranges::sort(pages, {}, &PageFile::relative);
  return pages;
}

}  // namespace

std::vector<PageFile> find_pages(const fs::path& target, const fs::path& except) {
  if (fs::is_regular_file(target)) return {{target, target.filename().string()}};
  if (!fs::is_directory(target))
    throw std::runtime_error(
        target.string() +
        ": no such file or folder; give a page, a folder of pages, or - for stdin");
  std::vector<PageFile> pages = find_in_folder(target, except);
  if (pages.empty())
    throw std::runtime_error(target.string() +
                             ": no pages (*.html, *.htm, *.xhtml) and no feeds in this folder");
  return pages;
}

std::string read_stream(std::istream& in) { return {std::istreambuf_iterator<char>(in), {}}; }

std::string read_page(const fs::path& file) {
  errno = 0;
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  if (!in)
    throw std::runtime_error(file.string() +
                             ": cannot be read: " + std::generic_category().message(errno));
  std::string bytes(static_cast<std::size_t>(in.tellg()), '\0');
  in.seekg(0);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!in && !bytes.empty()) throw std::runtime_error(file.string() + ": cannot be read");
  return bytes;
}

void replace_file(const fs::path& file, std::string_view bytes) {
  fs::create_directories(fs::absolute(file).parent_path());
  if (!fs::exists(file)) return jobs::write_file_atomically(file, bytes, kPageMode);
  const fs::path real = fs::canonical(file);
  jobs::write_file_atomically(real, bytes, fs::status(real).permissions());
}

}  // namespace candor::app
