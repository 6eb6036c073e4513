#include "pages/site_folder.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "base/ascii.h"
#include "disclosure/page/page_address.h"
#include "html/tokenizer.h"
#include "link/url.h"

namespace candor::pages {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestFile = std::size_t{4} << 20;
constexpr std::size_t kMostKept = std::size_t{64} << 20;

/// The host of the page's canonical link, or empty.
std::string canonical_host(std::string_view bytes) {
  const html::Page page = html::tokenize(bytes);
  for (const html::Token& token : page.tokens) {
    if (token.kind != html::TokenKind::StartTag || !page.is(token, "link")) continue;
    const html::Attribute* rel = page.find_attribute(token, "rel");
    const html::Attribute* href = page.find_attribute(token, "href");
    if (rel == nullptr || href == nullptr ||
        !ascii::equals_ignoring_case(rel->value.of(bytes), "canonical"))
      continue;
    const auto url = parse_url(href->value.of(bytes));
    return url ? url->host : std::string();
  }
  return {};
}

/// The path inside the folder, decoded; nothing when it could lead out of it.
std::optional<std::string> inner_path(std::string_view url_path) {
  std::string path = percent_decode(url_path.substr(0, url_path.find_first_of("?#")));
  if (path.find('\0') != std::string::npos || path.find('\\') != std::string::npos)
    return std::nullopt;
  for (const fs::path& name : fs::path(path))
    if (name == "..") return std::nullopt;
  while (path.starts_with('/')) path.erase(0, 1);
  return path;
}

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error(file.string() + ": cannot be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

SiteFolder::SiteFolder(const fs::path& root, std::vector<std::string> hosts)
    : root_(fs::canonical(root)), hosts_(std::move(hosts)) {}

std::optional<std::string> SiteFolder::read(std::string_view address, std::string_view page_path,
                                            std::string_view page) const {
  const auto target = disclosure::PageAddress(page_path, {}).resolve(address);
  if (!target) return std::nullopt;
  if (target->url) {
    const bool own = hosts_.empty() ? target->url->host == canonical_host(page)
                                    : std::ranges::find(hosts_, target->url->host) != hosts_.end();
    if (!own) return std::nullopt;
  }
  const auto inner = inner_path(target->url ? target->url->path : target->path);
  if (!inner) return std::nullopt;
  if (auto known = kept_.with([&](const Kept& kept) {
        const auto found = kept.by_path.find(*inner);
        return found == kept.by_path.end() ? Text() : found->second;
      }))
    return *known;
  const Text text = load(*inner);
  kept_.with([&](Kept& kept) {
    const std::size_t bytes = text->has_value() ? (*text)->size() : 0;
    if (kept.bytes + bytes > kMostKept) return;
    if (kept.by_path.emplace(*inner, text).second) kept.bytes += bytes;
  });
  return *text;
}

SiteFolder::Text SiteFolder::load(const std::string& path) const {
  const auto nothing = std::make_shared<const std::optional<std::string>>();
  std::error_code error;
  fs::path file = fs::weakly_canonical(root_ / path, error);
  if (!error && fs::is_directory(file, error))
    file = fs::weakly_canonical(file / "index.html", error);
  if (error || !fs::is_regular_file(file, error)) return nothing;
  // A symbolic link may lead out of the folder.
  const fs::path inside = file.lexically_relative(root_);
  if (inside.empty() || *inside.begin() == "..") return nothing;
  const auto size = fs::file_size(file, error);
  if (error || size > kLargestFile) return nothing;
  try {
    return std::make_shared<const std::optional<std::string>>(read_file(file));
  } catch (const std::exception&) {
    return nothing;  // as if it were not there: what hangs on it is told as not evaluated
  }
}

}  // namespace candor::pages
